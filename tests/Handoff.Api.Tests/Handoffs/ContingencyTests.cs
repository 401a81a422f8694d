using System.Text.Json;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Handoffs;

/// <summary>Contingencies over HTTP: who may, and the way from the form of one shift to the board of the next.</summary>
public sealed class ContingencyTests(App app) : IClassFixture<App>, IAsyncLifetime
{
    private const string Unit = "3-east",
        Says = "If elopement: call RN, offer quiet room";

    private static readonly object Elopement = new
    {
        kind = "Incident",
        incident = "Elopement",
        then = "call RN, offer quiet room",
    };

    private HttpClient giver = null!,
        receiver = null!,
        charge = null!;

    public async Task InitializeAsync()
    {
        await app.Settle();
        giver = app.Bearer((await app.Hire(Role.Technician)).Token);
        receiver = app.Bearer((await app.Hire(Role.ChargeNurse)).Token);
        charge = await app.As(Role.ChargeNurse);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Who_may_not_is_refused()
    {
        var stay = await Patient(app, 0);
        foreach (var role in (Role[])[Role.Display, Role.Clinician, Role.Auditor, Role.Prescriber])
        {
            using var somebody = await app.As(role);
            foreach (var act in (string[])["write-contingency", "withdraw-contingency", "answer-contingency"])
            {
                (await somebody.Post($"/api/care/{stay}/{act}", Elopement)).ShouldBeProblem(403, "not-permitted");
            }
        }

        using var elsewhere = app.Bearer((await app.Hire(Role.Nurse, "2-west")).Token);
        (await elsewhere.Post($"/api/care/{stay}/write-contingency", Elopement)).ShouldBeProblem(403, "unit-not-yours");
        (await giver.Post($"/api/care/{Guid.NewGuid()}/write-contingency", Elopement)).ShouldBeProblem(404, "stay-unknown", "stay");
        (await giver.Post($"/api/care/{stay}/write-contingency", new { then = "x" })).ShouldBeProblem(400, "kind-missing", "kind");
        (await giver.Post($"/api/care/{stay}/answer-contingency", new { contingency = Guid.NewGuid() })).ShouldBeProblem(
            404,
            "contingency-unknown",
            "contingency"
        );
        (await receiver.Post($"/api/care/{stay}/fire-contingencies", new { })).Status.ShouldBe(404);
    }

    [Fact]
    public async Task What_one_shift_foresees_is_pushed_to_the_board_of_the_next_and_is_open_until_it_is_answered()
    {
        var stay = await Patient(app, 1);
        (await giver.Post($"/api/care/{stay}/write-contingency", Elopement)).ShouldBeOk();
        await Opened(app, "Elopement", stay);
        var one = (await Handoff(stay)).GetProperty("contingencies").EnumerateArray().ShouldHaveSingleItem();
        (
            one.GetProperty("standing").GetString(),
            one.GetProperty("says").GetString(),
            one.GetProperty("author").GetProperty("name").GetString()
        ).ShouldBe(("Waiting", Says, "Somebody"));
        Lines(await Handoff(stay)).ShouldContain(l => l.StartsWith($"{Says} — Somebody, ", StringComparison.Ordinal));

        await using var hub = await app.Hub(await app.Token(Role.ChargeNurse));
        await hub.Watch(Unit);
        (await receiver.Post($"/api/care/{stay}/take-over", new { reason = "The giver is ill" })).ShouldBeOk();
        (await Handoff(stay)).GetProperty("contingencies")[0].GetProperty("standing").GetString().ShouldBe("Armed");
        await Opened(app, "Elopement", stay);
        var card = await hub.Card(c => c.Stay() == stay && Fired(c).Count > 0);
        (Fired(card).Single().GetProperty("says").GetString(), Fired(card).Single().GetProperty("author").GetString()).ShouldBe(
            (Says, "Somebody")
        );
        using var display = await app.As(Role.Display);
        (await display.Get($"/api/units/{Unit}/board")).Text.ShouldNotContain("quiet room");

        var loop = Loops(await Handoff(stay)).ShouldHaveSingleItem();
        loop.GetProperty("words").GetString()!.ShouldStartWith($"came true: {Says} — Somebody, ");
        (await receiver.Post($"/api/care/{stay}/judge-severity", new { severity = "Stable" })).ShouldBeOk();
        (await receiver.Post($"/api/care/{stay}/submit-handoff", new { })).ShouldBeProblem(422, "loop-open", "loops");
        (
            await receiver.Post(
                $"/api/care/{stay}/answer-contingency",
                new { contingency = one.GetProperty("id").GetGuid(), words = "Walked with her" }
            )
        ).ShouldBeOk();
        await hub.Card(c => c.Stay() == stay && Fired(c).Count == 0);
        Loops(await Handoff(stay)).ShouldBeEmpty();
        Lines(await Handoff(stay)).ShouldContain(l => l.EndsWith(": Walked with her", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_is_news_to_whoever_accepted_the_patient()
    {
        var (stay, shift) = (await Patient(app, 2), await Shift(app));
        using var next = app.Bearer((await app.Hire(Role.ChargeNurse)).Token);
        (await giver.Post($"/api/shift/{shift}/come-on", new { })).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/take-patient", new { shift })).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/judge-severity", new { severity = "Stable" })).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/submit-handoff", new { })).ShouldBeOk();
        (await next.Post($"/api/care/{stay}/accept-handoff", new { shift })).ShouldBeProblem(422, "not-on-shift", "shift");
        (await next.Post($"/api/shift/{shift}/come-on", new { })).ShouldBeOk();
        (await next.Post($"/api/care/{stay}/accept-handoff", new { shift })).ShouldBeOk();
        (await giver.Post($"/api/care/{stay}/write-contingency", Elopement)).ShouldBeOk();
        (await next.Get($"/api/stays/{stay}/handoff"))
            .Json.GetProperty("news")
            .EnumerateArray()
            .Single()
            .GetProperty("words")
            .GetString()
            .ShouldBe($"For a later shift: {Says}");
        (await next.Get($"/api/units/{Unit}/board"))
            .Json.CardOf(stay)!
            .Value.GetProperty("care")
            .GetProperty("sinceHandoff")
            .GetInt32()
            .ShouldBe(1);
    }

    [Fact]
    public async Task On_the_incidents_page_what_was_foreseen_stands_first_with_a_button_and_is_open_until_it_is_done()
    {
        var stay = await Patient(app, 6);
        (
            await giver.Post(
                $"/api/care/{stay}/write-contingency",
                new
                {
                    kind = "Incident",
                    incident = "Fall",
                    then = "call RN, look for bruises",
                }
            )
        ).ShouldBeOk();
        (await receiver.Post($"/api/care/{stay}/take-over", new { reason = "The giver is ill" })).ShouldBeOk();
        var incident = Guid.CreateVersion7();
        await app.Record(new OpenIncident(IncidentKind.Fall, Unit, [stay]) { Key = $"{incident}" });
        await app.Settle();
        var page = (await receiver.Get($"/units/{Unit}/incidents/{incident}")).Text;
        page.IndexOf("call RN, look for bruises", StringComparison.Ordinal)
            .ShouldBeInRange(1, page.IndexOf("incident-acts", StringComparison.Ordinal));
        page.ShouldContain("Done<span");
        page.ShouldContain($"value=\"incident/{incident}\"");
        var loops = (await Handoff(stay)).GetProperty("loops").EnumerateArray().Select(l => l.GetProperty("loop").GetString()!).ToList();
        loops.ShouldContain(loop => loop.Contains("/contingency-"));
        loops.ShouldContain($"incident-{incident}/incident-open");
        var fired = (await Handoff(stay)).GetProperty("contingencies")[0].GetProperty("id").GetGuid();
        (await receiver.Post($"/api/care/{stay}/answer-contingency", new { contingency = fired })).ShouldBeOk();
        (await receiver.Get($"/units/{Unit}/incidents/{incident}")).Text.ShouldNotContain("Foreseen for this");
    }

    [Fact]
    public async Task An_incident_with_two_patients_reaches_what_is_foreseen_for_both()
    {
        var (one, other, third) = (await Patient(app, 3), await Patient(app, 4), await Patient(app, 5));
        foreach (var stay in (Guid[])[one, other, third])
        {
            (await giver.Post($"/api/care/{stay}/write-contingency", Elopement)).ShouldBeOk();
            (await receiver.Post($"/api/care/{stay}/take-over", new { reason = "The giver is ill" })).ShouldBeOk();
        }

        await Opened(app, "Elopement", one, other);
        (await Task.WhenAll(new[] { one, other, third }.Select(stay => Firings(app, stay)))).ShouldBe([1, 1, 0]);
    }

    [Fact]
    public async Task On_the_next_shift_it_comes_true_once_also_if_everything_is_told_again()
    {
        await using var ward = await App.Start();
        await ward.Settle();
        var (stay, timed) = (await Patient(ward, 0), await Patient(ward, 1));
        using var author = ward.Bearer((await ward.Hire(Role.Nurse)).Token);
        (await author.Post($"/api/care/{stay}/write-contingency", Elopement)).ShouldBeOk();
        (
            await author.Post(
                $"/api/care/{timed}/write-contingency",
                new
                {
                    kind = "Time",
                    time = ward.Clock.GetUtcNow().AddHours(13),
                    then = "look at the wound",
                }
            )
        ).ShouldBeOk();
        await Opened(ward, "Elopement", stay);
        (await Firings(ward, stay), await Firings(ward, timed)).ShouldBe((0, 0));

        ward.Clock.Advance(TimeSpan.FromHours(14));
        await Opened(ward, "Elopement", stay);
        await Opened(ward, "Elopement", stay);
        (await Firings(ward, stay), await Firings(ward, timed)).ShouldBe((1, 1));
        await ward.DisposeAsync();

        await using var restarted = await App.Start(new() { Database = ward.Database, Clock = ward.Clock });
        await restarted.Settle();
        await Opened(restarted, "Elopement", stay);
        (await Firings(restarted, stay), await Firings(restarted, timed)).ShouldBe((1, 1));
        using var reader = restarted.Bearer((await restarted.Hire(Role.Nurse)).Token);
        (await reader.Get($"/api/units/{Unit}/board"))
            .Json.CardOf(timed)!
            .Value.GetProperty("care")
            .GetProperty("fired")
            .EnumerateArray()
            .Single()
            .GetProperty("says")
            .GetString()!
            .ShouldEndWith(": look at the wound");
    }

    private async Task<JsonElement> Handoff(Guid stay) => (await receiver.Get($"/api/stays/{stay}/handoff?window=Day")).ShouldBeOk().Json;

    private static IEnumerable<string> Lines(JsonElement handoff) =>
        handoff
            .GetProperty("sections")
            .EnumerateArray()
            .SelectMany(s => s.GetProperty("lines").EnumerateArray())
            .Select(l => l.GetProperty("words").GetString()!);

    private static List<JsonElement> Loops(JsonElement handoff) =>
        [
            .. handoff
                .GetProperty("loops")
                .EnumerateArray()
                .Where(l => l.GetProperty("loop").GetString()!.Contains("contingency", StringComparison.Ordinal)),
        ];

    private static List<JsonElement> Fired(JsonElement card) =>
        card.GetProperty("care") is { ValueKind: JsonValueKind.Object } care ? [.. care.GetProperty("fired").EnumerateArray()] : [];

    private static async Task Opened(App app, string kind, params Guid[] stays)
    {
        await app.Record(new OpenIncident(Enum.Parse<IncidentKind>(kind), Unit, stays) { Key = Guid.CreateVersion7().ToString() });
        await app.Settle();
    }

    private static async Task<int> Firings(App app, Guid stay) =>
        await app
            .Services.GetRequiredService<LogReader>()
            .Stream(App.Facility, StreamId.For(StateKind<Care>.Name, stay), CancellationToken.None)
            .CountAsync(l => l.Recorded.Event is ContingencyFired);

    private static async Task<Guid> Patient(App app, int index)
    {
        using var machine = await app.As(Role.Integration);
        return (await machine.Get($"/api/units/{Unit}/board")).Json.Cards().OrderBy(c => c.Stay()).ElementAt(index).Stay();
    }

    private async Task<string> Shift(App app) =>
        (await charge.Get($"/api/units/{Unit}/handoff"))
            .ShouldBeOk()
            .Json.GetProperty("shifts")
            .EnumerateArray()
            .First(s => s.GetProperty("isOn").GetBoolean())
            .GetProperty("key")
            .GetString()!;
}
