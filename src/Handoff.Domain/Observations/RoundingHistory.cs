using Handoff.Domain.Kernel;

namespace Handoff.Domain.Observations;

/// <summary>
/// All that was recorded of one patient's checks, folded when a decision needs more than the state remembers: an entry about an earlier time, or one that is taken back.
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

    public Entered? Of(Guid check) => Checks.FirstOrDefault(c => c.Check == check);

    /// <summary>The sightings that stand just before and after a moment, besides one.</summary>
    public Neighbours Around(DateTimeOffset at, Guid? besides = null)
    {
        var (before, after) = (Before(at, besides), After(at, besides));
        return new(
            before is null ? null : new(before.At, before.IsAsleep, Reach(before.At, after?.At ?? DateTimeOffset.MaxValue)),
            after is null ? null : new(after.At, after.IsAsleep, Reach(after.At, After(after.At, besides)?.At ?? DateTimeOffset.MaxValue)));
    }

    /// <summary>The limit that held at a moment, in minutes; null before there was one.</summary>
    public int? LimitAt(DateTimeOffset at) => InOrder().LastOrDefault(t => t.At <= at && t.LimitMinutes is not null)?.LimitMinutes ?? InOrder().FirstOrDefault(t => t.LimitMinutes is not null)?.LimitMinutes;

    /// <summary>
    /// The gap that shows between the sightings around a moment once an entry at that moment no longer stands; null if there is none, if it was said before, or if
    /// checks were paused over it.
    /// </summary>
    public Gap? GapAt(DateTimeOffset at, Guid struck, DateTimeOffset now)
    {
        var (before, after) = (Before(at, struck), After(at, struck));
        var from = before?.At ?? InOrder().LastOrDefault(t => t.At <= at && t.Due is not null)?.At;
        if (from is null || LimitAt(from.Value) is not { } minutes)
        {
            return null;
        }

        var limit = Reach(from.Value, after?.At ?? now);
        var stops = InOrder().FirstOrDefault(t => t.At > limit && t.Due is null)?.At ?? now;
        var to = after?.At < stops ? after.At : stops;
        return to <= limit || IsPaused(limit) || Misses.Any(m => m.At > from && m.At <= to) ? null : new(before?.At, limit, to, after?.At < stops ? after.At : null, minutes);
    }

    /// <summary>The absence that is recorded for a moment.</summary>
    public Absence? AwayAt(DateTimeOffset at) => Absences.LastOrDefault(a => a.From < at && at < (a.To ?? DateTimeOffset.MaxValue));

    /// <summary>Missed checks whose limit passed after one moment and by another.</summary>
    public IReadOnlyList<Guid> MissedIn(DateTimeOffset from, DateTimeOffset to) => [.. Misses.Where(m => m.At > from && m.At <= to).Select(m => m.Id)];

    public override State Evolve(Recorded fact) => fact.Event switch
    {
        RoundingBegan e => Turned(e.OccurredAt, e.Due, e.LimitMinutes),
        RoundingMoved e => Turned(e.OccurredAt, e.Due, e.LimitMinutes),
        ObservationLevelOrdered e => Turned(e.OccurredAt, e.Due, e.LimitMinutes),
        ObservationResumed e => (this with { Absences = Ended(e.OccurredAt) }).Turned(e.OccurredAt, e.Due, null),
        ObservationPaused e => (this with { Absences = [.. Ended(e.OccurredAt), new(e.OccurredAt, null, e.Reason, e.IsLeave)] }).Turned(e.OccurredAt, null, null),
        RoundingEnded e => (this with { Absences = Ended(e.OccurredAt) }).Turned(e.OccurredAt, null, null),
        SafetyChecked e => this with { Checks = [.. Checks, new(fact.Id, e.OccurredAt, fact.At, e.IsAsleep, e is { IsSighting: true, WhileAway: false }, e.Due, false)] },
        CheckEnteredInError e => this with { Checks = [.. Checks.Select(c => c.Check == e.Check ? c with { IsStruck = true } : c)] },
        CheckMissed e => this with { Misses = [.. Misses, new(fact.Id, e.OccurredAt)] },
        _ => this,
    };

    private Entered? Before(DateTimeOffset at, Guid? besides) => Sightings().LastOrDefault(c => c.At <= at && c.Check != besides);

    private Entered? After(DateTimeOffset at, Guid? besides) => Sightings().FirstOrDefault(c => c.At > at && c.Check != besides);

    private IEnumerable<Turn> InOrder() => Turns.OrderBy(t => t.At);

    private bool IsPaused(DateTimeOffset at) => InOrder().LastOrDefault(t => t.At <= at) is { Due: null };

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

    private RoundingHistory Turned(DateTimeOffset at, DueWindow? due, int? limit) => this with { Turns = [.. Turns, new(at, due, limit)] };

    private List<Absence> Ended(DateTimeOffset at) => [.. Absences.Select(a => a.To is null ? a with { To = at } : a)];
}

/// <summary>A check as it was entered.</summary>
/// <param name="IsSighting">Whether it satisfies the clock: not where breathing was not seen, and not where the patient is recorded as away.</param>
public sealed record Entered(Guid Check, DateTimeOffset At, DateTimeOffset RecordedAt, bool IsAsleep, bool IsSighting, DueWindow Due, bool IsStruck);

/// <summary>A moment from which another window held; none while checks are paused or over.</summary>
public sealed record Turn(DateTimeOffset At, DueWindow? Due, int? LimitMinutes);

public sealed record SaidMissed(Guid Id, DateTimeOffset At);

/// <param name="To">Null while it lasts.</param>
public sealed record Absence(DateTimeOffset From, DateTimeOffset? To, string Reason, bool IsLeave);

/// <summary>A time longer than the limit between two sightings that stand.</summary>
/// <param name="Limit">When the limit had passed.</param>
/// <param name="To">When it was over: the patient was seen, or checks paused or ended; now while it lasts.</param>
/// <param name="SeenAgain">Null if it did not end with a sighting.</param>
public sealed record Gap(DateTimeOffset? LastSeen, DateTimeOffset Limit, DateTimeOffset To, DateTimeOffset? SeenAgain, int LimitMinutes);
