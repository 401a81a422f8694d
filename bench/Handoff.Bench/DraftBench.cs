using Handoff.Api.Store;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;
using Handoff.Simulator.Demo;

namespace Handoff.Bench;

/// <summary>
/// A patient's handoff with 150 events in the shift, on a unit of 24 who have as many each, over HTTP from another process: as JSON, as
/// the page with
/// the patient opened, and the unit's sheet with all of them. The shift is the one that is on; the events are spread over its last seven
/// hours.
/// </summary>
internal static class DraftBench
{
    private const int Patients = 24,
        EventsEach = 150,
        Asked = 400;

    public static async Task Run(Table table)
    {
        Table.Title($"draft: a handoff with {EventsEach} events in the shift, {Patients} patients on the unit");
        await using var bed = await Bed.Make();
        var stays = await Prepare(bed);
        await using var served = await Served.Start(bed);
        using var warm = await served.Http.GetAsync("/units/bench/rounds");
        await Ask(table, served, "one patient, JSON", [.. stays.Select(stay => $"/api/stays/{stay}/handoff")], Asked);
        await Ask(table, served, "one patient, page", [.. stays.Select(stay => $"/units/bench/handoff?stay={stay}")], Asked);
        await Ask(
            table,
            served,
            "one patient since admission, JSON",
            [.. stays.Select(stay => $"/api/stays/{stay}/handoff?window=Stay")],
            Asked
        );
        await Ask(table, served, "the unit, JSON", ["/api/units/bench/handoff"], Asked / 2);
        await Ask(table, served, "the unit's sheet with everybody", ["/units/bench/handoff/print"], Asked / 8);
    }

    private static async Task<List<string>> Prepare(Bed bed)
    {
        var clock = new SetClock { Now = DateTimeOffset.UtcNow.AddHours(-7) };
        await using var log = new Log(bed.Store, bed.States, clock);
        Task Send(ICommand command) => Sent(log, command);
        await Send(new OpenUnit("Bench", "UTC") { Key = "bench" });
        await Send(new SetBeds([.. Enumerable.Range(1, Patients).Select(i => $"{i}")]) { Key = "bench" });

        // A shift that is on whenever the bench is run, and has been for more than seven hours.
        var starts = TimeOnly.FromTimeSpan(TimeSpan.FromHours((DateTimeOffset.UtcNow.Hour + 15) % 24));
        await Send(new SetShifts([new("Long", starts, starts.AddHours(12)), new("Other", starts.AddHours(12), starts)]) { Key = "bench" });
        var stays = Enumerable.Range(0, Patients).Select(i => NamedId.From("draft", $"{i}").ToString()).ToList();
        foreach (var (i, stay) in stays.Index())
        {
            await Send(new Domain.Stays.Admit($"{i}", $"Family{i}", "Given", "bench", $"{i + 1}") { Key = stay });
            await Send(new FollowStay { Key = stay });
            await Send(new KeepStatusWithStay { Key = stay });
            await Send(new FollowCare { Key = stay });
        }

        for (var i = 4; i < EventsEach; i++)
        {
            clock.Now += TimeSpan.FromHours(7) / EventsEach;
            await Task.WhenAll(stays.Select(stay => Send(Happening(stay, i, clock.Now))));
        }

        return stays;
    }

    // Two of three are checks, as on a unit; the rest is what a handoff tells.
    private static ICommand Happening(string stay, int i, DateTimeOffset now) =>
        (i % 12) switch
        {
            0 => new ObserveBehavior(BehaviorDomain.Mood, $"Low, cries when asked, for the {i}th time", i % 4) { Key = stay },
            3 => new RecordMeal(Meal.Snack, i % 101, IsDeclined: false) { Key = stay },
            6 => new RaiseTask($"Call the family back, {i}", new(Domain.Access.Role.Technician), now.AddHours(9), Guid.Parse(stay))
            {
                Key = NamedId.From(stay, $"{i}").ToString(),
            },
            9 => new ObserveBehavior(BehaviorDomain.Social, $"In the day room with others, {i}", 0) { Key = stay },
            _ => Bed.Check(stay),
        };

    private static async Task Sent(Log log, ICommand command)
    {
        if ((await log.Send(DemoFacility.Id, new(command, Actor.Clock, Guid.CreateVersion7()))).Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{command.GetType().Name}: {refusal.Code}");
        }
    }

    private static async Task Ask(Table table, Served served, string what, IReadOnlyList<string> paths, int times)
    {
        var first = await served.Ask(paths[0]);
        var (cold, warm) = (new Times(), new Times());
        foreach (var path in paths.Skip(1))
        {
            cold.Add(await served.Ask(path));
        }

        for (var i = 0; i < times; i++)
        {
            warm.Add(await served.Ask(paths[i % paths.Count]));
        }

        (string, object)[] figures =
        [
            ("first_ms", first.TotalMilliseconds),
            ("p50_ms", warm.At(0.5)),
            ("p99_ms", warm.At(0.99)),
            ("asked", warm.Count),
        ];
        table.Row("draft", what, cold.Count == 0 ? figures : [.. figures, ("others_first_p99_ms", cold.At(0.99))]);
    }
}
