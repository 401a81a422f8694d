using System.Net;
using System.Text.Json;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Api.Tests.Handoffs;

/// <summary>Handoffs over HTTP: who may, and the whole way from an admission to the news of the receiver.</summary>
public sealed class HandoffTests(App app) : IClassFixture<App>, IAsyncLifetime
{
    private const string Unit = "3-east";
    private HttpClient giver = null!,
        receiver = null!,
        charge = null!;
    private string shift = "";

    public async Task InitializeAsync()
    {
        await app.Settle();
        giver = app.Bearer((await app.Hire(Role.Technician)).Token);
        receiver = app.Bearer((await app.Hire(Role.Technician)).Token);
        charge = await app.As(Role.ChargeNurse);
        shift = (await charge.Get($"/api/units/{Unit}/handoff"))
            .ShouldBeOk()
            .Json.GetProperty("shifts")
            .EnumerateArray()
            .First(s => s.GetProperty("isOn").GetBoolean())
            .GetProperty("key")
            .GetString()!;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Who_may_not_is_refused()
    {
        var stay = await Patient(0);
        using var display = await app.As(Role.Display);
        (await display.Get($"/api/units/{Unit}/handoff")).ShouldBeProblem(403, "not-permitted");
        using var clinician = await app.As(Role.Clinician);
        (await clinician.Post($"/api/care/{stay}/submit-handoff", new { })).ShouldBeProblem(403, "not-permitted");
        using var elsewhere = app.Bearer((await app.Hire(Role.Nurse, "2-west")).Token);
        (await elsewhere.Get($"/api/stays/{stay}/handoff")).ShouldBeProblem(403, "unit-not-yours");
        (await elsewhere.Post($"/api/care/{stay}/take-over", new { reason = "x" })).ShouldBeProblem(403, "unit-not-yours");
        (await giver.Get($"/api/stays/{Guid.NewGuid()}/handoff")).ShouldBeProblem(404, "stay-unknown", "stay");
        (await giver.Get("/api/units/nowhere/handoff")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Every_patient_of_the_demo_has_one_person_from_the_beginning()
    {
        var unit = (await charge.Get($"/api/units/{Unit}/handoff")).ShouldBeOk().Json;
        unit.GetProperty("patients")
            .EnumerateArray()
            .ShouldAllBe(p => p.GetProperty("responsible").GetProperty("name").GetString() != "Handoff");
        (await charge.Get($"/api/units/{Unit}/board"))
            .Json.Cards()
            .ShouldAllBe(c => c.GetProperty("care").GetProperty("responsible").ValueKind == JsonValueKind.String);
    }

    [Fact]
    public async Task A_patient_is_handed_over_and_what_comes_later_is_news_once()
    {
        var stay = await Assigned(1);
        (await giver.Post($"/api/care/{stay}/write-handoff", new { section = "PatientSummary", words = "Slept well" })).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/submit-handoff", new { })).ShouldBeProblem(400, "severity-missing", "severity");
        (await giver.Post($"/api/care/{stay}/judge-severity", new { severity = "Watcher" })).ShouldBeOk();
        var seen = (await giver.Get($"/api/stays/{stay}/handoff")).ShouldBeOk().Json.GetProperty("watermark").GetInt64();
        await app.Record(new OrderLevel(ObservationLevel.TwoToOne, "After the page was drawn") { Key = stay.ToString() });

        (await giver.Post($"/api/care/{stay}/submit-handoff?watermark={seen}", new { }, ("Idempotency-Key", $"give-{stay}"))).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/submit-handoff?watermark={seen}", new { }, ("Idempotency-Key", $"give-{stay}"))).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/accept-handoff", new { })).ShouldBeProblem(422, "never-from-oneself");
        (await receiver.Post($"/api/care/{stay}/accept-handoff", new { })).ShouldBeProblem(422, "read-back-first");
        (await receiver.Post($"/api/care/{stay}/give-read-back", new { words = "A watcher, 2:1" })).ShouldBeOk();
        await app.Record(new OrderLevel(ObservationLevel.OneToOne, "While it is read back") { Key = stay.ToString() });
        (await receiver.Post($"/api/care/{stay}/accept-handoff", new { })).ShouldBeOk();
        await app.Record(new OrderLevel(ObservationLevel.Q5, "Later") { Key = stay.ToString() });

        var handoff = (await receiver.Get($"/api/stays/{stay}/handoff")).Json;
        handoff
            .GetProperty("news")
            .EnumerateArray()
            .Select(n => n.GetProperty("words").GetString()!.Split(": ")[^1])
            .ShouldBe(["Later", "While it is read back", "After the page was drawn"]);
        handoff.GetProperty("patient").GetProperty("sinceHandoff").GetInt32().ShouldBe(3);
        handoff.GetProperty("accepted").GetProperty("said").GetProperty("watermark").GetInt64().ShouldBe(seen);
        (await receiver.Get($"/api/units/{Unit}/board"))
            .Json.CardOf(stay)!
            .Value.GetProperty("care")
            .GetProperty("sinceHandoff")
            .GetInt32()
            .ShouldBe(3);
    }

    [Fact]
    public async Task What_becomes_urgent_after_the_note_was_given_is_read_back_before_a_stable_patient_is_accepted()
    {
        var stay = await Assigned(12);
        (await giver.Post($"/api/care/{stay}/judge-severity", new { severity = "Stable" })).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/submit-handoff", new { })).ShouldBeOk();
        await app.Record(new EscalateConcern(stay, Urgency.Urgent, "Will not drink") { Key = Guid.NewGuid().ToString() });
        (await receiver.Post($"/api/care/{stay}/accept-handoff", new { }))
            .ShouldBeProblem(422, "read-back-first")
            .Text.ShouldContain("Urgent since the handoff was given");
        (await receiver.Get($"/units/{Unit}/handoff?stay={stay}")).Text.ShouldContain("Urgent since it was given");
        (await receiver.Post($"/api/care/{stay}/give-read-back", new { })).ShouldBeOk();
        (await receiver.Get($"/units/{Unit}/handoff?stay={stay}")).Text.ShouldNotContain("Urgent since it was given");
        (await receiver.Post($"/api/care/{stay}/accept-handoff", new { })).ShouldBeOk();
    }

    [Fact]
    public async Task After_acceptance_the_note_stays_whole_and_who_gave_adds_what_was_left_out()
    {
        var stay = await Assigned(9);
        (
            await giver.Post($"/api/care/{stay}/write-handoff", new { section = "ActionList", words = "Call the aunt in Cairo" })
        ).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/judge-severity", new { severity = "Stable" })).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/submit-handoff", new { })).ShouldBeOk();
        (await receiver.Post($"/api/care/{stay}/ask-handoff", new { question = "At what time?" })).ShouldBeOk();
        (await receiver.Post($"/api/care/{stay}/give-read-back", new { words = "I call the aunt" })).ShouldBeOk();
        (await receiver.Post($"/api/care/{stay}/accept-handoff", new { })).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/add-to-handoff", new { words = "She speaks Arabic" })).ShouldBeOk();
        var note = (await receiver.Get($"/api/stays/{stay}/handoffs"))
            .ShouldBeOk()
            .Json.EnumerateArray()
            .ShouldHaveSingleItem()
            .GetProperty("handoff");
        note.GetProperty("said").GetProperty("texts")[0].GetProperty("words").GetString().ShouldBe("Call the aunt in Cairo");
        note.GetProperty("added")[0].GetProperty("words").GetString().ShouldBe("She speaks Arabic");
        foreach (
            var path in (string[])
                [
                    $"/stays/{stay}",
                    $"/stays/{stay}/handoffs",
                    $"/stays/{stay}/timeline?q=Cairo",
                    $"/units/{Unit}/handoff/print",
                    $"/units/{Unit}/handoff?stay={stay}",
                ]
        )
        {
            (await receiver.Get(path)).Text.Contains("Call the aunt in Cairo", StringComparison.Ordinal).ShouldBeTrue(path);
        }

        (await receiver.Get($"/stays/{stay}")).Text.ShouldContain("At what time?");
        (await receiver.Get($"/units/{Unit}/handoff/print")).Text.ShouldContain("I call the aunt");
        (await receiver.Get($"/api/stays/{stay}/handoff"))
            .Json.GetProperty("news")
            .EnumerateArray()
            .ShouldHaveSingleItem()
            .GetProperty("words")
            .GetString()!
            .ShouldContain("She speaks Arabic");
    }

    [Fact]
    public async Task Whoever_is_watched_closely_or_has_something_running_is_not_judged_in_passing()
    {
        var (calm, watched) = (await Assigned(10), await Assigned(11));
        await app.Record(new OrderLevel(ObservationLevel.Q5, "Closer") { Key = watched.ToString() });
        await app.Record(new OrderLevel(ObservationLevel.Q15, "As before") { Key = calm.ToString() });
        var page = (await giver.Get($"/units/{Unit}/handoff/look")).Text;
        page.ShouldContain("Judged on their own page");
        var unit = (await giver.Get($"/api/units/{Unit}/handoff"))
            .Json.GetProperty("patients")
            .EnumerateArray()
            .ToDictionary(p => p.GetProperty("stay").GetGuid());
        unit[watched].GetProperty("closerLook").EnumerateArray().Select(r => r.GetString()).ShouldContain("Q5");
        (await giver.Post($"/units/{Unit}/handoff/stable", new { })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_claimed_watermark_can_not_hide_what_comes()
    {
        var stay = await Assigned(2);
        (await giver.Post($"/api/care/{stay}/judge-severity", new { severity = "Stable" })).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/submit-handoff?watermark=999999999", new { })).ShouldBeOk();
        (await receiver.Post($"/api/care/{stay}/accept-handoff", new { })).ShouldBeOk();
        await app.Record(new OrderLevel(ObservationLevel.TwoToOne, "Later") { Key = stay.ToString() });
        (await receiver.Get($"/api/stays/{stay}/handoff")).Json.GetProperty("news").EnumerateArray().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_another_slice_leaves_open_must_be_spoken_for()
    {
        var stay = await Assigned(8);
        (await giver.Post($"/api/care/{stay}/judge-severity", new { severity = "Stable" })).ShouldBeOk();
        (
            await giver.Post(
                $"/api/care-task/{Guid.CreateVersion7()}/raise-task",
                new
                {
                    text = "Call the sister",
                    stay,
                    unit = Unit,
                    owner = new { role = "Nurse" },
                    due = app.Clock.GetUtcNow().AddHours(2),
                }
            )
        ).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/submit-handoff", new { })).ShouldBeProblem(422, "loop-open", "loops");
        var loop = (await giver.Get($"/api/stays/{stay}/handoff")).Json.GetProperty("loops").EnumerateArray().ShouldHaveSingleItem();
        loop.GetProperty("words").GetString()!.ShouldContain("Call the sister");
        (
            await giver.Post(
                $"/api/care/{stay}/defer-loop",
                new { loop = loop.GetProperty("loop").GetString(), reason = "She works until 20:00" }
            )
        ).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/submit-handoff", new { })).ShouldBeOk();
        var given = (await receiver.Get($"/api/stays/{stay}/handoff"))
            .Json.GetProperty("given")
            .GetProperty("loops")
            .EnumerateArray()
            .ShouldHaveSingleItem();
        (given.GetProperty("reason").GetString(), given.GetProperty("deferred").GetInt32()).ShouldBe(("She works until 20:00", 1));
    }

    [Fact]
    public async Task What_an_incident_left_open_is_spoken_for_where_the_patient_is_now()
    {
        var (stay, incident) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        await app.Record(new Admit("H-moved", "Mover", "Mia", "2-west", null, BedMayBeTaken: true) { Key = stay.ToString() });
        await app.Settle();
        await app.Record(new OpenIncident(IncidentKind.Aggression, "2-west", [stay], "Day room") { Key = incident.ToString() });
        await app.Record(new ResolveIncident { Key = incident.ToString() });
        await app.Record(new Transfer("3-east", null, BedMayBeTaken: true) { Key = stay.ToString() });
        await app.Settle();
        (await giver.Get($"/api/stays/{stay}/handoff"))
            .ShouldBeOk()
            .Json.GetProperty("loops")
            .EnumerateArray()
            .Select(l => l.GetProperty("loop").GetString()!)
            .ShouldContain(loop => loop.StartsWith($"incident-{incident}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_draft_rests_on_entries_that_can_be_read()
    {
        var stay = await Patient(3);
        await app.Record(new OrderLevel(ObservationLevel.LineOfSight, "Found with a cord") { Key = stay.ToString() });
        var handoff = (await giver.Get($"/api/stays/{stay}/handoff?window=Day")).ShouldBeOk().Json;
        var line = handoff
            .GetProperty("sections")
            .EnumerateArray()
            .SelectMany(s => s.GetProperty("lines").EnumerateArray())
            .Single(l => l.GetProperty("words").GetString()!.Contains("Found with a cord"));
        var evidence = handoff.GetProperty("evidence").EnumerateArray().Select(e => e.GetProperty("id").GetGuid()).ToList();
        line.GetProperty("evidence").EnumerateArray().Select(e => e.GetGuid()).ShouldAllBe(e => evidence.Contains(e));
        (await giver.Get($"/units/{Unit}/handoff?stay={stay}&window=Day")).Text.ShouldContain(
            $"/stays/{stay}/task?from={line.GetProperty("evidence")[0].GetGuid()}"
        );
    }

    [Fact]
    public async Task Who_was_responsible_when_has_no_gap()
    {
        var stay = await Assigned(4);
        var stints = (await giver.Get($"/api/stays/{stay}/responsible")).ShouldBeOk().Json.EnumerateArray().ToList();
        stints.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var (one, next) in stints.Zip(stints.Skip(1)))
        {
            next.GetProperty("from").GetDateTimeOffset().ShouldBe(one.GetProperty("until").GetDateTimeOffset());
        }

        stints.ShouldAllBe(s => s.GetProperty("who").ValueKind == JsonValueKind.Object);
        stints[^1].GetProperty("until").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Whoever_watches_the_board_hears_who_has_whom()
    {
        var stay = await Patient(5);
        await using var hub = await app.Hub(await app.Token(Role.ChargeNurse));
        await hub.Watch(Unit);
        (await giver.Post($"/api/shift/{shift}/come-on", new { })).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/take-patient", new { shift })).ShouldBeOk();
        (await hub.Card(c => c.Stay() == stay && c.GetProperty("care").GetProperty("responsible").GetString() == "Somebody"))
            .GetProperty("care")
            .GetProperty("isByRule")
            .GetBoolean()
            .ShouldBeFalse();
    }

    [Fact]
    public async Task The_unit_hears_who_comes_on_and_of_whom_its_huddle_speaks()
    {
        await using var hub = await app.Hub(await app.Token(Role.ChargeNurse));
        await hub.Watch(Unit);
        (await giver.Post($"/api/shift/{shift}/come-on", new { })).ShouldBeOk();
        await hub.Told("ShiftChanged", told => told.GetProperty("unit").GetString() == Unit);
        var stay = await Patient(6);
        (await giver.Post($"/api/shift/{shift}/turn-huddle", new { stay })).ShouldBeOk();
        await hub.Told("ShiftChanged", told => told.GetProperty("huddle").GetString() == $"{stay}");
        (await giver.Post($"/api/shift/{shift}/end-huddle", new { })).ShouldBeOk();
        await hub.Told("ShiftChanged", told => told.GetProperty("huddle").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task A_hallway_learns_nothing_of_who_has_whom()
    {
        using var display = await app.As(Role.Display);
        (await display.Get($"/api/units/{Unit}/board")).Json.Cards().ShouldAllBe(c => !HasCare(c));
    }

    [Fact]
    public async Task Reading_a_hand_over_is_in_the_access_log()
    {
        var stay = await Patient(6);
        await giver.Get($"/api/stays/{stay}/handoff");
        using var auditor = await app.As(Role.Auditor);
        (await auditor.Get($"/api/stays/{stay}/access"))
            .Json.GetProperty("looks")
            .EnumerateArray()
            .Select(l => l.GetProperty("what").GetString())
            .ShouldContain("handoff");
    }

    [Fact]
    public async Task Two_who_take_the_same_patient_at_once_are_not_both_responsible()
    {
        var stay = await Patient(7);
        var takers = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ => app.Bearer((await app.Hire(Role.Technician)).Token)));
        await Task.WhenAll(takers.Select(t => t.Post($"/api/shift/{shift}/come-on", new { })));
        var answers = await Task.WhenAll(takers.Select(t => t.Post($"/api/care/{stay}/take-patient", new { shift })));
        answers.Count(a => a.Status == 200).ShouldBe(1);
        answers.Where(a => a.Status != 200).ShouldAllBe(a => a.Code == "has-somebody");
    }

    private static bool HasCare(JsonElement card) => card.TryGetProperty("care", out var care) && care.ValueKind != JsonValueKind.Null;

    private async Task<Guid> Patient(int index) =>
        (await charge.Get($"/api/units/{Unit}/board")).Json.Cards().OrderBy(c => c.Stay()).ElementAt(index).Stay();

    // The giver has the patient, the receiver is to have them next.
    private async Task<Guid> Assigned(int index)
    {
        var stay = await Patient(index);
        (await giver.Post($"/api/shift/{shift}/come-on", new { })).ShouldBeOk();
        (await receiver.Post($"/api/shift/{shift}/come-on", new { })).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/take-patient", new { shift })).ShouldBeOk();
        var next = (await charge.Get($"/api/units/{Unit}/handoff"))
            .Json.GetProperty("shifts")
            .EnumerateArray()
            .Single(s => s.GetProperty("key").GetString() == shift)
            .GetProperty("people")
            .EnumerateArray()
            .Last()
            .GetProperty("who")
            .GetProperty("id")
            .GetString();
        (await charge.Post($"/api/care/{stay}/assign-patient", new { person = next, shift })).ShouldBeOk();
        return stay;
    }
}
