using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>
/// All that was recorded of one patient's checks, folded when a decision needs more than the state remembers: an entry about an earlier
/// time, or one that is taken back.
/// It is never saved.
/// </summary>
[Stored("rounding_history"), FoldedFrom(typeof(Rounding))]
public sealed record RoundingHistory : State
{
    /// <summary>Every check, in the order in which they were entered.</summary>
    public IReadOnlyList<Entered> Checks { get; init; } = [];

    /// <summary>What set the window anew, in the order in which it was recorded.</summary>
    public IReadOnlyList<Turn> Turns { get; init; } = [];

    public IReadOnlyList<SaidMissed> Misses { get; init; } = [];

    public IReadOnlyList<Absence> Absences { get; init; } = [];

    /// <summary>The checks that stand as sightings, by when they happened.</summary>
    public IEnumerable<Entered> Sightings() => Checks.Where(c => c is { IsStruck: false, IsSighting: true }).OrderBy(c => c.At);

    public Entered? Check(Guid check) => Checks.FirstOrDefault(c => c.Check == check);

    /// <summary>The sightings that stand just before and after a moment, besides one.</summary>
    public Neighbours Around(DateTimeOffset at, Guid? besides = null)
    {
        var (before, after) = (Before(at, besides), After(at, besides));
        return new(
            before is null ? null : new(before.At, before.IsAsleep, Known(before.At, after?.At ?? DateTimeOffset.MaxValue)),
            after is null ? null : new(after.At, after.IsAsleep, Known(after.At, After(after.At, besides)?.At ?? DateTimeOffset.MaxValue))
        );
    }

    /// <summary>The limit that held at a moment, in minutes; null before there was one.</summary>
    public int? LimitAt(DateTimeOffset at) =>
        InOrder().LastOrDefault(t => t.At <= at && t.LimitMinutes is not null)?.LimitMinutes
        ?? InOrder().FirstOrDefault(t => t.LimitMinutes is not null)?.LimitMinutes;

    /// <summary>
    /// The gap that shows between the sightings around a moment; null if there is none, if it was said before, or if checks were paused
    /// over it.
    /// </summary>
    public Gap? GapAt(DateTimeOffset at, DateTimeOffset now) =>
        SpanAt(at, now) is { IsGap: true } gap && !Misses.Any(m => (m.At > gap.From || m.At >= gap.Limit) && m.At <= gap.To) ? gap : null;

    /// <summary>The time between the sightings around a moment, and by when somebody had to look; null if nobody had to.</summary>
    public Gap? SpanAt(DateTimeOffset at, DateTimeOffset now)
    {
        var (before, after) = (Before(at), After(at));
        var asked = before is null ? InOrder().LastOrDefault(t => t.At <= at && t.Due is not null) : null;
        var from = before?.At ?? asked?.At;
        if (
            from is null
            || LimitAt(from.Value) is not { } minutes
            || MustBy(from.Value, asked?.Due?.Limit ?? from.Value.AddMinutes(minutes), after?.At ?? now) is not { } limit
        )
        {
            return null;
        }

        var stops = InOrder().FirstOrDefault(t => t.At > limit && t.Due is null)?.At ?? now;
        var to = after?.At < stops ? after.At : stops;
        return new(from.Value, before?.At, limit, to, after?.At < stops ? after.At : null, minutes);
    }

    /// <summary>The history with a check struck: every window that rested on it is what it would have been.</summary>
    public RoundingHistory Without(Guid check) => Struck(check).Reckoned();

    /// <summary>The history as if some checks had never been entered.</summary>
    public RoundingHistory WithoutAny(IReadOnlySet<Guid> checks) =>
        (this with { Checks = [.. Checks.Where(c => !checks.Contains(c.Check))] }).Reckoned();

    /// <summary>The moments at which a look began to be due: each sighting, and the beginning of the checks.</summary>
    public IEnumerable<DateTimeOffset> Openings() =>
        Sightings().Select(c => c.At).Concat(InOrder().Where(t => t.Kind == TurnKind.Began).Select(t => t.At));

    /// <summary>The history with a sighting that is entered now.</summary>
    public RoundingHistory With(DateTimeOffset seen, TimeSpan limit) =>
        (this with { Checks = [.. Checks, new(Guid.Empty, seen, seen, false, true, new(seen, seen + limit), false)] }).Reckoned();

    /// <summary>
    /// The gaps between a sighting and its neighbours that nobody has said: an entry in the middle of a gap leaves two, of which one has
    /// been said.
    /// </summary>
    public IEnumerable<Gap> GapsBeside(DateTimeOffset seen, DateTimeOffset now) =>
        new[] { Before(seen.AddTicks(-1)) is { } before ? GapAt(before.At, now) : GapAt(seen.AddTicks(-1), now), GapAt(seen, now) }
            .OfType<Gap>()
            .Where(gap => gap.SeenAgain is not null);

    /// <summary>The window that stands with all sightings but some; a pause's is the one with which checks will go on.</summary>
    public DueWindow? Window(IReadOnlySet<Guid> besides) =>
        WindowReplay.FromTurns(Turns, Sightings().Where(s => !besides.Contains(s.Check))) is var replay ? replay.Due ?? replay.Stood : null;

    /// <summary>
    /// The window on which the remembered sightings stand once a sighting is known that lies before the window was set; null if it lies
    /// after.
    /// </summary>
    public DueWindow? OpeningWith(DateTimeOffset seen, TimeSpan limit, Rounding state) =>
        seen < InOrder().LastOrDefault()?.At && !state.IsOver ? With(seen, limit).Window(state.OfThemselves()) : null;

    /// <summary>The absence that is recorded for a moment.</summary>
    public Absence? AwayAt(DateTimeOffset at) => Absences.LastOrDefault(a => a.From < at && at < (a.To ?? DateTimeOffset.MaxValue));

    /// <summary>Missed checks whose limit passed after one moment and by another.</summary>
    public IReadOnlyList<Guid> MissedIn(DateTimeOffset from, DateTimeOffset to) =>
        [.. Misses.Where(m => m.At > from && m.At <= to).Select(m => m.Id)];

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            RoundingBegan e => Turned(TurnKind.Began, e.Due.Asks, e.Due, e.LimitMinutes, e.Level),
            RoundingMoved e => Turned(TurnKind.Moved, e.OccurredAt, e.Due, e.LimitMinutes),
            ObservationLevelOrdered e => Turned(TurnKind.Ordered, e.OccurredAt, e.Due, e.LimitMinutes, e.Level),
            ObservationResumed e => (this with { Absences = Ended(e.OccurredAt) }).Turned(TurnKind.Resumed, e.Due.Asks, e.Due),
            ObservationPaused e => (this with { Absences = [.. Ended(e.OccurredAt), new(e.OccurredAt, null, e.Reason, e.IsLeave)] }).Turned(
                TurnKind.Paused,
                e.OccurredAt
            ),
            RoundingEnded e => (this with { Absences = Ended(e.OccurredAt) }).Turned(TurnKind.Ended, e.OccurredAt),
            SafetyChecked e => this with
            {
                Checks =
                [
                    .. Checks,
                    new(fact.Id, e.OccurredAt, fact.At, e.IsAsleep, e is { IsSighting: true, WhileAway: false }, e.Due, false, fact.IsLate),
                ],
            },
            CheckEnteredInError e => Struck(e.Check),
            CheckMissed e => this with { Misses = [.. Misses, new(fact.Id, e.OccurredAt)] },
            _ => this,
        };

    private Entered? Before(DateTimeOffset at, Guid? besides = null) => Sightings().LastOrDefault(c => c.At <= at && c.Check != besides);

    private Entered? After(DateTimeOffset at, Guid? besides = null) => Sightings().FirstOrDefault(c => c.At > at && c.Check != besides);

    private IEnumerable<Turn> InOrder() => Turns.OrderBy(t => t.At);

    // By when somebody had to look, if nothing had changed by a limit; null if checks were paused before it and did not go on.
    private DateTimeOffset? MustBy(DateTimeOffset from, DateTimeOffset? limit, DateTimeOffset to) =>
        InOrder()
            .Where(t => t.At > from && t.At < to)
            .TakeWhile(t => !(t.At > limit))
            .Aggregate(limit, (_, turn) => limit = turn.Due?.Limit);

    // How long a sighting says something of the time after it: never longer than the limit after it.
    private DateTimeOffset Known(DateTimeOffset from, DateTimeOffset to) =>
        Reach(from, to) is var reach && LimitAt(reach) is { } minutes && from.AddMinutes(minutes) < reach
            ? from.AddMinutes(minutes)
            : reach;

    // The limit that held after a sighting: the level's own, or what an order, a move or a pause made of it before it passed.
    private DateTimeOffset Reach(DateTimeOffset from, DateTimeOffset to)
    {
        var limit = LimitAt(from) is { } minutes ? from.AddMinutes(minutes) : from;
        foreach (var turn in InOrder().Where(t => t.At > from && t.At < to))
        {
            if (turn.At > limit)
            {
                break;
            }

            limit = turn.Due?.Limit ?? turn.At;
        }

        return limit;
    }

    // What somebody only hears of later asks nobody to look before: a return counts from when it was known, and an absence that
    // is said of a time at which the patient was seen, or asked for, counts from then.
    private RoundingHistory Turned(
        TurnKind kind,
        DateTimeOffset at,
        DueWindow? due = null,
        int? limit = null,
        ObservationLevel? level = null
    )
    {
        DateTimeOffset?[] known =
        [
            at,
            Turns is [.., var last] ? last.At : null,
            kind is TurnKind.Paused or TurnKind.Ended ? KnownUpTo() : null,
        ];
        return this with { Turns = [.. Turns, new(kind, known.Max()!.Value, due, limit, level)] };
    }

    /// <summary>
    /// The last moment of which something is known: a sighting, or what set the window. An absence that is said to lie before it counts
    /// from there.
    /// </summary>
    public DateTimeOffset? KnownUpTo() =>
        new[] { Turns is [.., var last] ? last.At : (DateTimeOffset?)null, Sightings().LastOrDefault()?.At }.Max();

    private RoundingHistory Reckoned() => this with { Turns = [.. WindowReplay.Anew(Turns, Sightings())] };

    private RoundingHistory Struck(Guid check) =>
        this with
        {
            Checks = [.. Checks.Select(c => c.Check == check ? c with { IsStruck = true } : c)],
        };

    private List<Absence> Ended(DateTimeOffset at) => [.. Absences.Select(a => a.To is null ? a with { To = at } : a)];
}
