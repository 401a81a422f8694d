using System.Collections.Concurrent;
using System.Diagnostics;
using Handoff.Api.Running;
using Handoff.Api.Tests.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Microsoft.Extensions.Configuration;

namespace Handoff.Api.Tests.Running;

public sealed class TelemetryTests
{
    [Fact]
    public async Task There_are_no_metrics_unless_somebody_asks_for_them()
    {
        await using var app = await App.Start();
        using var client = app.Anonymous();
        (await client.GetAsync("/metrics")).IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_measured_is_there_for_Prometheus_and_names_nobody()
    {
        await using var app = await App.Start(new() { Settings = { ["Telemetry:Metrics"] = "true" } });
        var stay = Guid.CreateVersion7();
        await app.Record(new Admit("T1", "Vandersloot", "Perpetua", "2-west", null, BedMayBeTaken: true) { Key = stay.ToString() });
        await app.Settle();
        await app.Record(new RecordCheck("Perpetua’s room", false) { Key = stay.ToString() });
        using var nurse = await app.As(Role.Nurse);
        await nurse.GetStringAsync($"/stays/{stay}");
        using var client = app.Anonymous();
        string[] measures =
        [
            "handoff_append_batch",
            "handoff_append_wait_seconds",
            "handoff_append_decide_seconds",
            "handoff_append_commit_seconds",
            "handoff_follow_lag_seconds",
            "handoff_push_seconds",
            "handoff_queue_waiting",
            "handoff_dead_letters",
            "http_server_request_duration_seconds",
            "db_client_",
        ];
        var metrics = "";
        await Waiting.Until(async () =>
        {
            metrics = await client.GetStringAsync("/metrics");
            return measures.All(measure => metrics.Contains(measure, StringComparison.Ordinal));
        });
        metrics.ShouldNotContain("Vandersloot");
        metrics.ShouldNotContain("Perpetua");
        metrics.ShouldNotContain(stay.ToString());
    }

    [Fact]
    public async Task Traces_of_all_parts_carry_no_words_about_a_patient()
    {
        var seen = new ConcurrentQueue<System.Diagnostics.Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Marten" or "Wolverine" or "Npgsql" or "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = seen.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var app = await App.Start(new() { Settings = { ["Telemetry:Otlp"] = "http://127.0.0.1:9" } });
        using var nurse = await app.As(Role.Nurse);
        var stay = Guid.CreateVersion7();
        (
            await nurse.Post(
                $"/api/stay/{stay}/admit",
                new
                {
                    mrn = "TRC4711",
                    family = "Vandersloot",
                    given = "Perpetua",
                    unit = "2-west",
                    bedMayBeTaken = true,
                }
            )
        ).ShouldBeOk();
        await app.Settle();
        (
            await nurse.Post(
                $"/api/rounding/{stay}/record-check",
                new
                {
                    place = "Hallway",
                    isAsleep = false,
                    remark = "quarrelled with Ottokar",
                }
            )
        ).ShouldBeOk();
        await app.Settle();
        await nurse.GetStringAsync($"/stays/{stay}");

        seen.Select(a => a.Source.Name).Distinct().ShouldBe(["Marten", "Microsoft.AspNetCore", "Npgsql", "Wolverine"], ignoreOrder: true);
        var said = seen.SelectMany(a =>
                a.TagObjects.Select(t => $"{t.Key}={t.Value}")
                    .Append(a.DisplayName)
                    .Concat(a.Events.SelectMany(e => e.Tags.Select(t => $"{t.Key}={t.Value}")))
            )
            .ToList();
        foreach (var word in (string[])["Vandersloot", "Perpetua", "TRC4711", "Ottokar"])
        {
            said.ShouldAllBe(one => !one.Contains(word, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void An_address_that_is_none_is_named() =>
        Should
            .Throw<InvalidOperationException>(() =>
                Telemetry.FromConfiguration(new ConfigurationBuilder().AddInMemoryCollection([new("Telemetry:Otlp", "collector")]).Build())
            )
            .Message.ShouldStartWith("Telemetry:Otlp");
}
