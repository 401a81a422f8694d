using Handoff.Domain.Boards;

namespace Handoff.Api.Simulation;

/// <summary>
/// What happens on the ward. A pure function of the seed, the time and the board: the board says what is true, the script what people do about it.
/// Asked again with the same board it decides the same, under the same keys.
/// </summary>
/// <param name="run">Distinguishes the keys and the invented patients of one run from those of another.</param>
public sealed class Script(int seed, Ward ward, Tempo tempo, string run)
{
    private readonly Movements movements = new(new(seed), ward, tempo, run);
    private readonly Milieu milieu = new(new(seed), ward, tempo, run);
    private readonly Rounds rounds = new(new(seed), ward, tempo, run);

    /// <summary>What people do in a span of time, by the simulated clock; at most one movement or check for each patient, in the order in which they happen.</summary>
    /// <param name="after">Up to where it was decided before.</param>
    /// <param name="now">Later than that if the last deeds took their time; a look that should have been in between is made now.</param>
    public IReadOnlyList<Deed> Decide(Board board, DateTimeOffset after, DateTimeOffset now, DateTimeOffset until)
    {
        var day = movements.Between(board, after, until);
        var others = board with { Cards = [.. board.Cards.Where(c => !day.Touched.Contains(c.Stay))] };
        return [.. day.Deeds.Concat(rounds.Due(others, now, until)).Concat(milieu.Between(board, after, until)).OrderBy(d => d.When)];
    }
}
