using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Simulator;
using Handoff.Simulator.Demo;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Handoff.Api.Tests.Simulation;

public sealed class RehearsalTests
{
    // Not a whole number of steps apart.
    private static readonly DateTimeOffset Today = new(2026, 11, 22, 15, 0, 0, TimeSpan.Zero),
        Begun = Today.AddHours(-2).AddSeconds(-3);

    [Fact]
    public async Task Hours_that_were_worked_stand_in_the_log_at_their_own_times_until_the_clock_has_caught_up()
    {
        var (clock, database) = (new SteppedClock(Begun), await (await Cluster.Shared).NewDatabase());
        await using var app = await SimulatedApp.Build(database, clock);
        var played = await new Rehearsal(new RehearsedApp(app), clock, new Standing(Today), _ => { }).Run(1, default);
        played.Select(unit => unit.Unit).ShouldBe(["2-west", "3-east"]);
        played.ShouldAllBe(unit => unit.Total.Checks > 50 && unit.Stopped == "Stopped.");

        clock.GetUtcNow().ShouldBe(Today);
        var events = await app.Services.GetRequiredService<LogReader>().After(DemoFacility.Id, 0, 100_000, default).ToListAsync();
        events.Select(e => e.Recorded.At).ShouldBeInOrder();
        events[^1].Recorded.At.ShouldBeLessThanOrEqualTo(Today);
        var checks = events
            .Select(e => e.Recorded)
            .Where(e => e.Event is SafetyChecked)
            .Select(e => (int)((e.At - Begun).TotalMinutes / 10));
        Enumerable.Range(0, 12).ShouldBeSubsetOf(checks); // Somebody may be seen at the very last instant, which begins a thirteenth.
        (await new Verify(app.Services.GetRequiredService<NpgsqlDataSource>(), EventTypeRegistry.Domain).Run(DemoFacility.Id, default))
            .Lines()
            .ShouldAllBe(line => line.Contains("all as it was recorded"));
    }

    [Fact]
    public async Task A_log_that_holds_something_is_left_as_it_is()
    {
        var database = await (await Cluster.Shared).FromTemplate("simulated-app", SimulatedApp.Load);
        var clock = new SteppedClock(Today.AddHours(-2));
        await using var app = await SimulatedApp.Build(database, clock);
        (
            await Should.ThrowAsync<InvalidOperationException>(() =>
                new Rehearsal(new RehearsedApp(app), clock, new Standing(Today), _ => { }).Run(1, default)
            )
        ).Message.ShouldContain("has a log already");
    }

    [Fact]
    public async Task A_stepped_clock_fires_what_it_comes_to_in_order_and_at_its_moment()
    {
        var clock = new SteppedClock(Today);
        var fired = new List<(string, int)>();
        void Fired(string what) => fired.Add((what, (int)(clock.GetUtcNow() - Today).TotalSeconds));
        await using var late = clock.CreateTimer(_ => Fired("late"), null, TimeSpan.FromSeconds(9), Timeout.InfiniteTimeSpan);
        await using var often = clock.CreateTimer(_ => Fired("often"), null, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4));
        var gone = clock.CreateTimer(_ => Fired("gone"), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        await gone.DisposeAsync();
        clock.Step(TimeSpan.FromSeconds(10));
        fired.ShouldBe([("often", 2), ("often", 6), ("late", 9), ("often", 10)]);
        clock.GetUtcNow().ShouldBe(Today.AddSeconds(10));
    }

    private sealed class Standing(DateTimeOffset at) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => at;
    }
}
