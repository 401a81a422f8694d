namespace Handoff.Domain.Incidents;

/// <summary>How the patient was after it.</summary>
public enum Effect
{
    Calmed,
    Helped,
    NoChange,
    Worse,
}
