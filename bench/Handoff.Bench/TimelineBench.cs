using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Handoff.Simulator.Demo;

namespace Handoff.Bench;

/// <summary>
/// The timeline and the lanes of a stay with 5,000 events, and the board as it stood of 30 patients with 60,000 events behind them,
/// over HTTP from another process. The first answer is timed apart: nothing of the stay is in memory then.
/// </summary>
internal static class TimelineBench
{
    private const int Long = 5_000,
        Others = 30,
        EventsEach = 2_000,
        Asked = 400;

    public static async Task Run(Table table)
    {
        Table.Title($"timeline: a stay with {Long:N0} events, {Others} patients with {Others * EventsEach:N0}");
        await using var bed = await Bed.Make();
        var (stay, now) = await Prepare(bed);
        await using var served = await Served.Start(bed);
        using var page = await served.Http.GetAsync("/units/bench/rounds");
        await Ask(table, served, "first page", $"/stays/{stay}/timeline", Asked);
        await Ask(table, served, "first page, JSON", $"/api/stays/{stay}/timeline", Asked);
        await Ask(table, served, "search in all of it", $"/stays/{stay}/timeline?q=spoke", Asked / 4);
        await Ask(table, served, "lanes of 30 days", $"/stays/{stay}/lanes?days=30", Asked / 4);
        await Ask(
            table,
            served,
            "patient as of a day ago",
            $"/stays/{stay}?at={now.AddDays(-1).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}Z",
            Asked / 4
        );
        await Ask(
            table,
            served,
            "board as of an hour ago",
            $"/api/units/bench/board?at={now.AddHours(-1).UtcDateTime:yyyy-MM-dd'T'HH:mm:ss}Z",
            40
        );
    }

    private static async Task<(string Stay, DateTimeOffset Now)> Prepare(Bed bed)
    {
        var clock = new SetClock { Now = DateTimeOffset.UtcNow.AddMinutes(-9 * (Long + 10)) };
        await using var log = new Log(bed.Store, bed.States, clock);
        async Task Send(ICommand command)
        {
            if ((await log.Send(DemoFacility.Id, new(command, Actor.Clock, Guid.CreateVersion7()))).Refusal is { } refusal)
            {
                throw new InvalidOperationException(refusal.Code);
            }
        }

        await Send(new OpenUnit("Bench", "America/Chicago") { Key = "bench" });
        await Send(new SetBeds([.. Enumerable.Range(1, Others + 1).Select(i => $"{i}")]) { Key = "bench" });
        var stays = Enumerable.Range(0, Others + 1).Select(i => NamedId.From("timeline", $"{i}").ToString()).ToList();
        foreach (var (i, one) in stays.Index())
        {
            await Send(new Admit($"{i}", $"Family{i}", "Given", "bench", $"{i + 1}") { Key = one });
            await Send(new FollowStay { Key = one });
        }

        for (var i = 2; i < Long; i++)
        {
            clock.Now += TimeSpan.FromMinutes(9);
            var some = i >= Long - EventsEach + 2 ? stays : stays[..1];
            await Task.WhenAll(some.Select(one => Send(i % 20 == 0 ? Bed.Check(one) : Calm(one, i))));
        }

        return (stays[0], clock.Now);
    }

    private static RecordCheck Calm(string stay, int i) =>
        i * 9 / 60 % 24 < 8
            ? new("Room", IsAsleep: true, BreathingSeen: true) { Key = stay }
            : new("Day room", IsAsleep: false, Activity: Domain.Observations.Activity.Calm) { Key = stay };

    private static async Task Ask(Table table, Served served, string what, string path, int times)
    {
        var first = await served.Ask(path);
        var warm = new Times();
        for (var i = 0; i < times; i++)
        {
            var took = await served.Ask(path);
            if (i >= times / 4)
            {
                warm.Add(took);
            }
        }

        table.Row(
            "timeline",
            what,
            ("first_ms", first.TotalMilliseconds),
            ("p50_ms", warm.At(0.5)),
            ("p99_ms", warm.At(0.99)),
            ("asked", warm.Count)
        );
    }
}
