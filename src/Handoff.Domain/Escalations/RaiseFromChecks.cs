using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Escalations;

/// <summary>The check on which the concern rests was entered in error. Somebody still has to say what came of it.</summary>
[Stored("concern_lost_basis")]
public sealed record ConcernLostBasis(DateTimeOffset OccurredAt, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The check on which the concern rests was entered in error: {Reason}";

    public override Significance Significance() => Kernel.Significance.Notable;

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time));
}

/// <summary>
/// Raise what the checks themselves show: breathing not seen at once, and missed checks when there are too many in a row. One concern for
/// each look, one for each gap.
/// </summary>
/// <param name="Check">The look at which breathing was not seen; null for missed checks.</param>
[Internal]
public sealed record RaiseFromChecks(Guid Stay, Guid? Check = null) : Command<Escalation>
{
    public static readonly Reaction Reaction = new(
        "ConcernsFollowChecks",
        fact =>
            fact.Event switch
            {
                SafetyChecked { IsSighting: false } => [new RaiseFromChecks(Guid.Parse(fact.Key), fact.Id) { Key = OfCheck(fact.Id) }],
                CheckMissed { Raises: true } e => [new RaiseFromChecks(Guid.Parse(fact.Key)) { Key = OfGap(fact.Key, e.LastSeen) }],
                CheckEnteredInError e => [new StrikeBasis(e.Reason) { Key = OfCheck(e.Check) }],
                _ => [],
            }
    );

    // A look that nobody has seen to for so long is no news; it stands on the board all the same.
    private static readonly TimeSpan News = TimeSpan.FromHours(12);

    public override Permission Permission => Permission.RaiseConcern;

    public override IEnumerable<string> Reads(Escalation state, LoadedStates facts) =>
        [StreamId.For(StateKind<Rounding>.Name, Stay), .. Whereabouts.Needs(Stay, null, facts)];

    public override Decision Decide(Escalation state, DecisionContext now) =>
        state.IsKnown()
        || Whereabouts.Now(Stay, now) is not { } unit
        || Shown(now.States.Get<Rounding>(Stay.ToString()), unit.Time(), now) is not { } shown
            ? []
            : new ConcernEscalated(unit.Time().Local(now.Now), unit.Id, Stay, shown.Urgency, unit.Ladder[0].Role, shown.Sbar, unit.Ladder);

    private (Urgency Urgency, Sbar Sbar)? Shown(Rounding rounding, UnitTime time, DecisionContext now) =>
        (Check, rounding) switch
        {
            ({ } check, _) when rounding.Alarms.FirstOrDefault(a => a.Check == check) is { } alarm && now.Now - alarm.At < News => (
                Urgency.Emergency,
                new(
                    $"Breathing not seen at {time.Clock(alarm.At)}, {alarm.Place}.",
                    $"{rounding.LevelName}; {Last(rounding, time)}",
                    null,
                    "Go to the patient now, and record what you found."
                )
            ),
            (null, { Missed: > 0, Due: { } due }) => (
                rounding.Level.IsContinuous() ? Urgency.Emergency : Urgency.Urgent,
                new(
                    $"Not seen since {(rounding.UnseenSince() is { } since ? time.Clock(since) : "admission")}: "
                        + $"{rounding.Missed} {(rounding.Missed == 1 ? "limit" : "limits")} of {rounding.LimitMinutes} min passed.",
                    $"{rounding.LevelName}; {Last(rounding, time)}; the limit was {time.Clock(due.Limit)}.",
                    null,
                    "Look for the patient now."
                )
            ),
            _ => null,
        };

    private static string Last(Rounding rounding, UnitTime time) =>
        rounding.Last() is { } seen ? $"last seen {time.DayAndClock(seen.At)}, {seen.Place}, by {seen.By}" : "not seen yet";

    /// <summary>The id of the concern that a look without breathing raises.</summary>
    public static string OfCheck(Guid check) => NamedId.From("concern-of-check", check.ToString()).ToString();

    private static string OfGap(string stay, DateTimeOffset? lastSeen) =>
        NamedId
            .From("concern-of-gap", stay, lastSeen?.UtcTicks.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "never")
            .ToString();
}
