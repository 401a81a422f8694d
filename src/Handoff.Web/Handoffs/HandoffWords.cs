using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Web.Components;
using Handoff.Web.Layout;

namespace Handoff.Web.Handoffs;

/// <summary>How handoffs are said on pages.</summary>
public static class HandoffWords
{
    /// <summary>Shape and word for how far a patient is prepared.</summary>
    public static (Severity Severity, string Words) Mark(this HandoffPatient patient) =>
        patient.Standing switch
        {
            HandoffStanding.Given => (Severity.Info, "given, not accepted"),
            HandoffStanding.LoopOpen => (Severity.Due, $"{patient.OpenLoops} open"),
            HandoffStanding.Ready => (Severity.Calm, "✓ ready"),
            _ => (Severity.Calm, "○ untouched"),
        };

    public static Severity Mark(this IllnessSeverity severity) =>
        severity switch
        {
            IllnessSeverity.Unstable => Severity.Overdue,
            IllnessSeverity.Watcher => Severity.Due,
            _ => Severity.Calm,
        };

    /// <summary>Whether the viewer hands this patient over: who is responsible, or who leads the unit.</summary>
    public static bool Gives(this PageContext frame, UnitHandoff unit, HandoffPatient patient) =>
        frame.May(Permission.HandOver) && (patient.Responsible?.Id == frame.Viewer?.Id || frame.Leads(unit));

    /// <summary>Whether the viewer is in charge, or assigns patients as who is in charge does.</summary>
    public static bool Leads(this PageContext frame, UnitHandoff unit) =>
        frame.May(Permission.AssignPatients) || unit.InCharge?.Id == frame.Viewer?.Id;

    /// <summary><c>Jordan Kim → Ana Ruiz (not accepted)</c>.</summary>
    public static string WhoHas(this HandoffPatient patient) =>
        (patient.Responsible?.Name ?? "nobody")
        + (
            patient.IsByRule ? " (in charge)"
            : patient.HasLeft ? " (has left)"
            : ""
        )
        + (patient.Next is { } next ? $" → {next.Name} (not accepted)" : "");
}
