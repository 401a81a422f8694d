using System.Globalization;

namespace Handoff.Simulator;

/// <summary>
/// Fills an empty log with days that were worked: the whole service runs on a clock that begins days ago and goes on whenever nothing is on
/// its way, so what is recorded carries the times at which it would have been, and nobody comes late because the machine is slow.
/// </summary>
/// <param name="today">The real clock; the days end when the stepped one has caught up with it.</param>
public sealed class Rehearsal(IRehearsedService service, SteppedClock clock, TimeProvider today, Action<string> say)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMinutes(1),
        Step = TimeSpan.FromSeconds(10);

    private static readonly string[] Units = ["2-west", "3-east"];

    /// <param name="seed">What people decide follows from it.</param>
    /// <returns>What came of it on each unit. The first has handoffs; on the other the same people could not be at the same
    /// time.</returns>
    /// <exception cref="InvalidOperationException">There is a log already.</exception>
    public async Task<IReadOnlyList<Summary>> Run(int seed, CancellationToken cancel)
    {
        if (!await service.IsEmpty(cancel))
        {
            throw new InvalidOperationException(
                "This database has a log already. Days of a demo are prepared in an empty one: another --Embedded:Folder, or "
                    + "another database."
            );
        }

        var (url, key) = await service.Start(cancel);
        using var caughtUp = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var wire = new Wire(url, key, TimeSpan.FromSeconds(60), 16);
        var playing = Task.WhenAll(Units.Select(unit => Play(unit, seed, wire, caughtUp.Token)));
        await Hurry(wire, playing, caughtUp);
        var played = await playing;
        await service.Stop(cancel);
        return played;
    }

    private async Task<Summary> Play(string unit, int seed, Wire wire, CancellationToken caughtUp)
    {
        var hours = (today.GetUtcNow() - clock.GetUtcNow()).TotalHours + 24; // The end is when the clock has caught up.
        using var play = new Play(
            new(unit, 1, hours, seed, null, $"rehearsal {unit}", 8, unit == Units[0] ? null : []) { Beat = Beat },
            wire,
            null,
            clock,
            _ => { }
        );
        return await play.Run(caughtUp);
    }

    private async Task Hurry(Wire wire, Task playing, CancellationTokenSource caughtUp)
    {
        var day = clock.GetUtcNow().Date;
        for (
            var left = TimeSpan.MaxValue;
            left > Step && !playing.IsCompleted && !caughtUp.IsCancellationRequested;
            clock.Step(left < Step ? left : Step)
        )
        {
            await Quiet(wire);
            if (clock.GetUtcNow().Date > day)
            {
                day = clock.GetUtcNow().Date;
                var events = await service.Events();
                say(string.Create(CultureInfo.InvariantCulture, $"until {day:ddd d MMM}: {events:N0} events"));
            }

            // The last step ends at the present and not after it: nothing is recorded before it happens.
            left = today.GetUtcNow() - clock.GetUtcNow();
        }

        await caughtUp.CancelAsync();
    }

    // Twice nothing on its way: between an answer and what somebody does because of it there is a moment.
    private static async Task Quiet(Wire wire)
    {
        for (var quiet = 0; quiet < 2; quiet = wire.OnTheWay == 0 ? quiet + 1 : 0)
        {
            await Task.Delay(1);
        }
    }
}
