namespace Handoff.Domain.Incidents;

/// <summary>With whom an incident is talked through afterwards.</summary>
public enum DebriefOf
{
    Patient,
    Staff,
}
