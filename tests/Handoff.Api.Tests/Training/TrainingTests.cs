using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Api.Training;
using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Training;

/// <summary>
/// A class on a clock that stands until it is moved: on the night of 1 November 2026, when the hour from 01:00 comes twice in Chicago.
/// </summary>
public sealed class TrainingTests : IAsyncLifetime
{
    private const string Clock = "/api/training/clock";

    private static readonly DateTimeOffset Start = new(2026, 11, 1, 1, 40, 0, TimeSpan.FromHours(-5));

    private readonly Guid stay = Guid.CreateVersion7();
    private App app = null!;
    private HttpClient manager = null!;

    public async Task InitializeAsync()
    {
        app = await App.Start(new() { Training = Start, Settings = { ["Demo:Zone"] = "America/Chicago" } });
        manager = await app.As(Role.Manager);
    }

    public async Task DisposeAsync()
    {
        manager.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task A_check_is_missed_and_an_escalation_climbs_each_at_its_instant_over_the_hour_that_comes_twice()
    {
        await app.Record(new Admit($"M{stay:N}", "Train", "Tara", "2-west", null, BedMayBeTaken: true) { Key = stay.ToString() });
        await app.Settle();
        await app.Record(new RecordCheck("Room", IsAsleep: false) { Key = stay.ToString() });
        (await Move("2026-11-01T01:45:00-05:00")).ShouldBeOk();
        using var tech = await app.As(Role.Technician);
        var concern = Guid.CreateVersion7();
        (
            await tech.Post(
                $"/api/escalation/{concern}/escalate-concern",
                new
                {
                    stay,
                    urgency = "Urgent",
                    situation = "Will not lie down",
                }
            )
        ).ShouldBeOk();
        var before = await Head();

        var moved = (await Move("2026-11-01T01:10:00-06:00")).ShouldBeOk().Json;

        moved.GetProperty("now").GetDateTimeOffset().ShouldBe(At("07:10"));
        moved.GetProperty("position").GetInt64().ShouldBe(await Head());
        var happened = await app
            .Services.GetRequiredService<LogReader>()
            .After(App.Facility, before, 10_000, default)
            .Select(l => l.Recorded)
            .ToListAsync();
        happened.Select(r => r.At).ShouldBe(happened.Select(r => r.At).Order());
        happened.Last().At.ShouldBeLessThanOrEqualTo(At("07:10"));
        happened.Where(r => r.Event is CheckMissed && r.Key == stay.ToString()).Select(r => r.At).First().ShouldBe(At("06:55"));
        happened
            .Where(r => r.Event is EscalationStepped && r.Key == concern.ToString())
            .Select(r => r.At)
            .ShouldBe([At("06:50"), At("06:55"), At("07:00")]);
        var open = (await manager.Get("/api/units/2-west/escalations"))
            .ShouldBeOk()
            .Json.EnumerateArray()
            .Single(e => e.GetProperty("id").GetGuid() == concern);
        open.GetProperty("told")
            .EnumerateArray()
            .Select(told => told.GetProperty("at").GetDateTimeOffset())
            .ShouldBe([At("06:45"), At("06:50"), At("06:55"), At("07:00")]);
        (await manager.Get("/api/units/2-west/board")).Json.GetProperty("asOf").GetDateTimeOffset().ShouldBe(At("07:10"));
    }

    [Fact]
    public async Task Every_page_says_that_this_is_training_and_what_time_it_is()
    {
        using var nobody = app.Anonymous();
        nobody.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        manager.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        foreach (
            var page in (string[])
                [
                    "/units",
                    "/units/2-west/board",
                    "/units/2-west/board?at=2026-11-01T06:39:00Z",
                    "/units/2-west/wall",
                    "/units/2-west/handoff",
                    "/units/2-west/handoff/print",
                    "/facility/scope",
                    "/units/9-north/board",
                    "/nowhere",
                ]
        )
        {
            (await manager.Get(page)).Text.ShouldContain("Sun 1 Nov 01:40 CDT", customMessage: page);
        }

        var signIn = (await nobody.Get("/sign-in")).Text;
        signIn.ShouldContain("Training.");
        signIn.ShouldContain("Sun 1 Nov 01:40 CDT");
        (await Move("2026-11-01T01:05:00-06:00")).ShouldBeOk();
        (await nobody.Get(Clock)).ShouldBeOk()["words"].ShouldBe("Sun 1 Nov 01:05 CST");
        (await nobody.Get("/sign-in")).Text.ShouldContain("Sun 1 Nov 01:05 CST");
    }

    [Fact]
    public async Task Nobody_is_signed_out_because_the_clock_leaps()
    {
        using var tech = await app.As(Role.Technician);
        (await Move("2026-11-01T03:30:00-06:00")).ShouldBeOk();
        (await tech.Get("/api/units/2-west/board")).ShouldBeOk();
    }

    [Fact]
    public async Task The_clock_goes_forward_and_not_too_far_and_by_whom_it_may()
    {
        (await Move("2026-11-01T01:39:59-05:00")).ShouldBeProblem(400, "time-goes-back", "to");
        (await Move("2026-11-03T01:40:00-06:00")).ShouldBeProblem(400, "time-too-far", "to");
        (await Move("2026-11-01T01:50:00")).ShouldBeProblem(400, "json-invalid", "to");
        (await manager.Post(Clock, new { })).ShouldBeProblem(400, "to-missing", "to");
        (await manager.Post(Clock, new { to = Start, at = Start })).ShouldBeProblem(400, "field-unknown", "at");
        using var nurse = await app.As(Role.ChargeNurse);
        (await nurse.Post(Clock, new { to = Start.AddMinutes(1) })).ShouldBeProblem(403, "not-permitted");
        using var nobody = app.Anonymous();
        (await nobody.Post(Clock, new { to = Start.AddMinutes(1) })).ShouldBeProblem(401, "sign-in-required");
        (await manager.Get(Clock)).ShouldBeOk().Json.GetProperty("now").GetDateTimeOffset().ShouldBe(Start);
        using var machine = app.Machine();
        (await machine.Post(Clock, new { to = Start.AddMinutes(1) })).ShouldBeOk();
    }

    [Fact]
    public async Task Another_facility_neither_moves_the_clock_nor_is_trained_on()
    {
        var (password, _) = await FirstStart.OpenFacility(app.Services, "other", "Another", "another.manager", "Another Manager", default);
        using var other = app.Bearer(await app.Token("another.manager", password));
        (await other.Post(Clock, new { to = Start.AddMinutes(1) })).ShouldBeProblem(403, "training-elsewhere");
        (await Should.ThrowAsync<InvalidOperationException>(() => app.Services.RequireTrainable(default))).Message.ShouldContain(
            "the facility other"
        );
    }

    [Fact]
    public async Task A_log_that_goes_on_later_is_not_trained_on()
    {
        await app.Services.RequireTrainable(default);
        await using var earlier = await App.Start(
            new()
            {
                Database = app.Database,
                Training = Start.AddHours(-1),
                Settings = { ["Demo:Zone"] = "America/Chicago" },
            }
        );
        (await Should.ThrowAsync<InvalidOperationException>(() => earlier.Services.RequireTrainable(default))).Message.ShouldContain(
            "2026-11-01T01:40:00.0000000-05:00"
        );
    }

    [Fact]
    public async Task A_service_on_the_real_time_has_no_clock_to_move()
    {
        await using var real = await App.Start();
        using var machine = real.Machine();
        (await machine.Post(Clock, new { to = DateTimeOffset.UtcNow.AddMinutes(5) })).ShouldBeProblem(409, "training-off");
        (await machine.Get(Clock)).ShouldBeProblem(409, "training-off");
        using var person = await real.As(Role.Manager);
        (await person.Get("/units")).Text.ShouldNotContain("data-training");
    }

    private static DateTimeOffset At(string utc) =>
        DateTimeOffset.Parse($"2026-11-01T{utc}:00Z", System.Globalization.CultureInfo.InvariantCulture);

    private Task<Said> Move(string to) => manager.Post(Clock, new { to });

    private Task<long> Head() => app.Services.GetRequiredService<LogReader>().Head(App.Facility, default);
}
