using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Notes;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Units;
using static Handoff.Simulator.Outcome;

namespace Handoff.Simulator;

/// <summary>What tired people do: enter late and twice, choose the wrong patient, pause and forget, write and put right.</summary>
internal static class PeopleSlips
{
    public static readonly Slip[] All =
    [
        Slip("late", Late),
        Slip("twice", Twice),
        Slip("wrong patient", WrongPatient),
        Slip("wrong patient, seen later", WrongLong),
        Slip("wrong time", WrongEarlier),
        Slip("in a pause", InAPause),
        Slip("on leave", OnLeave),
        Slip("round at once", Round),
        Slip("patient at once", Burst),
        Slip("forgotten pause", Forgotten),
        Slip("pause for a moment", Moment),
        Slip("note", Note),
        Slip("concern", Concern),
        Slip("meal", Meal),
        Slip("behavior", Behavior),
        Slip("precaution", Precaution),
        Slip("incident", Incident),
        Slip("handoff words", Words),
        Slip("mistyped", Mistypings.Some),
        Slip("mistyped again", Mistypings.Some),
    ];

    private static readonly string[] Check = [Taken, "observation-paused", "check-while-away", "time-before-stay"],
        Places = ["Room", "Day room", "Hallway", "Bathroom", "Dining room"];

    private static Slip Slip(string name, Func<Misstep, Task> happens) => new(name, true, happens);

    private static RecordCheck Look(Misstep on, Guid? stay = null) =>
        new(on.OneOf(Places, $"place {stay}"), IsAsleep: false, Remark: on.Marked("Seen")) { Key = (stay ?? on.Card.Stay).ToString() };

    private static Task Late(Misstep on) => on.Enter(Look(on) with { At = on.Ago(5, 40) }, Check);

    private static async Task Twice(Misstep on)
    {
        var look = Look(on) with { At = on.Ago(0.1, 2) };
        await on.Enter(look, Check);
        await on.Enter(look, Check);
    }

    private static async Task WrongPatient(Misstep on)
    {
        var entered = await on.Enter(Look(on), Check);
        on.Later(0.3, 4);
        await Strike(on, entered);
    }

    private static async Task WrongLong(Misstep on)
    {
        var entered = await on.Enter(Look(on), Check);
        on.Later(18, 45);
        await Strike(on, entered);
    }

    private static async Task WrongEarlier(Misstep on)
    {
        var entered = await on.Enter(Look(on) with { At = on.Ago(6, 30) }, Check);
        on.Later(4, 15);
        await Strike(on, entered);
    }

    private static async Task Strike(Misstep on, Guid? check)
    {
        if (check is not null)
        {
            await on.Enter(new TakeBackCheck(check, on.Marked("Wrong patient")) { Key = on.Key });
        }
    }

    // Somebody saw the patient although they are recorded as away: the question comes first, then the check is kept with its mark.
    private static async Task InAPause(Misstep on)
    {
        if (on.Card.Away is not null || await on.Enter(Pause(on, 25, 40), Taken, "on-leave", "with-missing") is null)
        {
            return;
        }

        on.Later(5, 8);
        var within = on.Now;
        on.Later(3, 6);
        await on.Enter(Look(on) with { At = within }, "observation-paused", "check-while-away"); // Somebody else may have resumed.
        await on.Enter(new ResumeObservation { Key = on.Key }, Taken, "on-leave");
        on.Later(1, 5);
        await on.Enter(Look(on) with { At = within }, "check-while-away", "observation-paused");
        await on.Enter(Look(on) with { At = within, SeenWhileAway = true }, Taken, "observation-paused");
    }

    private static async Task OnLeave(Misstep on)
    {
        if (on.Cards.FirstOrDefault(card => card.Away is not null) is not { Away: { } away } card)
        {
            return;
        }

        var within = away.Since.AddSeconds(1) < on.Now ? away.Since.AddSeconds(1) : on.Now;
        await on.Enter(Look(on, card.Stay) with { At = within }, "observation-paused", "check-while-away");
        on.Later(40, 70);
        await on.Enter(Look(on, card.Stay) with { At = within }, "observation-paused", "check-while-away");
        await on.Enter(Look(on, card.Stay) with { At = within, SeenWhileAway = true }, Taken, "observation-paused");
    }

    // The end of a round: everybody's, at times that look right.
    private static async Task Round(Misstep on)
    {
        foreach (var card in on.Cards.Where(card => card.Away is null).Take(5))
        {
            await on.Enter(Look(on, card.Stay) with { At = on.Ago(2, 12, $"ago {card.Stay}") }, Check);
        }
    }

    private static async Task Burst(Misstep on)
    {
        foreach (var ago in (int[])[34, 21, 9])
        {
            await on.Enter(Look(on) with { At = on.Ago(ago, ago + 4, $"ago {ago}") }, Check);
        }
    }

    private static async Task Forgotten(Misstep on)
    {
        if (on.Card.Away is null && await on.Enter(Pause(on, 8, 14), Taken, "on-leave", "with-missing") is not null)
        {
            on.Later(35, 60);
            await on.Enter(new ResumeObservation { Key = on.Key }, Taken, "on-leave");
        }
    }

    private static async Task Moment(Misstep on)
    {
        if (on.Card.Away is null && await on.Enter(Pause(on, 10, 20), Taken, "on-leave", "with-missing") is not null)
        {
            on.Later(0.1, 1.5);
            await on.Enter(new ResumeObservation { Key = on.Key }, Taken, "on-leave");
        }
    }

    private static PauseObservation Pause(Misstep on, double least, double most) =>
        new("procedure", on.In(least, most), on.Marked("Radiology")) { Key = on.Key };

    private static async Task Note(Misstep on)
    {
        var (note, author) = (on.Id("note").ToString(), on.By(Permission.WriteNote));
        if (
            await on.Enter(
                new SignNote(
                    on.Card.Stay,
                    NoteKind.Shift,
                    on.Marked("Slept on the sofa"),
                    on.OneOf([null, (DateTimeOffset?)on.Ago(20, 80)], "late")
                )
                {
                    Key = note,
                },
                author,
                Taken,
                "time-before-stay"
            )
            is null
        )
        {
            return;
        }

        on.Later(2, 12);
        await on.Enter(
            new CorrectNote(on.Marked("Slept in bed"), on.Marked("Not mine")) { Key = note },
            on.By(Permission.WriteNote, not: author),
            "note-not-yours"
        );
        await on.Enter(new AddAddendum(on.Marked("Asked for a blanket")) { Key = note }, author);
        await on.Enter(new CorrectNote(on.Marked("Sat on the sofa"), on.Marked("Slip of the pen")) { Key = note }, author);
        on.Later(2, 12);
        if (on.OneOf([true, false], "in error"))
        {
            await on.Enter(new StrikeNote(on.Marked("Another patient's")) { Key = note }, author);
        }
    }

    // There is no taking back of a concern: it is answered, and its outcome says that it was none.
    private static async Task Concern(Misstep on)
    {
        var (concern, by) = (on.Id("concern").ToString(), on.By(Permission.RaiseConcern));
        if (await on.Enter(new EscalateConcern(on.Card.Stay, Urgency.Urgent, on.Marked("Does not answer")) { Key = concern }, by) is null)
        {
            return;
        }

        await on.Enter(new AcknowledgeEscalation(on.Marked("I see to it")) { Key = concern }, by, "escalation-own", "not-permitted");
        on.Later(1, 9);
        var heard = on.By(Permission.AcknowledgeConcern, not: by);
        await on.Enter(new CloseEscalation(on.Marked("Nothing")) { Key = concern }, heard, "escalation-not-acknowledged");
        await on.Enter(new AcknowledgeEscalation(on.Marked("Looked: it is another patient")) { Key = concern }, heard);
        await on.Enter(new CloseEscalation(on.Marked("Cancelled, wrong patient")) { Key = concern }, heard);
    }

    private static Task Meal(Misstep on) =>
        TakenBack(
            on,
            new RecordMeal(
                on.OneOf([Domain.Status.Meal.Lunch, Domain.Status.Meal.Dinner], "meal"),
                on.OneOf([0, 25, 100], "percent"),
                Remark: on.Marked("Ate")
            )
            {
                Key = on.Key,
            }
        );

    private static Task Behavior(Misstep on) =>
        TakenBack(
            on,
            new ObserveBehavior(BehaviorDomain.Mood, on.Marked("Elated"), 3, At: on.OneOf([null, (DateTimeOffset?)on.Ago(16, 50)], "late"))
            {
                Key = on.Key,
            }
        );

    private static Task Precaution(Misstep on) =>
        TakenBack(
            on,
            new StartPrecaution(on.OneOf([PrecautionKind.Fall, PrecautionKind.Seizure], "kind"), on.Marked("Dizzy")) { Key = on.Key }
        );

    private static async Task TakenBack(Misstep on, Domain.Kernel.Command<PatientStatus> entry)
    {
        var by = on.By(entry.Permission);
        if (await on.Enter(entry, by, Taken, "time-before-stay") is { } entered)
        {
            on.Later(1, 20);
            await on.Enter(new TakeBackEntry(entered, on.Marked("Wrong patient")) { Key = on.Key }, by);
        }
    }

    // Somebody presses the button for the wrong patient; a step is written, put right and struck; then there was no incident.
    private static async Task Incident(Misstep on)
    {
        var key = on.Id("incident").ToString();
        if (
            await on.Enter(
                new OpenIncident(IncidentKind.Agitation, on.Ward.Unit, [on.Card.Stay], "Hallway", on.Marked("Shouting")) { Key = key }
            )
            is not { } opened
        )
        {
            return;
        }

        var noted = await on.Enter(new NoteIncident(on.Marked("Threw a cup")) { Key = key });
        on.Later(1, 4);
        await on.Enter(new CorrectStep(noted, on.Marked("Slip"), Remark: on.Marked("Dropped a cup")) { Key = key });
        await on.Enter(new TakeBackStep(noted, on.Marked("That was yesterday")) { Key = key });
        on.Later(1, 6);
        await on.Enter(new TakeBackStep(opened, on.Marked("Wrong patient")) { Key = key });
    }

    private static async Task Words(Misstep on)
    {
        var giver = on.By(Permission.HandOver);
        await on.Enter(new WriteHandoff(HandoffSection.PatientSummary, on.Marked("Ask about the sister")) { Key = on.Key }, giver);
        on.Later(3, 10);
        await on.Enter(new WriteHandoff(HandoffSection.PatientSummary, on.Marked("Ask about the brother")) { Key = on.Key }, giver);
        on.Later(20, 40);
        await on.Enter(
            new AddToHandoff(on.Marked("It was the cousin")) { Key = on.Key },
            giver,
            Taken,
            "not-your-handoff",
            "handoff-not-accepted",
            "handoff-long-ago"
        );
    }
}
