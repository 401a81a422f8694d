using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Status;
using Handoff.Domain.Tasks;

namespace Handoff.Simulator;

/// <summary>
/// What is written down besides the rounds: what patients eat, how they are, what goes wrong between them, and what somebody is asked to
/// do.
/// </summary>
public sealed class Milieu(Dice dice, Ward ward, Tempo tempo, string run)
{
    private const double IncidentsADay = 1.2,
        TasksADay = 5,
        ObservationsAnHour = 0.09;

    private static readonly TimeSpan Slot = TimeSpan.FromMinutes(5),
        Aftermath = TimeSpan.FromHours(9),
        Errand = TimeSpan.FromHours(2);

    private static readonly (Meal Meal, TimeOnly From)[] Meals =
    [
        (Meal.Breakfast, new(8, 0)),
        (Meal.Lunch, new(12, 15)),
        (Meal.Dinner, new(17, 40)),
    ];

    private static readonly (int Percent, double Weight)[] Eaten = [(100, 0.36), (75, 0.3), (50, 0.18), (25, 0.08), (0, 1)];

    private static readonly (BehaviorDomain Domain, string Calm, string Off)[] Seen =
    [
        (BehaviorDomain.Mood, "Even, smiles at times", "Low, cries when asked"),
        (BehaviorDomain.Affect, "Full range", "Flat"),
        (BehaviorDomain.Social, "In the day room with others", "Stays in the room, answers in one word"),
        (BehaviorDomain.Motor, "At ease", "Pacing the hallway"),
        (BehaviorDomain.Speech, "Usual pace", "Loud and fast"),
        (BehaviorDomain.Thought, "Follows a talk", "Loses the thread"),
        (BehaviorDomain.Perception, "Nothing unusual", "Answers voices"),
    ];

    private static readonly (int Intensity, double Weight)[] Intensities = [(0, 0.4), (1, 0.32), (2, 0.2), (3, 1)];

    private static readonly (IncidentKind Kind, double Weight)[] Kinds =
    [
        (IncidentKind.Agitation, 0.5),
        (IncidentKind.Aggression, 0.2),
        (IncidentKind.SelfHarm, 0.1),
        (IncidentKind.Property, 0.08),
        (IncidentKind.Fall, 1),
    ];

    private static readonly string[] Asked =
    [
        "Call the family back",
        "Ask the physician about the headache",
        "Bring the warm blanket from the laundry",
        "Look for the glasses",
        "Show how the phone times work",
        "Change the room light",
    ];

    public IEnumerable<Charted> Between(Board board, DateTimeOffset after, DateTimeOffset until)
    {
        var here = board.Cards.Where(card => card is { Away: null, IsGone: false, Level: not null }).OrderBy(card => card.Stay).ToList();
        IEnumerable<Charted> all = [.. Eat(here), .. Observe(here, after, until), .. Incidents(board, here, until), .. Tasks(here, until)];
        return all.Where(deed => deed.When > after && deed.When <= until);

        IEnumerable<Charted> Eat(List<BoardCard> cards) =>
            from day in new[] { ward.Time.Local(after).Date, ward.Time.Local(until).Date }.Distinct()
            from meal in Meals
            from card in cards
            let about = $"{card.Stay:N} {day:yyyy-MM-dd} {meal.Meal}"
            let at = ward.Time.Instant(day + meal.From.ToTimeSpan()) + TimeSpan.FromMinutes(45) * dice.Roll("eats", about)
            select Deed(DeedKind.Meal, at, about, Ate(card, meal.Meal, about));
    }

    private RecordMeal Ate(BoardCard card, Meal meal, string about)
    {
        var percent = dice.Weighed(Eaten, "eaten", about);
        return new RecordMeal(meal, percent, IsDeclined: percent == 0) { Key = card.Stay.ToString() };
    }

    private IEnumerable<Charted> Observe(List<BoardCard> here, DateTimeOffset after, DateTimeOffset until) =>
        from hour in Span(after, until, TimeSpan.FromHours(1))
        from card in here
        let about = $"{card.Stay:N} {hour}"
        let at = new DateTimeOffset(hour * TimeSpan.TicksPerHour, TimeSpan.Zero) + TimeSpan.FromHours(1) * dice.Roll("observes", about)
        where ward.Time.Local(at).Hour is >= 7 and < 22 && dice.Happens(ObservationsAnHour, "observed", about)
        let seen = dice.OneOf(Seen, "domain", about)
        let intensity = dice.Weighed(Intensities, "intensity", about)
        select Deed(
            DeedKind.Observe,
            at,
            about,
            new ObserveBehavior(seen.Domain, intensity > 1 ? seen.Off : seen.Calm, intensity) { Key = card.Stay.ToString() }
        );

    // What follows upon something comes hours after it: played fast, that is seconds, and the service must have heard of the one before the
    // other.
    // One at a time; what follows from one that began hours ago still follows.
    private IEnumerable<Charted> Incidents(Board board, List<BoardCard> here, DateTimeOffset until)
    {
        foreach (var slot in Span(Later(until - Aftermath, tempo.Start), until, Slot))
        {
            var about = slot.ToString();
            var at = Moment(slot, "incident");
            if (
                ward.Time.Local(at).Hour is < 8 or >= 23
                || !dice.Happens(IncidentsADay / (15 * 12), "incident happens", about)
                || here.Count == 0
            )
            {
                continue;
            }

            var incident = NamedId.From("simulated incident", run, about);
            var going = board.Incidents.Any(one => one.Id == incident);
            foreach (
                var deed in going ? Chain(incident, at, about)
                : board.Incidents.Count == 0 ? [Begin(incident, at, about, here), .. After(incident, at, about)]
                : []
            )
            {
                yield return deed;
            }
        }
    }

    private Charted Begin(Guid incident, DateTimeOffset at, string about, List<BoardCard> here) =>
        Deed(
            DeedKind.Incident,
            at,
            $"begins {about}",
            new OpenIncident(dice.Weighed(Kinds, "kind", about), ward.Unit, [dice.OneOf(here, "in incident", about).Stay])
            {
                Key = incident.ToString(),
            }
        );

    private IEnumerable<Charted> Chain(Guid incident, DateTimeOffset at, string about)
    {
        var key = incident.ToString();
        var minutes = 3 + (int)(dice.Roll("minutes", about) * 12);
        var effect = dice.OneOf([Effect.Calmed, Effect.Helped, Effect.Helped, Effect.NoChange], "effect", about);
        yield return Step(1, new RecordWarningSigns([dice.OneOf(Enum.GetValues<WarningSign>(), "sign", about)]) { Key = key });
        yield return Step(
            2 + minutes,
            new RecordAttempt(
                dice.OneOf([.. Enum.GetValues<Technique>().Where(t => t is not Technique.Other)], "technique", about),
                Effect: effect,
                Minutes: minutes
            )
            {
                Key = key,
            }
        );
        yield return Step(4 + minutes, new NotifyOfIncident(Party.ChargeNurse, Channel.InPerson) { Key = key });
        yield return Step(6 + minutes, new ResolveIncident { Key = key });

        Charted Step(int minute, ICommand command) => Deed(DeedKind.Incident, at.AddMinutes(minute), $"step {minute} {about}", command);
    }

    private IEnumerable<Charted> After(Guid incident, DateTimeOffset at, string about)
    {
        yield return Deed(
            DeedKind.Incident,
            at.AddMinutes(130 + 60 * dice.Roll("reviews", about)),
            $"review {about}",
            new ReviewLevel(LevelOutcome.Kept) { Key = incident.ToString() }
        );
        yield return Deed(
            DeedKind.Incident,
            at.AddMinutes(140 + 180 * dice.Roll("debriefs", about)),
            $"debrief {about}",
            new HoldDebrief(DebriefOf.Patient) { Key = incident.ToString() }
        );
        yield return Deed(
            DeedKind.Incident,
            at.AddMinutes(150 + 180 * dice.Roll("staff", about)),
            $"staff debrief {about}",
            new HoldDebrief(DebriefOf.Staff) { Key = incident.ToString() }
        );
    }

    // Most are done within hours; some are left to the next shift.
    private IEnumerable<Charted> Tasks(List<BoardCard> here, DateTimeOffset until)
    {
        foreach (var slot in Span(Later(until - Aftermath, tempo.Start), until, Slot))
        {
            var about = slot.ToString();
            var at = Moment(slot, "task");
            if (here.Count == 0 || ward.Time.Local(at).Hour is < 7 or >= 22 || !dice.Happens(TasksADay / (15 * 12), "task", about))
            {
                continue;
            }

            var key = NamedId.From("simulated task", run, about).ToString();
            var due = at + dice.Between(TimeSpan.FromHours(3), TimeSpan.FromHours(8), "due", about);
            yield return Deed(
                DeedKind.Task,
                at,
                $"raise {about}",
                new RaiseTask(
                    dice.OneOf(Asked, "asked", about),
                    new(Role.Technician),
                    tempo.Wall(due).AddMinutes(1),
                    dice.OneOf(here, "for", about).Stay
                )
                {
                    Key = key,
                }
            );
            if (dice.Happens(0.8, "does", about))
            {
                yield return Deed(
                    DeedKind.Task,
                    at + Errand + (due - at - Errand) * dice.Roll("done", about),
                    $"finish {about}",
                    new FinishTask { Key = key }
                );
            }
        }
    }

    private DateTimeOffset Moment(long slot, string what) =>
        new DateTimeOffset(slot * Slot.Ticks, TimeSpan.Zero) + Slot * dice.Roll(what, slot.ToString());

    private static IEnumerable<long> Span(DateTimeOffset from, DateTimeOffset until, TimeSpan every)
    {
        for (var nth = from.UtcTicks / every.Ticks; nth <= until.UtcTicks / every.Ticks; nth++)
        {
            yield return nth;
        }
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private Charted Deed(DeedKind kind, DateTimeOffset at, string about, ICommand command) =>
        new(kind, at, $"{run} {kind} {about}", $"Simulated workstation, {ward.Unit}", command);
}
