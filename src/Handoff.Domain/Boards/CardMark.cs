using Handoff.Domain.Kernel;

namespace Handoff.Domain.Boards;

public sealed partial record BoardCard
{
    /// <summary>What is open about the patient and has words for the card; the most pressing first, then the oldest.</summary>
    public IReadOnlyList<CardMark> Marks { get; init; } = [];
}

/// <summary>Something open about a patient, as their card says it. It comes from an <see cref="OpenLoop"/>.</summary>
/// <param name="Kind">Stable and kebab-case, such as <c>order</c>.</param>
/// <param name="Words">Such as <c>order wanted</c>; the card adds since when.</param>
/// <param name="Due">By when it is to be done; null if nothing says so. <paramref name="IsLate"/> from then on.</param>
/// <param name="Link">The address of the page on which it is closed.</param>
public sealed record CardMark(
    string Kind,
    string Words,
    DateTimeOffset Since,
    DateTimeOffset? Due,
    bool IsLate,
    Pressing Pressing,
    string Link
)
{
    /// <param name="states">Everything that is known of the patient.</param>
    public static List<CardMark> FromLoops(Guid stay, IEnumerable<State> states, UnitTime time, DateTimeOffset now) =>
        [
            .. states
                .SelectMany(state => state.OpenLoops())
                .Where(loop => loop.Mark is not null && loop.Stay == stay)
                .Select(loop => new CardMark(
                    loop.Kind,
                    loop.Mark!,
                    time.Local(loop.Since),
                    loop.Due is { } due ? time.Local(due) : null,
                    loop.Due <= now,
                    loop.Pressing,
                    loop.Link
                ))
                .OrderByDescending(mark => mark.Pressing)
                .ThenBy(mark => mark.Since)
                .ThenBy(mark => mark.Words, StringComparer.Ordinal),
        ];
}
