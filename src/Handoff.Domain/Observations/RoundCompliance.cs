namespace Handoff.Domain.Observations;

/// <summary>
/// How many of the looks that were due at patients were made in time, counted twice because each check has two times: as it stood when the
/// limit passed, with what had been
/// entered by then; and as it is said now, with entries that came later at the times they are for. It is of a unit or a patient, never of a
/// person.
/// </summary>
/// <param name="Due">Limits within which somebody had to look, and that are over, by what is said now.</param>
/// <param name="InTime">Of those, how many somebody looked within.</param>
/// <param name="DueThen">Limits, by what had been entered within the time in which a check is not late.</param>
/// <param name="EnteredLate">Checks that stand and were entered late.</param>
public sealed record RoundCompliance(int Due, int InTime, int DueThen, int InTimeThen, int EnteredLate)
{
    public static readonly RoundCompliance None = new(0, 0, 0, 0, 0);

    /// <param name="from">Looks are counted by the sighting before them: from here, and before <paramref name="to"/>.</param>
    /// <param name="now">Up to when anything is known.</param>
    public static RoundCompliance FromHistory(RoundingHistory history, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        history = history with { Checks = [.. history.Checks.Where(c => c.At >= from.AddDays(-1))] };
        var late = history.Sightings().Where(c => c.IsLate).Select(c => c.Check).ToHashSet();
        var (said, then) = (Count(history.WithoutAny(new HashSet<Guid>()), from, to, now), Count(history.WithoutAny(late), from, to, now));
        return new(said.Due, said.InTime, then.Due, then.InTime, history.Sightings().Count(c => c.IsLate && c.At >= from && c.At < to));
    }

    public static RoundCompliance operator +(RoundCompliance one, RoundCompliance other) =>
        new(
            one.Due + other.Due,
            one.InTime + other.InTime,
            one.DueThen + other.DueThen,
            one.InTimeThen + other.InTimeThen,
            one.EnteredLate + other.EnteredLate
        );

    private static (int Due, int InTime) Count(RoundingHistory history, DateTimeOffset from, DateTimeOffset to, DateTimeOffset now)
    {
        var spans = history
            .Openings()
            .Where(at => at >= from && at < to)
            .Select(at => history.SpanAt(at, now))
            .OfType<Gap>()
            .DistinctBy(span => span.From)
            .ToList();
        var inTime = spans.Count(span => !span.IsGap && span.SeenAgain is not null);
        return (inTime + spans.Sum(span => span.Missed), inTime);
    }
}
