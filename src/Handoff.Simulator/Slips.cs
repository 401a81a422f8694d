using Handoff.Domain.Boards;

namespace Handoff.Simulator;

/// <summary>A kind of slip.</summary>
/// <param name="IsOfPeople">Somebody's who is played by name; else the feed's.</param>
/// <param name="Happens">What is done, step by step.</param>
internal sealed record Slip(string Name, bool IsOfPeople, Func<Misstep, Task> Happens);

/// <summary>
/// Sees to it that people and the feed make slips. Time is cut into slots of five minutes; in each slot each kind of slip happens or not,
/// by the seed. One goes on
/// beside everything else, for a later step speaks of what an earlier one recorded; none begins that would go on beyond the end.
/// </summary>
/// <param name="carelessness">How likely each kind is in a slot.</param>
/// <param name="crews">Who can sign in; without anybody only the feed is careless.</param>
/// <param name="act">Does a deed at its time, counts it, and says how it was answered; null if the play was stopped.</param>
internal sealed class Slips(
    int seed,
    double carelessness,
    Ward ward,
    Tempo tempo,
    string run,
    DateTimeOffset end,
    Crews? crews,
    Func<Deed, Task<Outcome?>> act
)
{
    /// <summary>How likely each kind is in a slot, on a careless ward.</summary>
    public const double Usual = 0.06;

    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(5),
        Longest = TimeSpan.FromMinutes(75);

    private static readonly Slip[] All = [.. PeopleSlips.All, .. FeedSlips.All];

    private readonly Stage stage = new(new(seed), ward, tempo, run, crews, act);
    private List<Task> going = [];

    /// <summary>Begins the slips of a span of time, by the simulated clock.</summary>
    public void Follow(Board board, DateTimeOffset after, DateTimeOffset until)
    {
        going =
        [
            .. going.Where(task => !task.IsCompletedSuccessfully),
            .. Between(board, after, until).Select(one => one.Slip.Happens(one.As)),
        ];
    }

    /// <summary>Those that have begun go on to their ends, unless the play was stopped.</summary>
    public Task Finish() => Task.WhenAll(going);

    private IEnumerable<(Slip Slip, Misstep As)> Between(Board board, DateTimeOffset after, DateTimeOffset until)
    {
        List<BoardCard> here = [.. board.Cards.Where(card => card is { IsGone: false, Level: not null, Mrn: not null })];
        return from slot in Slots(after, until)
            from slip in All
            where (crews is not null || !slip.IsOfPeople) && here.Count > 1
            let about = $"{slip.Name} {slot}"
            let at = new DateTimeOffset(slot * Slot.Ticks, TimeSpan.Zero) + Slot * stage.Dice.Roll("slip", about)
            where at > after && at <= until && at + Longest <= end && stage.Dice.Happens(carelessness, "slips", about)
            select (
                slip,
                new Misstep(stage, about, slot, at, [.. here.OrderBy(card => stage.Dice.Roll("slips about", about, card.Stay.ToString()))])
            );
    }

    private static IEnumerable<long> Slots(DateTimeOffset after, DateTimeOffset until)
    {
        for (var slot = after.UtcTicks / Slot.Ticks; slot <= until.UtcTicks / Slot.Ticks; slot++)
        {
            yield return slot;
        }
    }
}
