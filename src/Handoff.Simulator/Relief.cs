using Handoff.Domain.Boards;
using Handoff.Domain.Handoffs;

namespace Handoff.Simulator;

/// <summary>
/// Sees to it that a handoff is played whenever the simulated clock comes to a change of shift, whenever the service's own shift has
/// changed, and when
/// patients have come who are nobody's yet. It goes on beside everything else, page by page: a handoff lasts as long as its people and
/// the service take.
/// </summary>
/// <param name="act">Does a deed at its time, and counts it.</param>
internal sealed class Relief(
    Crews crews,
    Ward ward,
    Tempo tempo,
    Dice dice,
    string run,
    Wire wire,
    Func<Deed, Task> act,
    Func<DateTimeOffset, Task> wait,
    Func<DateTimeOffset> now,
    Action<string> say
)
{
    private const int MostIdle = 12;

    private static readonly TimeSpan Before = TimeSpan.FromMinutes(12),
        Round = TimeSpan.FromMinutes(2);

    private readonly HashSet<string> begun = [];
    private Task going = Task.CompletedTask;

    /// <summary>Begins a handoff if one is due and none is under way.</summary>
    public void Follow(Board board, CancellationToken stop)
    {
        if (going.IsCompleted && Due(board) is { } due && begun.Add(due.About))
        {
            going = Conduct(due.About, due.Nth, stop);
        }
    }

    /// <summary>A handoff that has begun is not left in the middle.</summary>
    public Task Finish() => going;

    private (string About, long Nth)? Due(Board board)
    {
        var soon = ward.Time.Local(now() + Before);
        var nth = ward.Changes.Nth(soon);
        var (shift, turn) = (ward.Changes.On(soon), board.Unit.ShiftStarts?.UtcTicks);
        return new[] { $"change {shift}", $"change {shift} turn {turn}" }.FirstOrDefault(about => !begun.Contains(about)) switch
        {
            { } about => (about, nth),
            null => board
                .Cards.Where(c => c is { IsGone: false, Care: { IsByRule: true, NextId: null } })
                .Select(c => $"change {shift} new {c.Stay}")
                .FirstOrDefault(about => !begun.Contains(about))
                is { } about
                ? (about, nth)
                : null,
        };
    }

    private async Task Conduct(string about, long nth, CancellationToken stop)
    {
        var begins = ward.Time.Instant(ward.Changes.Begin(ward.Time.Local(now() + Before)));
        var changes = begins > tempo.Start ? begins : tempo.Start;
        var handover = new Handover(dice, ward, run, crews.On(nth), [.. crews.All], about, changes, Later(tempo.Wall(changes)));
        try
        {
            await Rounds(handover, stop);
        }
        catch (SimulationException failed)
        {
            say($"{about}: {failed.Message}");
        }
    }

    private async Task Rounds(Handover handover, CancellationToken stop)
    {
        var page = await wire.Handoff(ward.Unit, handover.Reader, stop);
        for (
            var idle = 0;
            idle < MostIdle && !stop.IsCancellationRequested && page.Shifts.Any(s => s.Ends > page.AsOf);
            page = await wire.Handoff(ward.Unit, handover.Reader, stop)
        )
        {
            var lines = handover.Next(page, await Open(handover, page, stop), now());
            if (lines.Count == 0 && handover.IsOver(page))
            {
                return;
            }

            await Task.WhenAll(lines.Select(InOrder));
            idle = lines.Count > 0 || now() < handover.Latest ? 0 : idle + 1;
            await (lines.Count > 0 ? Task.CompletedTask : wait(now() + Round));
        }

        if (!stop.IsCancellationRequested)
        {
            say($"The handoff was left with {handover.Waiting(page)} patients not accepted.");
        }
    }

    private async Task<Dictionary<Guid, PatientHandoff>> Open(Handover handover, UnitHandoff page, CancellationToken stop) =>
        (await Task.WhenAll(handover.Opens(page).Select(one => wire.Handoff(one.Stay, one.By, stop))))
            .OfType<PatientHandoff>()
            .ToDictionary(p => p.Patient.Stay);

    private async Task InOrder(IReadOnlyList<Deed> line)
    {
        foreach (var deed in line)
        {
            await act(deed);
        }
    }

    // A shift that began before the play did is the one that is on now.
    private DateTimeOffset Later(DateTimeOffset changes) => changes > tempo.Wall(now()) ? changes : tempo.Wall(now());
}
