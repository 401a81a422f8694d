using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>Record that the patient was seen.</summary>
/// <param name="Place">Where, in the unit's words.</param>
/// <param name="BreathingSeen">Must be said of a patient who is asleep. Not seen is an alarm: it does not restart the clock.</param>
/// <param name="At">When; now if it isn't given.</param>
/// <param name="Evidence">A person's own claim: it is stored as none. Only a proof makes it more.</param>
/// <param name="Proof">A signed word of an enrolled source; what is wrong with it is kept in words, and the check is kept all the
/// same.</param>
/// <param name="SeenWhileAway">Confirms that the patient was seen at a time when they are recorded as away. The check is kept with a mark
/// and satisfies no limit.</param>
public sealed record RecordCheck(
    string? Place,
    bool? IsAsleep,
    bool? BreathingSeen = null,
    Activity? Activity = null,
    EvidenceGrade Evidence = EvidenceGrade.None,
    string? Remark = null,
    DateTimeOffset? At = null,
    bool SeenWhileAway = false,
    EvidenceProof? Proof = null
) : Command<Rounding>
{
    public override Permission Permission => Permission.RecordCheck;

    public override IEnumerable<string> Reads(Rounding state, LoadedStates facts) =>
        [
            .. RoundingRules.NeedsUnit(state),
            .. IsOfThePast(state) ? [CheckRules.History(Key)] : (string[])[],
            .. Proof is { } proof ? [StreamId.For(StateKind<EvidenceSource>.Name, proof.Source)] : (string[])[],
        ];

    public override Decision Decide(Rounding state, DecisionContext now)
    {
        var at = At ?? now.Now;
        return state switch
        {
            _ when RoundingRules.NotRunning(state, at) is { } refusal => refusal,
            _ when Text.Line(Place) is null => Refusal.Missing("place", "Say where you saw the patient."),
            _ when Text.TooLong(Text.Line(Place), 40, "place") is { } refusal => refusal,
            _ when IsAsleep is null => Refusal.Missing("isAsleep", "Say whether the patient was awake or asleep."),
            _ when IsAsleep == true && BreathingSeen is null => Refusal.Missing(
                "breathingSeen",
                "For a sleeping patient, say whether you saw them breathe."
            ),
            _ when Text.TooLong(Text.Line(Remark), Text.RemarkLimit, "remark") is { } refusal => refusal,
            _ when now.Impossible(at, state.HereSince - DecisionContext.ClockSkew, "at") is { } refusal => refusal,
            { Pause: { } pause } when at >= pause.Since => new Refusal(
                "observation-paused",
                "The patient is recorded as away. Record their return first, or give the time before they left.",
                "at"
            ),
            _ when Away(state, at, now) is { } away && !SeenWhileAway => AskedAbout(away, RoundingRules.Time(state, now)),
            _ => Said(Seen(at, state, now), state, now),
        };
    }

    private Decision Said(SafetyChecked seen, Rounding state, DecisionContext now) =>
        seen is not { IsSighting: true, WhileAway: false }
            ? seen
            :
            [
                seen,
                .. IsOfThePast(state) ? Beside(seen, state, now)
                : seen.OccurredAt > state.Due?.Limit ? RoundingRules.Unsaid(state, seen.OccurredAt, now, seenAgain: seen.OccurredAt)
                : [],
            ];

    private IEnumerable<CheckMissed> Beside(SafetyChecked seen, Rounding state, DecisionContext now) =>
        CheckRules
            .HistoryOf(Key, now)
            .With(seen.OccurredAt, seen.Due.Limit - seen.OccurredAt)
            .GapsBeside(seen.OccurredAt, now.Now)
            .Select(gap => CheckRules.Missed(gap, state, now));

    /// <summary>What it says of another time than now may stand beside what was recorded of that time.</summary>
    private bool IsOfThePast(Rounding state) =>
        At is { } at
        && (
            at < state.Last()?.At
            || at < state.LevelSince
            || at < state.RunningSince
            || at <= state.MissedUpTo
            || state.Pause is not null
            || state.IsOver
        );

    private Absence? Away(Rounding state, DateTimeOffset at, DecisionContext now) =>
        IsOfThePast(state) ? CheckRules.HistoryOf(Key, now).AwayAt(at) : null;

    private static Refusal AskedAbout(Absence away, UnitTime time) =>
        new(
            "check-while-away",
            $"The patient is recorded as away from {time.Clock(away.From)}{(away.To is { } to ? $" to {time.Clock(to)}" : "")} "
                + $"({away.Reason}). If you saw them then, say “Seen although recorded as away”: the check is kept with a mark.",
            "seenWhileAway"
        );

    private SafetyChecked Seen(DateTimeOffset at, Rounding state, DecisionContext now)
    {
        var (unit, time) = (RoundingRules.Unit(state, now), RoundingRules.Time(state, now));
        var local = time.Local(at);
        var history = IsOfThePast(state) ? CheckRules.HistoryOf(Key, now) : null;
        var limit = history?.LimitAt(at) is { } minutes ? TimeSpan.FromMinutes(minutes) : state.Limit();
        var around = history?.Around(local);
        var (grade, why) =
            Proof?.WorthFor(state.Stay, now.States.Get<EvidenceSource>(Proof.Source.ToString()), at, state.ProvenUpTo)
            ?? (EvidenceGrade.None, null);
        return new(
            local,
            Text.Line(Place)!,
            IsAsleep!.Value,
            BreathingSeen,
            Activity,
            grade,
            Text.Line(Remark),
            DueWindow.After(local, limit, now.Chance("due")),
            unit.WatchRules.IsBathroom(Text.Line(Place)!) ? local.AddMinutes(unit.WatchRules.BathroomMinutes) : null,
            history?.MissedIn(at, around?.After?.At ?? DateTimeOffset.MaxValue) is { Count: > 0 } missed ? missed : null,
            SeenWhileAway && history?.AwayAt(at) is not null,
            CheckRules.EnteredWith(state, at, now),
            state.Sightings.Count == Rounding.Remembered && at < state.Sightings[0].At ? around : null,
            grade == EvidenceGrade.None ? null : new(Proof!.Source, Proof.Moment),
            why,
            history?.OpeningWith(local, limit, state)
        );
    }
}
