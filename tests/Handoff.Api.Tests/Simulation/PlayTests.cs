using Handoff.Api.Store;
using Handoff.Domain.Feeds;
using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Simulator;

namespace Handoff.Api.Tests.Simulation;

public sealed class PlayTests(SimulatedApp app) : IClassFixture<SimulatedApp>
{
    /// <summary>
    /// What one person of the play does may overtake what another is about to do, as on any ward; nothing else is refused.
    /// </summary>
    private static readonly string[] Races =
    [
        "stay-over",
        "loop-open",
        "loop-unknown", // It was an overdue check, and the patient has been seen since.
        "not-on-unit",
        "not-assigned",
        "not-handed-over",
        "person-not-on",
        "shift-over",
        "group-held",
        "task-unknown",
        "read-back-first",
    ];

    private static readonly Part Day = new("2-west", Speed: 3600, Hours: 26, Seed: 5, Patients: null, Run: "day", AtOnce: 8);

    [Fact]
    public async Task The_log_holds_what_was_acknowledged_and_nothing_else_of_the_play()
    {
        var before = await app.Head();
        var (summary, receipts) = await SimulatedApp.Play(app.Address, Day);

        summary.Stopped.ShouldBeNull();
        summary.Hours.ShouldBe(26);
        summary.Total.Refused.Keys.ShouldBeSubsetOf(Races);
        // How many looks there is time for in a day that goes by so fast depends on the machine.
        summary.Total.Checks.ShouldBeGreaterThan(150);
        summary.Total.Admissions.ShouldBeGreaterThan(0);
        summary.Total.LeavesOut.ShouldBeGreaterThan(0);
        ShouldHold(summary.Total, receipts, await app.After(before));
        (await app.Verify()).Lines().ShouldAllBe(line => line.Contains("all as it was recorded"));
    }

    [Fact]
    public async Task Groups_are_held_and_at_each_change_of_shift_everybody_is_handed_over_to_one_person()
    {
        var before = await app.Head();
        var (summary, receipts) = await SimulatedApp.Play(
            app.Address,
            Day with
            {
                Unit = "3-east",
                Run = "handoffs",
                Seed = 11,
                Speed = 3600,
            }
        );

        summary.Stopped.ShouldBeNull();
        summary.Total.Refused.Keys.ShouldBeSubsetOf(Races);
        // How often a unit changes hands in a fast day depends on the machine; once it must.
        summary.Total.HandedOver.ShouldBeGreaterThan(5);
        summary.Total.Rosters.ShouldBeGreaterThan(0);
        var events = await app.After(before);
        ShouldHold(summary.Total, receipts, events);
        var played = events.Select(e => e.Recorded.Event).ToList();
        played.OfType<HandoffSubmitted>().Count().ShouldBe(summary.Total.HandedOver);
        played.OfType<HandoffAccepted>().ShouldAllBe(accepted => accepted.From.Id != accepted.To.Id);
        played.OfType<HandoffAccepted>().Count().ShouldBeGreaterThan(5);
        played.OfType<AttendanceRecorded>().ShouldNotBeEmpty();

        var page = await app.Handoff("3-east");
        foreach (var patient in page.Patients)
        {
            var stints = await app.Stints(patient.Stay);
            stints.ShouldAllBe(stint => stint.Who != null);
            stints.Skip(1).Select(stint => (DateTimeOffset?)stint.From).ShouldBe(stints.SkipLast(1).Select(stint => stint.Until));
            (stints[^1].Who!.Id, stints[^1].Until).ShouldBe((patient.Responsible!.Id, null));
        }

        page.Patients.Count(patient => patient.IsByRule).ShouldBeLessThan(4);

        (await app.Verify()).IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task Where_nobody_can_sign_in_it_says_so_and_plays_all_else()
    {
        var said = new List<string>();
        var (summary, _) = await SimulatedApp.Play(
            app.Address,
            Day with
            {
                Hours = 3,
                Run = "strangers",
                People = [("nobody", "knows-nobody")],
            },
            said: said.Add
        );
        summary.Stopped.ShouldBeNull();
        summary.Total.Checks.ShouldBeGreaterThan(50);
        summary.Total.ShiftSteps.ShouldBe(0);
        said[0].ShouldStartWith("Can't sign in as nobody. No handoffs");
    }

    [Fact]
    public async Task Over_a_bad_line_everything_is_sent_until_it_is_acknowledged_and_recorded_once()
    {
        await using var line = await BadLine.To(app.Address);
        var before = await app.Head();
        var (summary, receipts) = await SimulatedApp.Play(
            line.Address,
            Day with
            {
                Unit = "3-east",
                Hours = 4,
                Speed = 1200,
                Run = "bad line",
            }
        );

        summary.Total.SentAgain.ShouldBeGreaterThan(20);
        summary.Total.Refused.Keys.ShouldBeSubsetOf(Races);
        ShouldHold(summary.Total, receipts, await app.After(before));
        (await app.Verify()).IsSound.ShouldBeTrue();
    }

    [Fact]
    public async Task Stopped_it_says_what_came_of_it()
    {
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        var (summary, receipts) = await SimulatedApp.Play(
            app.Address,
            Day with
            {
                Hours = 700,
                Speed = 600,
                Run = "stopped",
            },
            stop: stop.Token
        );

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
        (
            await Should.ThrowAsync<SimulationException>(() => SimulatedApp.Play(app.Address, Day with { Patients = 25 }))
        ).Message.ShouldContain("24 beds");

    [Fact]
    public async Task An_unknown_unit_is_told_at_once() =>
        (
            await Should.ThrowAsync<SimulationException>(() => SimulatedApp.Play(app.Address, Day with { Unit = "9-north" }))
        ).Message.ShouldContain("unit-unknown");

    private static void ShouldHold(Count total, IReadOnlyList<Receipt> receipts, List<StoredEvent> events)
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
        played
            .OfType<MessageApplied>()
            .Select(m => m.ControlId)
            .Order()
            .ShouldBe(receipts.Where(r => r.Stream is null).Select(r => r.Key).Order());

        var positions = events.ToDictionary(e => e.Recorded.Id, e => e.Position);
        receipts.SelectMany(r => r.Events.Select(id => (Id: id, r.Position))).ShouldAllBe(r => positions[r.Id] <= r.Position);
        receipts.Sum(r => r.Events.Count).ShouldBe((int)total.Recorded);
    }
}
