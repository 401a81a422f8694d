using Handoff.Api.Simulation;
using Handoff.Api.Store;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;

namespace Handoff.Api.Tests.Simulation;

public sealed class PlayTests(SimulatedApp app) : IClassFixture<SimulatedApp>
{
    static readonly Part Day = new("2-west", Speed: 3600, Hours: 26, Seed: 5, Patients: null, Run: "day", AtOnce: 8);

    [Fact]
    public async Task The_log_holds_what_was_acknowledged_and_nothing_else_of_the_play()
    {
        var before = await app.Head();
        var (summary, receipts) = await SimulatedApp.Play(app.Address, Day);

        summary.Stopped.ShouldBeNull();
        summary.Hours.ShouldBe(26);
        summary.Total.Refused.ShouldBeEmpty();
        summary.Total.Checks.ShouldBeGreaterThan(500);
        summary.Total.Admissions.ShouldBeGreaterThan(0);
        summary.Total.LeavesOut.ShouldBeGreaterThan(0);
        ShouldHold(summary.Total, receipts, await app.After(before));
        (await app.Verify()).Lines().ShouldAllBe(line => line.Contains("all as it was recorded"));
    }

    [Fact]
    public async Task Over_a_bad_line_everything_is_sent_until_it_is_acknowledged_and_recorded_once()
    {
        await using var line = await BadLine.To(app.Address);
        var before = await app.Head();
        var (summary, receipts) = await SimulatedApp.Play(line.Address, Day with { Unit = "3-east", Hours = 4, Speed = 1200, Run = "bad line" });

        summary.Total.SentAgain.ShouldBeGreaterThan(20);
        summary.Total.Refused.ShouldBeEmpty();
        ShouldHold(summary.Total, receipts, await app.After(before));
        (await app.Verify()).IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task Stopped_it_says_what_came_of_it()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        var (summary, receipts) = await SimulatedApp.Play(app.Address, Day with { Hours = 700, Speed = 600, Run = "stopped" }, stop.Token);

        summary.Stopped.ShouldBe("Stopped.");
        summary.Hours.ShouldBeLessThan(700);
        receipts.Count.ShouldBe(summary.Total.Acknowledged);
    }

    [Fact]
    public async Task A_wrong_key_is_told_at_once()
    {
        using var wire = new Wire(app.Address, "hf_nobody", TimeSpan.FromSeconds(5), 2);
        using var play = new Play(Day, wire, null, TimeProvider.System, _ => { });
        (await Should.ThrowAsync<SimulationException>(() => play.Run(default))).Message.ShouldContain("--key");
    }

    [Fact]
    public async Task No_more_patients_are_asked_for_than_there_are_beds() =>
        (await Should.ThrowAsync<SimulationException>(() => SimulatedApp.Play(app.Address, Day with { Patients = 25 }))).Message.ShouldContain("24 beds");

    [Fact]
    public async Task An_unknown_unit_is_told_at_once() =>
        (await Should.ThrowAsync<SimulationException>(() => SimulatedApp.Play(app.Address, Day with { Unit = "9-north" }))).Message.ShouldContain("unit-unknown");

    static void ShouldHold(Count total, IReadOnlyList<Receipt> receipts, List<Logged> events)
    {
        receipts.Count.ShouldBe(total.Acknowledged);
        receipts.Select(r => r.Key).ShouldBeUnique();

        Event[] played = [.. events.Where(e => e.Recorded.By != Staff.Clock).Select(e => e.Recorded.Event)];
        played.OfType<SafetyChecked>().Count().ShouldBe(total.Checks);
        played.OfType<CheckSkipped>().Count().ShouldBe(total.Skipped);
        played.OfType<ObservationLevelOrdered>().Count().ShouldBe(total.LevelsRaised);
        played.OfType<Admitted>().Count().ShouldBe(total.Admissions);
        played.OfType<Transferred>().Count().ShouldBe(total.Transfers);
        played.OfType<Discharged>().Count().ShouldBe(total.Discharges);
        played.OfType<LeaveStarted>().Count().ShouldBe(total.LeavesOut);
        played.OfType<LeaveEnded>().Count().ShouldBe(total.LeavesBack);
        played.OfType<MessageHeld>().ShouldBeEmpty();
        played.OfType<MessageApplied>().Select(m => m.ControlId).Order().ShouldBe(receipts.Where(r => r.Stream is null).Select(r => r.Key).Order());

        var positions = events.ToDictionary(e => e.Recorded.Id, e => e.Position);
        receipts.SelectMany(r => r.Events.Select(id => (Id: id, r.Position))).ShouldAllBe(r => positions[r.Id] <= r.Position);
        receipts.Sum(r => r.Events.Count).ShouldBe((int)total.Recorded);
    }
}
