using Handoff.Domain.Boards;
using static Handoff.Simulator.Outcome;

namespace Handoff.Simulator;

/// <summary>
/// What a careless feed sends: twice, too early, under another's control id, for training, for places and numbers that are not there, and
/// from a clock that is wrong.
/// </summary>
internal static class FeedSlips
{
    public static readonly Slip[] All =
    [
        Slip("control id again", ControlAgain),
        Slip("message again", Again),
        Slip("discharge first", DischargeFirst),
        Slip("return first", ReturnFirst),
        Slip("place outside", Outside),
        Slip("outside for good", OutsideForGood),
        Slip("admission cancelled", AdmissionCancelled),
        Slip("discharge cancelled", DischargeCancelled),
        Slip("move cancelled", MoveCancelled),
        Slip("move told late", MoveToldLate),
        Slip("visit of another", VisitOfAnother),
        Slip("numbers merged", Merged),
        Slip("number of nobody", MergedNobody),
        Slip("unknown bed", UnknownBed),
        Slip("name of one part", OnePart),
        Slip("for training", Training),
        Slip("clock ahead", Ahead),
        Slip("clock a little ahead", LittleAhead),
        Slip("clock behind", Behind),
        Slip("batch", Batch),
        Slip("broken", Broken),
        Slip("beds swapped", Swapped),
        Slip("unknown event", UnknownEvent),
    ];

    private static readonly string[] Moved = [Taken, "time-before-stay"];

    private static Slip Slip(string name, Func<Misstep, Task> happens) => new("feed, " + name, false, happens);

    private static Movement Told(Misstep on, BoardCard? card = null) =>
        Movement.ForCard(card ?? on.Card, on.Ward.Unit) with
        {
            At = on.Now,
        };

    private static string Bed(Misstep on) => on.OneOf(on.Ward.Beds, "bed");

    private static async Task ControlAgain(Misstep on)
    {
        var told = Told(on);
        await on.Send(told.Text("A08", on.Control("one")), Taken);
        await on.Send((told with { Sex = "F" }).Text("A08", on.Control("one")), Taken);
    }

    private static async Task Again(Misstep on)
    {
        var text = (Told(on) with { Bed = Bed(on), FromBed = on.Card.Bed }).Text("A02", on.Control("one"));
        await on.Send(text, Moved);
        await on.Send(text, Moved);
        on.Later(5, 20);
        await on.Send(text, Moved);
    }

    // What came too early is kept, and tried again when the admission has come.
    private static async Task DischargeFirst(Misstep on)
    {
        var who = on.Newcomer() with { Bed = Bed(on), At = on.Ago(20, 40) };
        await on.Send((who with { At = on.Now }).Text("A03", on.Control("out")), "stay-unknown");
        on.Later(2, 10);
        await on.Send(who.Text("A01", on.Control("in")), Taken);
    }

    private static async Task ReturnFirst(Misstep on)
    {
        var (told, left) = (Told(on), on.Ago(10, 30));
        await on.Send(told.Text("A22", on.Control("back")), Moved);
        on.Later(1, 4);
        await on.Send((told with { At = left, Returns = on.In(30, 60) }).Text("A21", on.Control("out")), Moved);
    }

    private static async Task Outside(Misstep on)
    {
        var told = Told(on);
        await on.Send((told with { Unit = "SURGERY", Bed = "7", FromBed = null }).Text("A02", on.Control("out")), Moved);
        on.Later(10, 45);
        await on.Send((told with { At = on.Now }).Text("A02", on.Control("back")), Moved);
    }

    private static Task OutsideForGood(Misstep on) =>
        on.Card.Level > Domain.Units.ObservationLevel.Q15
            ? Task.CompletedTask
            : on.Send((Told(on) with { Unit = "REHAB", Bed = "2", At = on.Ago(0, 25) }).Text("A02", on.Control("out")), Moved);

    private static async Task AdmissionCancelled(Misstep on)
    {
        var who = on.Newcomer() with { Bed = Bed(on) };
        await on.Send(who.Text("A01", on.Control("in")), Taken);
        on.Later(3, 40);
        await on.Send((who with { At = on.Now }).Text("A11", on.Control("never")), Taken);
    }

    private static async Task DischargeCancelled(Misstep on)
    {
        var told = Told(on);
        await on.Send(told.Text("A03", on.Control("out")), Moved);
        on.Later(2, 35);
        await on.Send((told with { At = on.Now }).Text("A13", on.Control("stays")), Taken, "patient-here");
    }

    private static async Task MoveCancelled(Misstep on)
    {
        var told = Told(on);
        await on.Send((told with { Bed = Bed(on), FromBed = on.Card.Bed }).Text("A02", on.Control("moved")), Moved);
        on.Later(1, 15);
        await on.Send((told with { At = on.Now }).Text("A12", on.Control("back")), Taken, "transfer-unknown");
    }

    private static async Task MoveToldLate(Misstep on)
    {
        var told = Told(on);
        await on.Send((told with { Bed = Bed(on), FromBed = on.Card.Bed, At = on.Ago(1, 5) }).Text("A02", on.Control("second")), Moved);
        on.Later(1, 8);
        await on.Send(
            (told with { Unit = on.OneOf(["3-east", on.Ward.Unit], "unit"), Bed = null, At = on.Ago(30, 90, "earlier") }).Text(
                "A02",
                on.Control("first")
            ),
            Moved
        );
        await on.Send((told with { At = on.Now }).Text("A02", on.Control("home")), Moved);
    }

    private static async Task VisitOfAnother(Misstep on)
    {
        var (who, other, visit) = (on.Newcomer() with { Bed = Bed(on) }, on.Newcomer(1), on.Control("visit"));
        await on.Send(who.Text("A01", on.Control("in")).OfVisit(visit), Taken);
        on.Later(1, 10);
        await on.Send((other with { Bed = who.Bed, At = on.Now }).Text("A08", on.Control("other")).OfVisit(visit), "patient-mismatch");
        on.Later(5, 30);
        await on.Send((who with { At = on.Now }).Text("A03", on.Control("out")).OfVisit(visit), Taken);
    }

    private static async Task Merged(Misstep on)
    {
        var (who, number) = (on.Newcomer() with { Bed = Bed(on) }, on.Newcomer(1).Mrn);
        await on.Send(who.Text("A01", on.Control("in")), Taken);
        on.Later(1, 10);
        await on.Send((who with { Mrn = number, At = on.Now }).Text("A40", on.Control("merged")).Giving(who.Mrn), Taken);
        on.Later(1, 10);
        await on.Send((who with { Mrn = number, Family = "Renamed", At = on.Now }).Text("A08", on.Control("renamed")), Taken);
        on.Later(5, 30);
        await on.Send((who with { At = on.Now }).Text("A03", on.Control("out")), Taken);
    }

    private static Task MergedNobody(Misstep on) =>
        on.Send(on.Newcomer().Text("A40", on.Control("merged")).Giving(on.Newcomer(1).Mrn), Taken);

    private static async Task UnknownBed(Misstep on)
    {
        var who = on.Newcomer() with { Bed = "999Z" };
        await on.Send(who.Text("A01", on.Control("in")), Taken);
        on.Later(10, 50);
        await on.Send((who with { Bed = Bed(on), At = on.Now }).Text("A02", on.Control("bed")), Taken);
        on.Later(5, 20);
        await on.Send((who with { At = on.Now }).Text("A03", on.Control("out")), Taken);
    }

    private static async Task OnePart(Misstep on)
    {
        var who = on.Newcomer() with { Bed = Bed(on) };
        await on.Send(who.Text("A01", on.Control("in")).NameOfOnePart(), Taken);
        on.Later(20, 60);
        await on.Send((who with { At = on.Now }).Text("A03", on.Control("out")), Taken);
    }

    private static Task Training(Misstep on) =>
        on.Send((on.Newcomer() with { Bed = Bed(on) }).Text("A01", on.Control("in")).ForTraining(), "processing-id-refused");

    private static Task Ahead(Misstep on) =>
        on.Send((Told(on) with { At = on.Now.AddMinutes(20) }).Text("A03", on.Control("out")), "time-in-future");

    private static async Task LittleAhead(Misstep on)
    {
        var told = Told(on) with { At = on.Now.AddMinutes(9), Returns = on.Now.AddMinutes(40) };
        await on.Send(told.Text("A21", on.Control("out")), Moved);
        on.Later(25, 60);
        await on.Send((told with { At = on.Now, Returns = null }).Text("A22", on.Control("back")), Moved);
    }

    private static Task Behind(Misstep on) =>
        on.Send(
            (Told(on) with { At = on.Now.AddMinutes(-20), Bed = Bed(on), FromBed = on.Card.Bed }).Text("A02", on.Control("moved")),
            Moved
        );

    private static async Task Batch(Misstep on)
    {
        var who = on.Newcomer() with { Bed = Bed(on) };
        await on.Send(
            Garble.Batch(
                on.Control("batch"),
                5,
                who.Text("A01", on.Control("in")),
                who.Text("A01", on.Control("training")).ForTraining(),
                on.Newcomer(1).Text("A03", on.Control("nobody")),
                Told(on).Text("A08", on.Control("same"))
            ),
            Taken,
            "processing-id-refused",
            "stay-unknown"
        );
        on.Later(10, 50);
        await on.Send((who with { At = on.Now }).Text("A03", on.Control("out")), Taken);
    }

    private static async Task Broken(Misstep on)
    {
        await on.Send("", "message-empty");
        await on.Send("PID|1||4711", "header-missing");
        await on.Send(Told(on).Text("A02", on.Control("cut")).Cut(), "segment-missing", "field-missing", "segment-broken");
    }

    private static Task Swapped(Misstep on)
    {
        var (one, other) = (Told(on), Told(on, on.Cards[1]));
        return on.Send(
            (one with { Bed = other.Bed, FromBed = one.Bed })
                .Text("A17", on.Control("swapped"))
                .And((other with { Bed = one.Bed, FromBed = other.Bed }).Text("A17", "")),
            Moved
        );
    }

    private static async Task UnknownEvent(Misstep on)
    {
        await on.Send(Told(on).Text("A09", on.Control("tracking")), Taken);
        await on.Send(Told(on).Text("Z99", on.Control("own")), "trigger-unsupported");
    }
}
