using Handoff.Domain.Kernel;
using Handoff.Simulator;
using Handoff.Simulator.Demo;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Handoff.Api.Tests.Simulation;

/// <summary>
/// A careless shift and a careless feed, on the real service: nothing that it answers says what the raw events don't bear out.
/// </summary>
public sealed class CarelessTests
{
    // Into the night: patients fall asleep, a shift changes, and limits pass.
    private static readonly DateTimeOffset Begins = new(2026, 11, 21, 22, 10, 0, TimeSpan.Zero);

    private static readonly int Seed = int.Parse(
        Environment.GetEnvironmentVariable("CARELESS_SEED") ?? "6",
        System.Globalization.CultureInfo.InvariantCulture
    );

    private static readonly Part Night = new("2-west", Speed: 1, Hours: 4.5, Seed, Patients: null, Run: "careless", AtOnce: 8)
    {
        Beat = TimeSpan.FromMinutes(2),
        Carelessness = 0.15,
    };

    [Fact]
    public async Task Nothing_is_said_that_the_events_do_not_bear_out()
    {
        await using var ward = await WatchedWard.Open(Begins);
        // On the other unit nobody goes round at all.
        var (played, faults) = await ward.Play(Night, ["2-west", "3-east"], every: TimeSpan.FromHours(1.6));

        faults.ShouldBeEmpty();
        played.Stopped.ShouldBeNull();
        played.Total.Failed.Keys.ShouldBeEmpty();
        played.Total.Slips.ShouldBeGreaterThan(100);
        Missing(played, ward).ShouldBeEmpty(played.Total.Words());
        (
            await new Handoff.Api.Store.Verify(ward.Services.GetRequiredService<NpgsqlDataSource>(), EventTypeRegistry.Domain).Run(
                DemoFacility.Id,
                default
            )
        ).IsSound.ShouldBeTrue();
    }

    /// <summary>Nothing would be found where nothing happens, or where nobody looks.</summary>
    private static IEnumerable<string> Missing(Summary played, WatchedWard ward)
    {
        string[] refused =
        [
            "AA",
            "AE",
            "AR",
            "check-while-away",
            "field-unknown",
            "json-invalid",
            "note-not-yours",
            "escalation-not-acknowledged",
            "processing-id-refused",
            "stay-unknown",
            "patient-mismatch",
            "time-in-future",
        ];
        string[] meant =
        [
            "check_entered_in_error",
            "check_missed",
            "observation_paused",
            "pause_overdue",
            "observation_resumed",
            "note_corrected",
            "note_entered_in_error",
            "status_entry_taken_back",
            "incident_step_entered_in_error",
            "escalation_acknowledged",
            "handoff_written",
            "handoff_accepted",
            "admission_cancelled",
            "discharge_cancelled",
            "transfer_cancelled",
            "moved_outside",
            "message_held",
            "message_released",
            "merged",
        ];
        return
        [
            .. refused.Except(played.Total.Refused.Keys).Except(played.Total.Acks.Keys),
            .. meant.Except(ward.Facts.Select(fact => EventTypeRegistry.Domain.NameOf(fact.Recorded.Event))),
            .. ward.Statements.Where(looked => looked.Value < 30).Select(looked => looked.Key),
        ];
    }
}
