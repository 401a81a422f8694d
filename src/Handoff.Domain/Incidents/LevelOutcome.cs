namespace Handoff.Domain.Incidents;

/// <summary>What the review of an observation level after an incident came to.</summary>
public enum LevelOutcome
{
    Kept,
    Changed,
    PatientLeft,
}
