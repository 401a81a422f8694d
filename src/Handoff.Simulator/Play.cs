using System.Globalization;
using Handoff.Domain.Boards;
using Handoff.Domain.Groups;
using Handoff.Domain.Kernel;
using Handoff.Simulator.Demo;

namespace Handoff.Simulator;

/// <summary>Plays a unit's days on a running service: read the board, decide, send, wait.</summary>
/// <param name="say">Hears a line for each simulated hour.</param>
public sealed class Play(Part part, Wire wire, Receipts? receipts, TimeProvider clock, Action<string> say) : IDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);

    private readonly HashSet<string> done = [];
    private readonly Lock counting = new();
    private readonly Tally total = new();
    private Tally hour = new();
    private readonly SemaphoreSlim onTheWay = new(part.AtOnce);
    private TimeSpan ahead = TimeSpan.MinValue;

    /// <exception cref="SimulationException">The run can't begin: no such unit, no such key, no service.</exception>
    public async Task<Summary> Run(CancellationToken stop)
    {
        var first = await Look(stop);
        var tempo = new Tempo(first.AsOf, part.Speed);
        var ward = await Ward(first, stop);
        var crews = await SignIn(first, ward, stop);
        var (from, end) = (tempo.Start, tempo.Start + TimeSpan.FromHours(part.Hours));
        var script = new Script(part.Seed, ward, tempo, part.Run, end, crews);
        var relief = crews is null
            ? null
            : new Relief(
                crews,
                ward,
                tempo,
                new(part.Seed),
                part.Run,
                wire,
                deed => Do(deed, tempo, stop),
                at => Wait(tempo.Wall(at), stop),
                () => tempo.Simulated(Now()),
                say
            );
        var slips = part.IsCareless
            ? new Slips(part.Seed, part.Carelessness, ward, tempo, part.Run, end, crews, deed => Do(deed, tempo, stop))
            : null;
        string? stopped = null;
        while (from < end && !stop.IsCancellationRequested && stopped is null)
        {
            try
            {
                var board = await Look(stop);
                relief?.Follow(board, stop);
                var programme = await Programme(script, from, stop);
                var now = tempo.Simulated(Now());
                var until = Earlier(tempo.Simulated(Now() + Ahead()), end);
                slips?.Follow(board, from, until);
                await Task.WhenAll(
                    script.Decide(board, programme, from, now, until).Where(d => done.Add(d.Key)).ToList().Select(d => Do(d, tempo, stop))
                );
                await Wait(tempo.Wall(until), stop);
                TurnHour(ward, board, from, until, end);
                from = until;
            }
            catch (SimulationException failed)
            {
                stopped = failed.Message;
            }
        }

        await Task.WhenAll(relief?.Finish() ?? Task.CompletedTask, slips?.Finish() ?? Task.CompletedTask);
        return new(
            part.Unit,
            part.Run,
            part.Seed,
            part.Speed,
            ward.Time.Local(tempo.Start),
            ward.Time.Local(from),
            Math.Round((from - tempo.Start).TotalHours, 2),
            stopped ?? (from < end ? "Stopped." : null),
            Counted(total)
        );
    }

    public void Dispose() => onTheWay.Dispose();

    // The service's clock is the one that counts. The answer that was the least time on its way tells best how far it is ahead of ours.
    private async Task<Board> Look(CancellationToken stop)
    {
        var board = await wire.Board(part.Unit, stop);
        var seems = board.AsOf - clock.GetUtcNow();
        ahead = seems > ahead ? seems : ahead;
        return board;
    }

    // Together, for each costs the service a tenth of a second of hashing.
    private async Task<Crews?> SignIn(Board board, Ward ward, CancellationToken stop)
    {
        var asked = part.People ?? [.. DemoCast.Crews.SelectMany(crew => crew).Select(account => (account, DemoCast.Password))];
        var signedIn = (await Task.WhenAll(asked.Select(one => wire.SignIn(one.Account, one.Password, stop)))).OfType<Player>().ToList();
        var crews = Crews.Deal(new(part.Seed), signedIn);
        if (crews is null || signedIn.Count < asked.Count)
        {
            say(
                Missing(
                    part.IsCareless,
                    [.. asked.Select(one => one.Account).Except(signedIn.Select(player => player.Account))],
                    crews is not null
                )
            );
        }

        return crews?.Beginning(ward.Changes.Nth(ward.Time.Local(board.AsOf)), board.Cards.Select(card => card.Care?.ResponsibleId));
    }

    private static string Missing(bool isCareless, IReadOnlyList<string> refused, bool isEnough) =>
        (refused.Count == 0 ? "" : $"Can't sign in as {string.Join(", ", refused)}. ")
        + (
            isEnough
                ? "The others hand over to one another."
                : $"No handoffs{(isCareless ? ", no slips" : "")} and no concerns are played: they need two crews, each with "
                    + "somebody who can be in charge. Name accounts with --people account:password,… All else is played."
        );

    private async Task<Programme> Programme(Script script, DateTimeOffset simulated, CancellationToken stop)
    {
        var sessions = new List<SessionLine>();
        foreach (var day in script.Days(simulated))
        {
            sessions.AddRange((await wire.Groups(part.Unit, day, stop)).Sessions);
        }

        return new(
            sessions,
            await Task.WhenAll(sessions.Where(Simulator.Programme.IsWaiting).Select(session => wire.Roster(session.Id, stop)))
        );
    }

    private async Task<Ward> Ward(Board board, CancellationToken stop)
    {
        var unit =
            (await wire.Units(stop)).FirstOrDefault(u => u.Id == part.Unit)
            ?? throw new SimulationException($"The key may not see the unit {part.Unit}.");
        var patients = part.Patients ?? Math.Max(board.Cards.Count, (int)Math.Round(unit.Beds.Count * 0.92));
        return patients <= unit.Beds.Count
            ? new(part.Unit, UnitTime.In(board.Unit.Zone), unit.Beds, patients, ShiftChanges.ForUnit(board.Unit))
            : throw new SimulationException($"The unit has {unit.Beds.Count} beds; --patients can't be more.");
    }

    // A deed is done once in a run, also if a rule refused it: what refused it shows on the next board, which then asks anew or not at all.
    private async Task<Outcome?> Do(Deed deed, Tempo tempo, CancellationToken stop)
    {
        await Wait(tempo.Wall(deed.When), stop);
        await onTheWay.WaitAsync(CancellationToken.None);
        try
        {
            return stop.IsCancellationRequested ? null : Note(deed, await wire.Send(deed, stop));
        }
        finally
        {
            onTheWay.Release();
        }
    }

    private Outcome Note(Deed deed, Outcome outcome)
    {
        lock (counting)
        {
            hour.Add(deed, outcome);
            total.Add(deed, outcome);
            receipts?.Add(deed, outcome);
            if (outcome.Code is Outcome.Unanswered or Outcome.Broken)
            {
                done.Remove(deed.Key);
            }
        }

        return outcome;
    }

    private void TurnHour(Ward ward, Board board, DateTimeOffset from, DateTimeOffset until, DateTimeOffset end)
    {
        if (Hour(from) == Hour(until) && until < end)
        {
            return;
        }

        say(
            $"{ward.Time.Local(from).ToString("ddd dd MMM HH:00 zzz", CultureInfo.InvariantCulture)}  {board.Cards.Count} "
                + $"patients, {board.Away} away  {Counted(hour).Words()}"
        );
        lock (counting)
        {
            hour = new();
        }
    }

    // A handoff goes on beside the hours.
    private Count Counted(Tally tally)
    {
        lock (counting)
        {
            return tally.Count();
        }
    }

    // By the service's clock.
    private DateTimeOffset Now() => clock.GetUtcNow() + ahead;

    private TimeSpan Ahead() => part.Beat / part.Speed is var beat && beat < Shortest ? Shortest : beat;

    private async Task Wait(DateTimeOffset moment, CancellationToken stop)
    {
        if (moment - Now() is { Ticks: > 0 } wait)
        {
            await Task.Delay(wait, clock, stop).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private static long Hour(DateTimeOffset at) => at.UtcTicks / TimeSpan.TicksPerHour;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
