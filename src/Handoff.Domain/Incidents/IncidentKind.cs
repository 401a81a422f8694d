namespace Handoff.Domain.Incidents;

public enum IncidentKind
{
    Agitation,
    Aggression,
    SelfHarm,
    SuicideAttempt,
    Elopement,
    Fall,
    Medical,
    Property,
    Other,
}
