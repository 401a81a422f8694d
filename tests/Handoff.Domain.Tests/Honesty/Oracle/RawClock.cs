using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;

namespace Handoff.Honesty;

/// <summary>A span in which nobody saw the patient, and by when somebody had to.</summary>
/// <param name="From">The sighting before it, or the moment from which on somebody was asked to look.</param>
/// <param name="MustBy">By when somebody had to look; null while nobody had to.</param>
/// <param name="Until">The sighting after it, or when nobody had to look any more; null while it goes on.</param>
internal sealed record RawGap(DateTimeOffset From, DateTimeOffset? MustBy, DateTimeOffset? Until);

/// <summary>
/// The clock of one patient's safety checks, played again from the beginning with the looks that stand, in the order in which things
/// happened:
/// a sighting asks for the next one within the limit; so does the beginning of the checks, from when it was known.
/// An order is no sighting: a closer level never puts the limit off, a wider one never brings it nearer. A pause or a leave renews nothing:
/// the limit is
/// where it stood, or at once, which is two minutes to get there and never longer than the pause.
/// </summary>
internal sealed class RawClock
{
    private readonly List<RawGap> gaps = [];
    private readonly List<(DateTimeOffset From, int Minutes)> limits = [];
    private ObservationLevel level;
    private TimeSpan limit;
    private static readonly TimeSpan ToArrive = TimeSpan.FromMinutes(2);

    private DateTimeOffset? from,
        mustBy,
        pausedAt;

    public RawClock(IEnumerable<EventEnvelope> rounding, IEnumerable<RawCheck> standing)
    {
        var sightings = standing.Where(c => c.IsSighting).Select(c => c.Id).ToHashSet();
        foreach (
            var fact in Effective(rounding, sightings).Select((f, i) => (f.Recorded, f.At, Nth: i)).OrderBy(f => f.At).ThenBy(f => f.Nth)
        )
        {
            Play(fact.Recorded, fact.At, sightings);
        }

        if (from is { } began && pausedAt is null)
        {
            gaps.Add(new(began, MustBy, null));
        }
    }

    /// <summary>The spans between sightings, the latest last; one that goes on is the last.</summary>
    public IReadOnlyList<RawGap> Gaps => gaps;

    /// <summary>The last sighting, or since when somebody is asked to look if that is later; null while nobody has to.</summary>
    public DateTimeOffset? From => IsLooking ? from : null;

    /// <summary>By when somebody must look now; null while nobody has to.</summary>
    public DateTimeOffset? MustBy => IsLooking ? mustBy : null;

    public TimeSpan Limit => limit;

    private bool IsLooking => from is not null && pausedAt is null;

    /// <summary>
    /// The shortest and the longest limit, in minutes, that held at some moment of a span; before the first of them, that one.
    /// </summary>
    public (double Least, double Most) LimitsIn(DateTimeOffset start, DateTimeOffset end)
    {
        List<int> held =
        [
            .. limits.Where((l, i) => l.From <= end && (i + 1 == limits.Count || limits[i + 1].From >= start)).Select(l => l.Minutes),
        ];
        return held.Count > 0 ? (held.Min(), held.Max())
            : limits.Count > 0 ? (limits[0].Minutes, limits[0].Minutes)
            : (0, 0);
    }

    // What somebody only hears of later asks nobody to look before; a leave or a discharge that is said to lie before what was known counts
    // from there.
    private static IEnumerable<(EventEnvelope Recorded, DateTimeOffset At)> Effective(
        IEnumerable<EventEnvelope> rounding,
        HashSet<Guid> sightings
    )
    {
        var known = DateTimeOffset.MinValue;
        foreach (var fact in rounding)
        {
            var at = fact.Event is RoundingBegan or ObservationResumed && fact.At > fact.Event.OccurredAt ? fact.At : fact.Event.OccurredAt;
            at = fact.Event is ObservationPaused or RoundingEnded && at < known ? known : at;
            var tells =
                sightings.Contains(fact.Id)
                || fact.Event
                    is RoundingBegan
                        or RoundingEnded
                        or RoundingMoved
                        or ObservationPaused
                        or ObservationResumed
                        or ObservationLevelOrdered;
            known = tells && at > known ? at : known;
            yield return (fact, at);
        }
    }

    private void Play(EventEnvelope fact, DateTimeOffset at, HashSet<Guid> sightings)
    {
        switch (fact.Event)
        {
            case RoundingBegan e:
                Close(at);
                pausedAt = null;
                Hold(e.Level, e.LimitMinutes, at);
                Open(at);
                break;
            case RoundingEnded:
                Close(at);
                (from, pausedAt) = (null, null);
                break;
            case ObservationPaused:
                Close(at);
                pausedAt ??= at;
                break;
            case ObservationResumed:
                Resume(at);
                break;
            case RoundingMoved e:
                Order(level, e.LimitMinutes, at);
                break;
            case ObservationLevelOrdered e:
                Order(e.Level, e.LimitMinutes, at);
                break;
            case SafetyChecked when sightings.Contains(fact.Id) && from is not null && pausedAt is null:
                Close(at);
                Open(at);
                break;
        }
    }

    private void Open(DateTimeOffset at) => (from, mustBy) = (at, at + limit);

    private void Close(DateTimeOffset at)
    {
        if (from is { } began && pausedAt is null)
        {
            gaps.Add(new(began, mustBy, at));
        }
    }

    private void Resume(DateTimeOffset at)
    {
        var lasted = at - (pausedAt ?? at);
        var atOnce = at + (lasted < ToArrive ? lasted : ToArrive);
        mustBy = mustBy > atOnce ? mustBy : atOnce;
        mustBy = mustBy > at + limit ? at + limit : mustBy;
        pausedAt = null;
    }

    private void Order(ObservationLevel ordered, int minutes, DateTimeOffset at)
    {
        var (wasLevel, was) = (level, limit);
        Hold(ordered, minutes, at);
        if (from is not { } last || mustBy is not { } stood)
        {
            return;
        }

        if (ordered > wasLevel || limit < was)
        {
            // Line of sight is written down more rarely than Q5 is looked at: what had passed has passed.
            mustBy =
                limit > was ? stood
                : stood < at ? at
                : stood > at + limit ? at + limit
                : stood;
        }
        else if (limit > was && last + limit > stood)
        {
            mustBy = last + limit;
        }
    }

    private void Hold(ObservationLevel ordered, int minutes, DateTimeOffset at)
    {
        (level, limit) = (ordered, TimeSpan.FromMinutes(minutes));
        limits.Add((at, minutes));
    }
}
