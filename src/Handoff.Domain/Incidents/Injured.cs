namespace Handoff.Domain.Incidents;

public enum Injured
{
    Patient,
    Staff,
    Visitor,
}
