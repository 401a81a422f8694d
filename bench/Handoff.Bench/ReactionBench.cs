using System.Collections.Concurrent;
using System.Diagnostics;
using Handoff.Api;
using Handoff.Api.Store;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Handoff.Bench;

/// <summary>
/// 16 writers on 8 facilities, the application as it runs, and a reaction of its own to what they record: every event is looked at once by
/// the follower of its
/// facility, and every tenth is handed to Wolverine's durable queues. Counts what was missed and what was done twice.
/// </summary>
internal sealed class ReactionBench(int events)
{
    private const int Facilities = 8;
    private const int Writers = 16;
    private const int Tenth = 10;
    private const int AtOnce = 8;

    private readonly ConcurrentDictionary<Guid, int> looks = new();
    private readonly ConcurrentDictionary<Guid, bool> recorded = new();
    private int sent;

    public async Task Run(Table table)
    {
        Table.Title(
            $"reactions: {events:N0} events of {Writers} writers on {Facilities} facilities: followed, and every tenth handed "
                + "to a durable queue"
        );
        await using var bed = await Bed.Make();
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ApplicationName = "Handoff.Api",
                ContentRootPath = AppContext.BaseDirectory,
                EnvironmentName = "Production",
            }
        );
        builder.Logging.ClearProviders();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Services.AddSingleton(new Reaction("BenchLooks", Look));
        await using var app = await HandoffApp.Build(builder, bed.ConnectionString, CancellationToken.None);
        await app.StartAsync();
        var log = app.Services.GetRequiredService<Log>();
        var stays = await Task.WhenAll(Enumerable.Range(0, Facilities).Select(f => bed.Fill(Name(f), 30)));

        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(w => Task.Run(() => Write(log, w, stays[w % Facilities]))));
        var written = Stopwatch.GetElapsedTime(start).TotalSeconds;
        for (var (seen, still) = (-1, 0); still < 20; still = seen == looks.Values.Sum() ? still + 1 : 0)
        {
            seen = looks.Values.Sum();
            await Task.Delay(500);
        }

        var done = Stopwatch.GetElapsedTime(start).TotalSeconds - 10;
        var expected = recorded.Keys.ToDictionary(id => id, id => IsTenth(id) ? 2 : 1);
        table.Row("reactions", "written", ("per_s", recorded.Count / written), ("events", recorded.Count));
        table.Row("reactions", "followed and done", ("per_s", recorded.Count / done), ("handed", expected.Values.Count(v => v == 2)));
        table.Row("reactions", "missed", ("events", expected.Count(e => looks.GetValueOrDefault(e.Key) < e.Value)));
        table.Row("reactions", "done twice", ("events", expected.Count(e => looks.GetValueOrDefault(e.Key) > e.Value)));
        await app.StopAsync();
    }

    private static string Name(int facility) => $"bench-{facility}";

    private static bool IsTenth(Guid id) => id.GetHashCode() % Tenth == 0;

    // Asked once by the follower, and once more by the queue's handler where there is something to send.
    private IEnumerable<ICommand> Look(EventEnvelope fact)
    {
        if (fact.Event is not SafetyChecked)
        {
            return [];
        }

        looks.AddOrUpdate(fact.Id, 1, (_, times) => times + 1);
        return IsTenth(fact.Id) ? [new FindEscalationStep { Key = fact.Id.ToString() }] : [];
    }

    private async Task Write(Log log, int writer, List<string> stays)
    {
        // As a tablet sends what it kept while its line was lost: several at once.
        for (var i = 0; Interlocked.Add(ref sent, AtOnce) <= events; i += AtOnce)
        {
            foreach (
                var answer in await Task.WhenAll(
                    Enumerable
                        .Range(i, AtOnce)
                        .Select(n =>
                            log.Send(
                                Name(writer % Facilities),
                                new(Bed.Check(stays[(n + writer * 7) % stays.Count]), Actor.Clock, Guid.CreateVersion7())
                            )
                        )
                )
            )
            {
                foreach (var id in answer.Events ?? [])
                {
                    recorded[id] = true;
                }
            }
        }
    }
}
