namespace Handoff.Domain.Observations;

/// <summary>One night's sleep as the safety checks saw it: nobody types it. Between two sightings asleep the patient slept.</summary>
/// <param name="Date">The evening on which the night began, on the unit's clock.</param>
/// <param name="AsleepSeconds">Real elapsed seconds between sightings asleep, also on a night when the clocks change.</param>
/// <param name="SeenSeconds">Seconds between sightings of any kind: how much of the night is known.</param>
public sealed record SleepNight(DateOnly Date, int AsleepSeconds, int SeenSeconds)
{
    /// <summary>
    /// Fewer hours than this are told. Adults need seven or more (AASM and SRS consensus, Sleep 2015;38(6):843); under five stands out on a
    /// ward.
    /// </summary>
    public const double LowHours = 5;

    /// <summary>A night of which less was seen than this is not judged: an admission at three in the morning is not a bad night.</summary>
    public const double JudgedHours = 8;

    /// <summary>How many nights are remembered.</summary>
    public const int Remembered = 8;

    /// <summary>When a night begins and ends on the unit's clock; a nap by day is not the night's sleep.</summary>
    public static readonly TimeOnly Begins = new(20, 0),
        Ends = new(10, 0);

    /// <summary>From this time on a night is spoken of as last night: before the day shift takes over.</summary>
    public static readonly TimeOnly ToldFrom = new(6, 0);

    /// <summary>Hours asleep, to a tenth.</summary>
    public double Hours() => Math.Round(AsleepSeconds / 3600.0, 1, MidpointRounding.AwayFromZero);

    public bool IsJudged() => SeenSeconds >= JudgedHours * 3600;

    public bool IsLow() => IsJudged() && AsleepSeconds < LowHours * 3600;

    /// <summary>Which night is last night at a moment on the unit's clock.</summary>
    public static DateOnly LastNight(DateTimeOffset local) =>
        DateOnly.FromDateTime(local.DateTime).AddDays(TimeOnly.FromDateTime(local.DateTime) >= ToldFrom ? -1 : -2);

    internal static IReadOnlyList<SleepNight> Added(IReadOnlyList<SleepNight> nights, IReadOnlyList<Glimpse> glimpses) =>
        glimpses.Zip(glimpses.Skip(1)).Aggregate(nights, (sum, pair) => Counted(sum, pair.First, pair.Second, 1));

    /// <summary>
    /// The nights with what lies between two sightings, or without it (<paramref name="times"/> −1). Sightings further apart than the limit
    /// that held tell nothing of the time between.
    /// </summary>
    internal static IReadOnlyList<SleepNight> Counted(IReadOnlyList<SleepNight> nights, Glimpse? from, Glimpse? to, int times)
    {
        if (from is null || to is null || !from.Reaches(to) || (NightOf(from.At) ?? NightOf(to.At)) is not { } date)
        {
            return nights;
        }

        var seconds =
            times
            * (int)
                (Earlier(to.At, At(date.AddDays(1), Ends, to.At.Offset)) - Later(from.At, At(date, Begins, from.At.Offset))).TotalSeconds;
        var was = nights.FirstOrDefault(n => n.Date == date) ?? new(date, 0, 0);
        var now = new SleepNight(date, was.AsleepSeconds + (from.IsAsleep && to.IsAsleep ? seconds : 0), was.SeenSeconds + seconds);
        return [.. nights.Where(n => n.Date != date).Append(now).OrderBy(n => n.Date).TakeLast(Remembered)];
    }

    private static DateOnly? NightOf(DateTimeOffset at) =>
        TimeOnly.FromDateTime(at.DateTime) switch
        {
            var clock when clock >= Begins => DateOnly.FromDateTime(at.DateTime),
            var clock when clock < Ends => DateOnly.FromDateTime(at.DateTime).AddDays(-1),
            _ => null,
        };

    private static DateTimeOffset At(DateOnly date, TimeOnly clock, TimeSpan offset) => new(date.ToDateTime(clock), offset);

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}

/// <summary>What of a sighting tells of sleep.</summary>
/// <param name="Until">How long it says something of the time after it: to the limit that held then, or to the moment at which checks
/// paused.</param>
public sealed record Glimpse(DateTimeOffset At, bool IsAsleep, DateTimeOffset Until)
{
    /// <summary>Whether the next sighting came in time, so that what lies between the two is known.</summary>
    public bool Reaches(Glimpse next) => next.At <= Until;
}

/// <summary>The sightings that stand just before and after a moment; null where there is none.</summary>
public sealed record Neighbours(Glimpse? Before, Glimpse? After);
