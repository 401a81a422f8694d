using System.Text.Json;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;

namespace Handoff.Api.Tests.Boards;

/// <summary>What somebody who comes on finds of their patients, over HTTP.</summary>
public sealed class MyPatientsTests(App app) : IClassFixture<App>, IAsyncLifetime
{
    private const string Unit = "3-east";
    private HttpClient mine = null!,
        charge = null!;
    private string shift = "";

    public async Task InitializeAsync()
    {
        await app.Settle();
        mine = app.Bearer((await app.Hire(Role.Technician)).Token);
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
        using var display = await app.As(Role.Display);
        (await display.Get($"/api/units/{Unit}/mine")).ShouldBeProblem(403, "not-permitted");
        (await display.Get($"/units/{Unit}/mine")).Status.ShouldBe(403);
        using var elsewhere = app.Bearer((await app.Hire(Role.Nurse, "2-west")).Token);
        (await elsewhere.Get($"/api/units/{Unit}/mine")).ShouldBeProblem(403, "not-permitted");
        (await mine.Get("/api/units/nowhere/mine")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task Without_patients_of_ones_own_it_is_the_unit()
    {
        using var other = app.Bearer((await app.Hire(Role.Nurse)).Token);
        var found = (await other.Get($"/api/units/{Unit}/mine")).ShouldBeOk().Json;
        found.GetProperty("isWhole").GetBoolean().ShouldBeTrue();
        found.GetProperty("patients").GetArrayLength().ShouldBe((await other.Get($"/api/units/{Unit}/board")).Json.Cards().Count);
        found.GetProperty("worked").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_change_is_unread_until_the_record_is_opened()
    {
        var stay = await Taken(0);
        await app.Record(new OrderLevel(ObservationLevel.OneToOne, "Found with a cord") { Key = stay.ToString() });
        var before = await Mine(stay);
        before
            .GetProperty("latest")
            .EnumerateArray()
            .Select(l => l.GetProperty("words").GetString()!)
            .ShouldContain(w => w.Contains("Found with a cord", StringComparison.Ordinal));
        before.GetProperty("unread").GetInt32().ShouldBe(before.GetProperty("changes").GetInt32());

        (await mine.Get($"/stays/{stay}")).ShouldBeOk();
        var opened = await Mine(stay);
        opened.GetProperty("unread").GetInt32().ShouldBe(0);
        opened.GetProperty("changes").GetInt32().ShouldBe(before.GetProperty("changes").GetInt32());

        await app.Record(new OrderLevel(ObservationLevel.TwoToOne, "Still at it") { Key = stay.ToString() });
        (await Mine(stay)).GetProperty("unread").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task What_somebody_else_has_read_is_unread_to_me()
    {
        var stay = await Taken(1);
        await app.Record(new OrderLevel(ObservationLevel.OneToOne, "Found with a cord") { Key = stay.ToString() });
        (await charge.Get($"/stays/{stay}")).ShouldBeOk();
        (await Mine(stay)).GetProperty("unread").GetInt32().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_task_that_is_due_within_two_hours_is_told_and_a_later_one_is_not()
    {
        var stay = await Taken(2);
        foreach (var (text, hours) in new[] { ("Call the sister", 1.5), ("Ask for the diet sheet", 3) })
        {
            (
                await mine.Post(
                    $"/api/care-task/{Guid.CreateVersion7()}/raise-task",
                    new
                    {
                        text,
                        stay,
                        unit = Unit,
                        owner = new { role = "Nurse" },
                        due = app.Clock.GetUtcNow().AddHours(hours),
                    }
                )
            ).ShouldBeOk();
        }

        var due = (await mine.Get($"/api/units/{Unit}/mine"))
            .Json.GetProperty("due")
            .EnumerateArray()
            .Where(d => d.GetProperty("stay").ValueKind != JsonValueKind.Null && d.GetProperty("stay").GetGuid() == stay)
            .ToList();
        due.ShouldHaveSingleItem().GetProperty("words").GetString()!.ShouldContain("Call the sister");
    }

    [Fact]
    public async Task Looking_at_it_is_in_the_access_log()
    {
        var stay = await Taken(3);
        await Mine(stay);
        using var auditor = await app.As(Role.Auditor);
        (await auditor.Get($"/api/stays/{stay}/access"))
            .Json.GetProperty("looks")
            .EnumerateArray()
            .Select(l => l.GetProperty("what").GetString())
            .ShouldContain("mine");
    }

    private async Task<Guid> Taken(int index)
    {
        var stay = (await charge.Get($"/api/units/{Unit}/board")).Json.Cards().OrderBy(c => c.Stay()).ElementAt(index).Stay();
        (await mine.Post($"/api/shift/{shift}/come-on", new { })).ShouldBeOk();
        (await mine.Post($"/api/care/{stay}/take-patient", new { shift })).ShouldBeOk();
        return stay;
    }

    private async Task<JsonElement> Mine(Guid stay) =>
        (await mine.Get($"/api/units/{Unit}/mine"))
            .ShouldBeOk()
            .Json.GetProperty("patients")
            .EnumerateArray()
            .Single(p => p.GetProperty("card").GetProperty("stay").GetGuid() == stay);
}
