namespace Handoff.Domain.Tests.Honesty;

/// <summary>
/// The fewest steps of a history that still show a fault: ever smaller pieces are left out as long as it shows without them.
/// </summary>
internal static class Shortest
{
    /// <summary>A history that can't be told shorter in so many trials is short enough to be read.</summary>
    private const int Most = 400;

    public static IReadOnlyList<T> Of<T>(IReadOnlyList<T> all, Func<IReadOnlyList<T>, bool> fails)
    {
        var (least, tried) = (all, 0);
        for (var piece = all.Count / 2; piece > 0 && tried < Most; piece /= 2)
        {
            for (var from = 0; from < least.Count && tried < Most; tried++)
            {
                IReadOnlyList<T> without = [.. least.Take(from), .. least.Skip(from + piece)];
                if (without.Count > 0 && fails(without))
                {
                    least = without;
                }
                else
                {
                    from += piece;
                }
            }
        }

        return least;
    }
}
