namespace Handoff.Domain.Observations;

/// <summary>
/// The nights as far as they rest on sightings that are no longer remembered one by one, and the last of those sightings.
/// </summary>
public sealed record SleepTally(Glimpse? UpTo, IReadOnlyList<SleepNight> Nights)
{
    public static readonly SleepTally None = new(null, []);

    internal SleepTally Settled(Glimpse next) =>
        UpTo switch
        {
            null => this with { UpTo = next },
            { } last when next.At <= last.At => this,
            { } last => new(next, SleepNight.Added(Nights, [last, next])),
        };

    /// <summary>With a sighting that came late, among those that are settled.</summary>
    internal SleepTally Added(Glimpse late, Neighbours between)
    {
        var isLast = UpTo is null || late.At >= UpTo.At;
        var settled = isLast ? between with { After = null } : between;
        var nights = SleepNight.Counted(Nights, settled.Before, settled.After, -1);
        nights = SleepNight.Counted(SleepNight.Counted(nights, settled.Before, late, 1), late, settled.After, 1);
        return new(isLast ? late : UpTo, nights);
    }

    /// <summary>Without a sighting that was struck, among those that are settled.</summary>
    internal SleepTally Struck(Glimpse was, Neighbours between)
    {
        var isLast = UpTo is not null && was.At >= UpTo.At;
        var settled = isLast ? between with { After = null } : between;
        var nights = SleepNight.Counted(SleepNight.Counted(Nights, settled.Before, was, -1), was, settled.After, -1);
        return new(isLast ? settled.Before : UpTo, SleepNight.Counted(nights, settled.Before, settled.After, 1));
    }

    /// <summary>The nights with the sightings that came after them.</summary>
    public IReadOnlyList<SleepNight> With(IEnumerable<Glimpse> later) =>
        SleepNight.Added(Nights, UpTo is { } last ? [last, .. later.Where(g => g.At > last.At)] : [.. later]);
}
