namespace Handoff.Domain.Observations;

/// <summary>When somebody is asked to look again, and by when they must have.</summary>
/// <param name="Asks">A random moment inside the limit, so that rounds can't be foreseen.</param>
/// <param name="Limit">The hard limit: the level's longest time after the last sighting.</param>
public sealed record DueWindow(DateTimeOffset Asks, DateTimeOffset Limit)
{
    /// <summary>
    /// The next look is asked for between 60 % and 93 % of the limit (Q15: 9 to 14 minutes), never on a fixed grid:
    /// a patient who can foresee the round can use the time between.
    /// </summary>
    public const double Earliest = 9.0 / 15,
        Latest = 14.0 / 15;

    /// <param name="chance">A number in [0, 1).</param>
    public static DueWindow After(DateTimeOffset seen, TimeSpan limit, double chance) =>
        new(seen + limit * (Earliest + (Latest - Earliest) * chance), seen + limit);

    /// <summary>Somebody should look at once: the level was raised, or the patient has just come back.</summary>
    public static DueWindow AtOnce(DateTimeOffset from, TimeSpan limit) => new(from, from + limit);

    /// <summary>
    /// Somebody should look at once, and must by the limit that stood, if that comes before the new one; who was overdue still is.
    /// </summary>
    public static DueWindow Closer(DueWindow stood, DateTimeOffset from, TimeSpan limit) =>
        new(from, from + TimeSpan.FromTicks(Math.Clamp((stood.Limit - from).Ticks, 0, limit.Ticks)));

    /// <summary>Somebody should look at once; the limit stays where it was.</summary>
    public static DueWindow Kept(DueWindow stood, DateTimeOffset from) => By(from, stood.Limit);

    /// <summary>Nobody is asked later than they must look.</summary>
    public static DueWindow By(DateTimeOffset asks, DateTimeOffset limit) => new(asks < limit ? asks : limit, limit);

    /// <summary>
    /// After a pause somebody should look at once, and must by the limit that stood when it began. If that has passed meanwhile they must
    /// at once: they have
    /// <see cref="ToArrive"/> to do it, and never longer than the pause itself lasted, so that no pause buys time.
    /// </summary>
    /// <param name="stood">The window before the pause; null if there was none.</param>
    public static DueWindow Resumed(DueWindow? stood, DateTimeOffset since, DateTimeOffset at, TimeSpan limit)
    {
        var grace = TimeSpan.FromTicks(Math.Clamp((at - since).Ticks, 0, ToArrive.Ticks));
        var soonest = at + (grace < limit ? grace : limit);
        var latest = at + limit;
        return new(at, stood is { } window && window.Limit > soonest ? (window.Limit < latest ? window.Limit : latest) : soonest);
    }

    /// <summary>How long it takes to see a patient who has just come back (the project's own figure).</summary>
    public static readonly TimeSpan ToArrive = TimeSpan.FromMinutes(2);

    /// <summary>The window that stood, unless the new one reaches as far.</summary>
    public static DueWindow Wider(DueWindow stood, DueWindow anew) => anew.Limit < stood.Limit ? stood : anew;
}
