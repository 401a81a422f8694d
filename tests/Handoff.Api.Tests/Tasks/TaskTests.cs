using System.Text.Json;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;

namespace Handoff.Api.Tests.Tasks;

/// <summary>Tasks over HTTP, on the board, and as they are pushed.</summary>
public sealed class TaskTests(App app) : IClassFixture<App>, IAsyncLifetime
{
    private readonly Guid stay = Guid.CreateVersion7();
    private readonly string key = Guid.CreateVersion7().ToString();
    private HttpClient tech = null!;

    public async Task InitializeAsync()
    {
        tech = await app.As(Role.Technician);
        await app.Record(new Admit($"T{stay:N}", "Task", "Tess", "2-west", null, BedMayBeTaken: true) { Key = stay.ToString() });
        await app.Settle();
    }

    public Task DisposeAsync()
    {
        tech.Dispose();
        return Task.CompletedTask;
    }

    [Theory]
    [InlineData(Role.Auditor)]
    [InlineData(Role.Display)]
    [InlineData(Role.Manager)]
    public async Task Who_does_not_work_on_the_floor_raises_no_task(Role role)
    {
        using var other = await app.As(role);
        (await other.Post($"/api/care-task/{key}/raise-task", Call())).ShouldBeProblem(403, "not-permitted");
        if (role is Role.Display)
        {
            (await other.Get("/api/units/2-west/tasks")).ShouldBeProblem(403, "not-permitted");
        }
    }

    [Fact]
    public async Task A_task_is_raised_taken_put_off_passed_on_and_done()
    {
        await Do("raise-task", Call());
        (await Listed())!.Value.GetProperty("owner").GetProperty("role").GetString().ShouldBe("Nurse");
        await Do("take-task", new { });
        await Do("defer-task", new { until = In(5), reason = "Not reached" });
        (await Listed())!.Value.GetProperty("deferrals").GetInt32().ShouldBe(1);
        await Do("reown-task", new { owner = new { role = "Clinician" }, reason = "Knows the family" });
        await Do("finish-task", new { outcome = "She comes on Sunday" });
        (await Listed()).ShouldBeNull();
        (await Post("take-task", new { })).ShouldBeProblem(422, "task-done");
    }

    [Fact]
    public async Task A_task_of_nobody_is_refused_at_its_fields()
    {
        (
            await Post(
                "raise-task",
                new
                {
                    text = "x",
                    due = In(1),
                    stay,
                }
            )
        ).ShouldBeProblem(400, "owner-missing", "owner");
        (
            await Post(
                "raise-task",
                new
                {
                    text = "x",
                    due = In(1),
                    stay,
                    owner = new { role = (string?)null, person = " " },
                }
            )
        ).ShouldBeProblem(400, "owner-missing", "owner");
        (
            await Post(
                "raise-task",
                new
                {
                    text = "x",
                    due = In(-1),
                    stay,
                    owner = new { role = "Nurse" },
                }
            )
        ).ShouldBeProblem(400, "due-in-past", "due");
        (
            await Post(
                "raise-task",
                new
                {
                    text = "x",
                    due = In(1),
                    owner = new { role = "Nurse" },
                }
            )
        ).ShouldBeProblem(400, "unit-missing", "unit");
        (await Post("take-task", new { })).ShouldBeProblem(404, "task-unknown", "task");
    }

    [Fact]
    public async Task The_unit_hears_of_it_and_the_card_counts_it_until_it_is_done()
    {
        await using var hub = await app.Hub();
        await hub.Watch("2-west");
        await Do("raise-task", Call());
        var card = await hub.Card(c => c.Stay() == stay && c.GetProperty("tasks").ValueKind == JsonValueKind.Object);
        (card.GetProperty("tasks").GetProperty("open").GetInt32(), card.GetProperty("tasks").GetProperty("overdue").GetInt32()).ShouldBe(
            (1, 0)
        );
        await Do("finish-task", new { });
        var done = await hub.Card(c => c.Stay() == stay && c.GetProperty("tasks").ValueKind == JsonValueKind.Null);
        done.GetProperty("version").GetInt64().ShouldBeGreaterThan(card.GetProperty("version").GetInt64());
        (await Card("2-west")).GetProperty("version").GetInt64().ShouldBe(done.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task A_board_of_the_past_counts_the_tasks_of_then()
    {
        var before = app.Clock.GetUtcNow();
        await Task.Delay(5);
        await Do("raise-task", Call());
        var raised = app.Clock.GetUtcNow();
        await Task.Delay(5);
        await Do("finish-task", new { });
        (await Card("2-west", before)).GetProperty("tasks").ValueKind.ShouldBe(JsonValueKind.Null);
        (await Card("2-west", raised)).GetProperty("tasks").GetProperty("open").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_patient_who_moves_takes_their_tasks_along()
    {
        await Do("raise-task", Call());
        await app.Record(new Transfer("3-east", null) { Key = stay.ToString() });
        (await Listed("2-west")).ShouldBeNull();
        (await Listed("3-east")).ShouldNotBeNull();
        (await Card("3-east")).GetProperty("tasks").GetProperty("open").GetInt32().ShouldBe(1);
        var (_, token) = await app.Hire(Role.Nurse, "3-east");
        using var nurse = app.Bearer(token);
        await Eventually(async () => (await nurse.Post($"/api/care-task/{key}/take-task", new { })).Status == 200);
    }

    [Fact]
    public async Task Somebody_of_another_unit_neither_raises_nor_takes()
    {
        var (_, token) = await app.Hire(Role.Nurse, "3-east");
        using var nurse = app.Bearer(token);
        (await nurse.Post($"/api/care-task/{key}/raise-task", Call())).ShouldBeProblem(403, "unit-not-yours");
        await Do("raise-task", Call());
        (await nurse.Post($"/api/care-task/{key}/finish-task", new { })).ShouldBeProblem(403, "unit-not-yours");
        (await nurse.Get("/api/units/2-west/tasks")).ShouldBeProblem(403, "not-permitted");
    }

    [Fact]
    public async Task A_unit_that_is_not_there_has_no_tasks() =>
        (await tech.Get("/api/units/9-north/tasks")).ShouldBeProblem(404, "unit-unknown", "unit");

    private object Call() =>
        new
        {
            text = "Call the sister back",
            owner = new { role = "Nurse" },
            due = In(2),
            stay,
        };

    private DateTimeOffset In(double hours) => app.Clock.GetUtcNow().AddHours(hours);

    private Task<Said> Post(string act, object body) => tech.Post($"/api/care-task/{key}/{act}", body);

    private async Task Do(string act, object body) => (await Post(act, body)).ShouldBeOk();

    private async Task<JsonElement?> Listed(string unit = "2-west") =>
        (await tech.Get($"/api/units/{unit}/tasks"))
            .ShouldBeOk()
            .Json.EnumerateArray()
            .Where(task => task.GetProperty("id").GetString() == key)
            .Cast<JsonElement?>()
            .FirstOrDefault();

    private async Task<JsonElement> Card(string unit, DateTimeOffset? at = null) =>
        (await tech.Get($"/api/units/{unit}/board" + (at is { } then ? $"?at={then.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fffffff}Z" : "")))
            .ShouldBeOk()
            .Json.CardOf(stay)!
            .Value;

    private static async Task Eventually(Func<Task<bool>> so)
    {
        for (var tries = 0; tries < 100 && !await so(); tries++)
        {
            await Task.Delay(50);
        }

        (await so()).ShouldBeTrue();
    }
}

/// <summary>A task that is not done in time, on a clock of its own.</summary>
public sealed class OverdueTaskTests
{
    [Fact]
    public async Task A_task_that_is_not_done_in_time_is_said_once_and_the_card_shows_it_also_after_a_restart()
    {
        await using var app = await App.Start();
        var (stay, key) = (Guid.CreateVersion7(), Guid.CreateVersion7().ToString());
        await app.Record(new Admit("T1", "Late", "Lou", "2-west", null, BedMayBeTaken: true) { Key = stay.ToString() });
        await app.Record(new RaiseTask("Weigh", new(Role.Nurse), app.Clock.GetUtcNow().AddMinutes(30), stay) { Key = key });
        app.Clock.Advance(TimeSpan.FromMinutes(45));
        await app.Settle();
        await app.Settle();

        await using var again = await App.Start(new() { Database = app.Database, Clock = app.Clock });
        await again.Settle();
        using var machine = again.Machine();
        var card = (await machine.Get("/api/units/2-west/board")).Json.CardOf(stay)!.Value;
        card.GetProperty("tasks").GetProperty("overdue").GetInt32().ShouldBe(1);
        var events = new List<string>();
        await foreach (
            var logged in Microsoft
                .Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<Handoff.Api.Store.LogReader>(
                    again.Services
                )
                .Stream(App.Facility, $"care_task-{key}", default)
        )
        {
            events.Add(logged.Recorded.Event.GetType().Name);
        }

        events.ShouldBe([nameof(TaskRaised), nameof(TaskOverdue)]);
    }
}
