namespace Handoff.Domain.Incidents;

/// <summary>A link of an incident's chain.</summary>
public enum StepKind
{
    Opened,
    Involved,
    WarningSigns,
    Deescalation,
    CodeCalled,
    Notified,
    Injury,
    Moved,
    Note,
    Resolved,
    Debrief,
    LevelReview,
}
