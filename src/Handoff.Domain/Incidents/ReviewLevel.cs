using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Incidents;

/// <param name="IsDeclined">It was offered and declined.</param>
[Stored("debrief_held")]
public sealed record DebriefHeld(DateTimeOffset OccurredAt, IReadOnlyList<Guid> Stays, string? Remark, DebriefOf Of, bool IsDeclined)
    : IncidentStep(OccurredAt, Stays, Remark)
{
    public override StepKind Kind() => StepKind.Debrief;

    public override string Says() =>
        $"debrief with {(Of == DebriefOf.Patient ? "the patient" : "staff")}{(IsDeclined ? " offered and declined" : "")}";
}

[Stored("debrief_overdue")]
public sealed record DebriefOverdue(DateTimeOffset OccurredAt, IReadOnlyList<Guid> Stays, DebriefOf Of) : Event(OccurredAt)
{
    public override IEnumerable<Guid> About() => Stays;

    public override string Sentence(UnitTime time) =>
        $"No debrief with {(Of == DebriefOf.Patient ? "the patient" : "staff")} by {time.DayAndClock(OccurredAt)}, "
        + $"{(int)Incident.DebriefWithin.TotalHours} h after the incident.";

    public override Significance Significance() => Kernel.Significance.Notable;
}

/// <param name="LevelName">The level that holds after the review, in the unit's word.</param>
[Stored("level_reviewed")]
public sealed record LevelReviewed(
    DateTimeOffset OccurredAt,
    IReadOnlyList<Guid> Stays,
    string? Remark,
    LevelOutcome Outcome,
    string LevelName
) : IncidentStep(OccurredAt, Stays, Remark)
{
    public override StepKind Kind() => StepKind.LevelReview;

    public override string Says() => $"observation level reviewed, {Outcome.Words()} {LevelName}";
}

/// <summary>
/// Say whether the patient's observation level still fits after the incident. The level itself is never typed here: kept is what is ordered
/// now,
/// changed is what was ordered since the incident began.
/// </summary>
public sealed record ReviewLevel(LevelOutcome? Outcome, Guid? Stay = null, string? Remark = null, DateTimeOffset? At = null)
    : Command<Incident>
{
    public override Permission Permission => Permission.ReviewLevel;

    public override IEnumerable<string> Reads(Incident state, LoadedStates facts) =>
        [
            .. IncidentRules.NeedsUnit(state),
            .. IncidentRules
                .Whose(state, Stay)
                .Stays.SelectMany(s => new[] { StreamId.For(StateKind<Stay>.Name, s), StreamId.For(StateKind<Rounding>.Name, s) }),
        ];

    public override Decision Decide(Incident state, DecisionContext now)
    {
        var (stays, wrong) = IncidentRules.Whose(state, Stay);
        return state switch
        {
            _ when IncidentRules.Wrong(state, At, Remark, now) is { } refusal => refusal,
            _ when Outcome is null => Refusal.Missing("outcome", "Say whether the level is kept or was changed."),
            _ when IncidentRules.NotResolved(state) is { } refusal => refusal,
            _ when state.Patients().Count == 0 => new Refusal("no-patient-involved", "No patient is involved in this incident.", "stay"),
            _ when wrong is not null => wrong,
            _ when state.WasReviewed(stays[0]) => [],
            _ => Reviewed(state, stays[0], now),
        };
    }

    private Decision Reviewed(Incident state, Guid stay, DecisionContext now)
    {
        var rounding = now.States.Get<Rounding>(stay.ToString());
        var isHere = now.States.Get<Stay>(stay.ToString()).IsHere();
        return Outcome switch
        {
            LevelOutcome.PatientLeft when isHere => new Refusal(
                "patient-here",
                "The patient is still here: say whether the level is kept or was changed.",
                "outcome"
            ),
            not LevelOutcome.PatientLeft when !isHere => new Refusal(
                "patient-gone",
                "The patient has left; no level holds any more.",
                "outcome"
            ),
            LevelOutcome.Changed when rounding.LevelSince < state.OpenedAt() => new Refusal(
                "level-unchanged",
                $"No level was ordered since the incident began; it is still {rounding.LevelName}. Order the new one first.",
                "outcome"
            ),
            _ => new LevelReviewed(IncidentRules.Time(state, At, now), [stay], Text.Line(Remark), Outcome!.Value, rounding.LevelName),
        };
    }
}
