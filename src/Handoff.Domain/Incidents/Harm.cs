namespace Handoff.Domain.Incidents;

public enum Harm
{
    None,
    Minor,
    Moderate,
    Severe,
}
