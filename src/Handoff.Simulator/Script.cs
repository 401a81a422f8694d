using Handoff.Domain.Boards;

namespace Handoff.Simulator;

/// <summary>
/// What happens on the ward. A pure function of the seed, the time and the board: the board says what is true, the script what people do
/// about it.
/// Asked again with the same board it decides the same, under the same keys.
/// </summary>
/// <param name="run">Distinguishes the keys and the invented patients of one run from those of another.</param>
/// <param name="end">When the play ends; nothing is planned beyond it.</param>
/// <param name="crews">Who can sign in; without anybody no concern is raised, and every entry is the key's.</param>
public sealed class Script(int seed, Ward ward, Tempo tempo, string run, DateTimeOffset end, Crews? crews = null)
{
    private readonly Movements movements = new(new(seed), ward, tempo, run);
    private readonly Milieu milieu = new(new(seed), ward, tempo, run);
    private readonly Rounds rounds = new(new(seed), ward, tempo, run);
    private readonly Sessions sessions = new(new(seed), ward, tempo, run, end);
    private readonly Bylines? bylines = crews is null ? null : new(ward, crews);
    private readonly Concerns? concerns = crews is null ? null : new(new(seed), ward, tempo, run, crews);

    /// <summary>
    /// What people do in a span of time, by the simulated clock; at most one movement or check for each patient, in the order in which they
    /// happen.
    /// </summary>
    /// <param name="after">Up to where it was decided before.</param>
    /// <param name="now">Later than that if the last deeds took their time; a look that should have been in between is made now.</param>
    public IReadOnlyList<Deed> Decide(Board board, Programme programme, DateTimeOffset after, DateTimeOffset now, DateTimeOffset until)
    {
        var day = movements.Between(board, after, until);
        var others = board with { Cards = [.. board.Cards.Where(c => !day.Touched.Contains(c.Stay))] };
        IEnumerable<Deed>[] all =
        [
            day.Deeds,
            rounds.Due(others, now, until),
            milieu.Between(board, after, until),
            sessions.Between(programme, after, until),
            concerns?.Between(board, after, until) ?? [],
        ];
        return [.. all.SelectMany(deeds => deeds).OrderBy(d => d.When).Select(deed => bylines?.ForDeed(deed, board) ?? deed)];
    }

    /// <summary>The days of the service's calendar whose sessions the script must know at a moment.</summary>
    public IReadOnlyList<DateOnly> Days(DateTimeOffset simulated) => sessions.Days(simulated);
}
