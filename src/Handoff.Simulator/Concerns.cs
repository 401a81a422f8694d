using Handoff.Domain.Boards;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;

namespace Handoff.Simulator;

/// <summary>
/// Now and then somebody on the floor raises a concern; whoever is in charge answers within minutes and says hours later what came of it.
/// </summary>
public sealed class Concerns(Dice dice, Ward ward, Tempo tempo, string run, Crews crews)
{
    private const double ADay = 1.5;

    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(5),
        Aftermath = TimeSpan.FromHours(9);

    private static readonly (Urgency Urgency, string Situation, string Assessment, string Plan, string Outcome)[] Heard =
    [
        (
            Urgency.Urgent,
            "Refuses to drink since the morning",
            "Dry lips, dizzy on standing",
            "Physician informed, fluids offered every half hour",
            "Drank two cups, no longer dizzy"
        ),
        (
            Urgency.Routine,
            "Headache that does not ease",
            "No fever, no stiff neck",
            "Vital signs now, physician asked about something for it",
            "Better after rest"
        ),
        (
            Urgency.Urgent,
            "Gives belongings away",
            "Calmer than yesterday, which worries me",
            "I talk to the patient now; prescriber is told",
            "Talked for half an hour, level stays, team informed"
        ),
        (
            Urgency.Routine,
            "Fell silent after a call with the family",
            "Sad, answers, eats",
            "Check in each hour, social worker told",
            "Called back in the evening, at ease again"
        ),
        (
            Urgency.Urgent,
            "Unsteady on the feet after the new dose",
            "Walks along the wall",
            "Walks only with somebody beside, prescriber called",
            "Dose was lowered, steady again"
        ),
    ];

    public IEnumerable<Charted> Between(Board board, DateTimeOffset after, DateTimeOffset until)
    {
        var here = board.Cards.Where(card => card is { Away: null, IsGone: false, Level: not null }).OrderBy(card => card.Stay).ToList();
        return here.Count == 0
            ? []
            : Slots(until)
                .SelectMany(slot => About(slot, board, here))
                .Where(deed => deed.When <= until && (deed.When > after || deed.Command is AcknowledgeEscalation));
    }

    private IEnumerable<Charted> About(long slot, Board board, List<BoardCard> here)
    {
        var about = slot.ToString();
        var at = new DateTimeOffset(slot * Slot.Ticks, TimeSpan.Zero) + Slot * dice.Roll("concern", about);
        if (at < tempo.Start || !dice.Happens(ADay / 288, "concern", about, "happens"))
        {
            yield break;
        }

        var (heard, id) = (dice.OneOf(Heard, "heard", about), NamedId.From("simulated concern", run, about));
        yield return Deed(
            at,
            $"raise {about}",
            id,
            On(at).Floor[0],
            new EscalateConcern(dice.OneOf(here, "concern about", about).Stay, heard.Urgency, heard.Situation, Assessment: heard.Assessment)
        );
        if (board.Cards.Any(card => card.Concern?.Escalation == id))
        {
            yield return Deed(
                at + dice.Between(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(8), "answers", about),
                $"answer {about}",
                id,
                Other(at),
                new AcknowledgeEscalation(heard.Plan)
            );
        }

        var closes = at + dice.Between(TimeSpan.FromHours(3), TimeSpan.FromHours(8), "closes", about);
        yield return Deed(closes, $"close {about}", id, On(closes).Lead, new CloseEscalation(heard.Outcome));
    }

    private Duty On(DateTimeOffset at) => crews.On(ward.Changes.Nth(ward.Time.Local(at)));

    // Nobody answers their own concern: who is alone on a shift asks whoever was in charge before.
    private Player Other(DateTimeOffset at) => On(at).Floor[0] == On(at).Lead ? On(at - ward.Changes.Length).Lead : On(at).Lead;

    private Charted Deed(DateTimeOffset at, string about, Guid id, Player who, Command<Escalation> command) =>
        new(DeedKind.Concern, at, $"{run} concern {about}", $"Simulated workstation, {ward.Unit}", command with { Key = id.ToString() })
        {
            Account = who.Account,
        };

    private static IEnumerable<long> Slots(DateTimeOffset until)
    {
        for (var slot = (until - Aftermath).UtcTicks / Slot.Ticks; slot <= until.UtcTicks / Slot.Ticks; slot++)
        {
            yield return slot;
        }
    }
}
