using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;

namespace Handoff.Honesty;

/// <summary>
/// What is known of a patient's sleep: between two looks that stand and are not further apart than the limit that held. Where the limit
/// changed
/// between the two, either may be meant, so there are two answers: the least and the most that may be said.
/// </summary>
internal sealed class RawSleep(RawPatient patient)
{
    /// <summary>Spans asleep; <paramref name="most"/>: the widest limit that held counts.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Asleep(bool most) =>
        Pairs(most).Where(p => p.Asleep).Select(p => (p.From, p.To));

    /// <summary>Spans of which it is known whether the patient slept.</summary>
    public IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Known() => Pairs(most: false).Select(p => (p.From, p.To));

    /// <summary>Hours asleep, and awake, that are known of a span.</summary>
    public (double Asleep, double Awake) Hours(DateTimeOffset begins, DateTimeOffset ends, bool most)
    {
        var within = Pairs(most)
            .Select(p => (p.Asleep, Hours: Math.Max(0, ((p.To < ends ? p.To : ends) - (p.From > begins ? p.From : begins)).TotalHours)))
            .ToLookup(p => p.Asleep, p => p.Hours);
        return (within[true].Sum(), within[false].Sum());
    }

    /// <summary>Seconds asleep, and known at all, in the night that began on the evening of a date.</summary>
    public (double Asleep, double Seen) Night(DateOnly evening, UnitTime time, bool most)
    {
        // By the clock on the wall: the night before a change of clocks is an hour longer or shorter.
        var (begins, ends) = (time.Instant(evening.ToDateTime(new(20, 0))), time.Instant(evening.AddDays(1).ToDateTime(new(10, 0))));
        double asleep = 0,
            seen = 0;
        foreach (var (from, to, isAsleep) in Pairs(most))
        {
            var within = ((to < ends ? to : ends) - (from > begins ? from : begins)).TotalSeconds;
            seen += Math.Max(0, within);
            asleep += isAsleep ? Math.Max(0, within) : 0;
        }

        return (asleep, seen);
    }

    private IEnumerable<(DateTimeOffset From, DateTimeOffset To, bool Asleep)> Pairs(bool most)
    {
        // Whether a look at a sleeper whose breathing was not seen tells of sleep is not settled: the most counts it, the least does not.
        List<RawCheck> looks = [.. patient.Checks.Where(c => most || c.IsSighting)];
        for (var i = 1; i < looks.Count; i++)
        {
            var (from, to) = (looks[i - 1], looks[i]);
            var (least, widest) = patient.Clock.LimitsIn(from.At, to.At);
            // Over a pause, a leave or an order, what is known may end before the limit does.
            if (
                (to.At - from.At).TotalMinutes <= (most ? widest : least)
                && (
                    most
                    || !patient.Rounding.Any(r =>
                        r.Event
                            is (
                                ObservationPaused
                                or ObservationResumed
                                or ObservationLevelOrdered
                                or RoundingMoved
                                or RoundingBegan
                                or RoundingEnded
                            )
                        && r.Event.OccurredAt >= from.At
                        && r.Event.OccurredAt <= to.At
                    )
                )
            )
            {
                yield return (from.At, to.At, from.Said.IsAsleep && to.Said.IsAsleep);
            }
        }
    }
}
