using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Api.Store;

/// <summary>One command's share of a batch: what it decided, folded and ready to write.</summary>
internal sealed class Append(Pending pending, Saved before)
{
    public Pending Pending { get; } = pending;

    public Saved Before { get; } = before;

    public State After { get; private set; } = before.State;

    public List<Recorded> Events { get; } = [];

    public string Stream => Pending.Sent.Command.Stream;

    /// <summary>Folds the decided events onto the state. The state may look at who, when and what, never at unit, shift or stays: those follow from it.</summary>
    public void Fold(IReadOnlyList<Event> decided, DateTimeOffset now)
    {
        var sent = Pending.Sent;
        var envelope = new Envelope(sent.By.Staff, sent.Source, sent.Correlation ?? sent.Request, sent.Causation, Device: sent.Device);
        for (var i = 0; i < decided.Count; i++)
        {
            var recorded = new Recorded(i == 0 ? sent.Request : NamedId.From(sent.Request.ToString("N"), i.ToString()), Stream, now, envelope, decided[i]);
            Events.Add(recorded);
            After = After.Evolve(recorded);
        }
    }

    /// <summary>Adds unit, shift and stays to the envelopes.</summary>
    public void Address(Func<string, Unit?> units)
    {
        var on = Before.State.OnUnit() ?? After.OnUnit();
        var unit = on is null ? null : units(on);
        for (var i = 0; i < Events.Count; i++)
        {
            var happened = Events[i].Event;
            Events[i] = Events[i] with
            {
                Envelope = Events[i].Envelope with
                {
                    Unit = on,
                    Shift = unit?.ShiftAt(happened.OccurredAt)?.Id,
                    Stays = [.. happened.About().Concat(After.OfStay() is { } stay && stay != Guid.Empty ? [stay] : []).Distinct()],
                },
            };
        }
    }
}

/// <summary>A command in the queue, and the promise of its answer.</summary>
internal sealed class Pending(Sent sent)
{
    private readonly TaskCompletionSource<Answer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Sent Sent { get; } = sent;

    public int Attempts { get; set; }

    public Task<Answer> Answer => answer.Task;

    public void Done(Answer with) => answer.TrySetResult(with);

    public void Failed(Exception why) => answer.TrySetException(why);
}
