using Handoff.Domain.Handoffs;
using Handoff.Web.Components;

namespace Handoff.Web.Handoffs;

/// <summary>How hand-overs are said on pages.</summary>
public static class HandoffWords
{
    /// <summary>Shape and word for how far a patient is prepared.</summary>
    public static (Severity Severity, string Words) Mark(this HandoffPatient patient) => patient.Standing switch
    {
        HandoffStanding.Given => (Severity.Info, "given, not accepted"),
        HandoffStanding.LoopOpen => (Severity.Due, $"{patient.OpenLoops} open"),
        HandoffStanding.Ready => (Severity.Calm, "✓ ready"),
        _ => (Severity.Calm, "○ untouched"),
    };

    public static Severity Mark(this IllnessSeverity severity) => severity switch
    {
        IllnessSeverity.Unstable => Severity.Overdue,
        IllnessSeverity.Watcher => Severity.Due,
        _ => Severity.Calm,
    };

    /// <summary><c>Jordan Kim → Ana Ruiz (not accepted)</c>.</summary>
    public static string WhoHas(this HandoffPatient patient) => (patient.Responsible?.Name ?? "nobody")
        + (patient.IsByRule ? " (in charge)" : patient.HasLeft ? " (has left)" : "")
        + (patient.Next is { } next ? $" → {next.Name} (not accepted)" : "");
}
