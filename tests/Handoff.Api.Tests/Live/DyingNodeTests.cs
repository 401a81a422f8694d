using System.Diagnostics;
using Handoff.Api.Running;
using Handoff.Api.Store;
using Handoff.Api.Tests.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Live;

/// <summary>Two processes share the duties of several facilities; one is killed.</summary>
public sealed class DyingNodeTests : IAsyncLifetime
{
    private const int Each = 12;
    private static readonly string[] Facilities = [.. Enumerable.Range(0, 8).Select(f => $"house-{f}")];

    private readonly List<(string Facility, string Stream)> tasks = [];
    private readonly List<(string Facility, Guid Stay)> stays = [];
    private App survivor = null!;

    public async Task InitializeAsync() => survivor = await App.Start(new() { HasCompany = true });

    public async Task DisposeAsync() => await survivor.DisposeAsync();

    [Fact]
    public async Task A_node_that_dies_loses_no_deadline_and_no_reaction_and_none_is_done_twice()
    {
        foreach (var facility in Facilities)
        {
            await Record(facility, new OpenUnit("West", "America/New_York") { Key = "west" });
        }

        using var other = Process.Start(
            new ProcessStartInfo(
                "dotnet",
                [
                    typeof(HandoffApp).Assembly.Location,
                    "--urls",
                    "http://127.0.0.1:0",
                    "--ConnectionStrings:Handoff",
                    survivor.Database,
                    "--Demo:Load",
                    "false",
                ]
            )
            {
                WorkingDirectory = AppContext.BaseDirectory,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        try
        {
            // Each has half of the duties.
            await Waiting.Until(async () => (await Nodes()).Select(n => n.Duties).SequenceEqual([4, 4]));

            var start = DateTimeOffset.UtcNow.AddSeconds(4);
            await Task.WhenAll(
                Facilities.Select(async facility =>
                {
                    for (var i = 0; i < Each; i++)
                    {
                        var key = Guid.CreateVersion7().ToString();
                        await Record(
                            facility,
                            new RaiseTask($"Look {i}", new(Role.Nurse), start.AddSeconds(i), Unit: "west") { Key = key }
                        );
                        lock (tasks)
                        {
                            tasks.Add((facility, StreamId.For(StateKind<CareTask>.Name, key)));
                        }
                    }
                })
            );

            // It dies while deadlines fall due, and in the middle of what follows from admissions.
            await Task.Delay(start.AddSeconds(Each / 3) - DateTimeOffset.UtcNow);
            await Admit();
            other.Kill();
            await Admit();
            await Task.Delay(start.AddSeconds(Each) - DateTimeOffset.UtcNow);
        }
        finally
        {
            other.Kill();
        }

        await Waiting.Until(async () =>
            (await Task.WhenAll(tasks.Select(t => Count<TaskOverdue>(t.Facility, t.Stream)))).All(count => count > 0)
        );
        await Waiting.Until(async () =>
            (await Task.WhenAll(stays.Select(s => Count<RoundingBegan>(s.Facility, $"rounding-{s.Stay}")))).All(count => count > 0)
        );
        await Waiting.Until(async () => (await Nodes()).Select(n => n.Duties).SequenceEqual([8]));

        // Whatever is sent a second time has had the time for it.
        await Task.Delay(TimeSpan.FromSeconds(2));
        (await Task.WhenAll(tasks.Select(t => Count<TaskOverdue>(t.Facility, t.Stream)))).ShouldAllBe(count => count == 1);
        (await Task.WhenAll(stays.Select(s => Count<RoundingBegan>(s.Facility, $"rounding-{s.Stay}")))).ShouldAllBe(count => count == 1);
    }

    private Task<Web.Running.ServiceState> State() =>
        survivor.Services.GetRequiredService<ServiceReader>().ForFacility(App.Facility, default);

    private async Task<IReadOnlyList<Web.Running.Node>> Nodes() => (await State()).Nodes;

    private async Task Admit()
    {
        foreach (var facility in Facilities)
        {
            var stay = Guid.CreateVersion7();
            stays.Add((facility, stay));
            await Record(
                facility,
                new Domain.Stays.Admit($"D{stays.Count}", "Somebody", "So", "west", null, BedMayBeTaken: true) { Key = stay.ToString() }
            );
        }
    }

    private async Task Record(string facility, ICommand command) =>
        (
            await survivor
                .Services.GetRequiredService<Log>()
                .Send(facility, new(command, Actor.Clock, Guid.CreateVersion7(), Source.Import))
        ).Refusal.ShouldBeNull();

    private async Task<int> Count<T>(string facility, string stream) =>
        await survivor
            .Services.GetRequiredService<LogReader>()
            .Stream(facility, stream, default)
            .CountAsync(logged => logged.Recorded.Event is T);
}
