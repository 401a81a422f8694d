using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Api.Store;

/// <summary>One command's share of a batch: what it decided, folded and ready to write.</summary>
internal sealed class Append(Pending pending, SavedState before, Seen seen)
{
    public Pending Pending { get; } = pending;

    public SavedState Before { get; } = before;

    /// <summary>What else the decision looked at; if that moved, it is decided again.</summary>
    public Seen Seen { get; } = seen;

    public State After { get; private set; } = before.State;

    public List<EventEnvelope> Events { get; } = [];

    /// <summary>
    /// The events and the state as they are written. Made before the batch is, so that what can't be written fails alone.
    /// </summary>
    public Prepared Prepared { get; private set; } = null!;

    public string Stream => Pending.Sent.Stream;

    public long Version => Before.Version + Events.Count;

    /// <summary>
    /// Folds the decided events onto the state. The state may look at who, when and what, never at unit, shift or stays: those follow from
    /// it.
    /// </summary>
    public void Fold(IReadOnlyList<Event> decided, DateTimeOffset now)
    {
        var sent = Pending.Sent;
        var envelope = new Envelope(sent.By.Staff, sent.Source, sent.Correlation ?? sent.Request, sent.Causation, Device: sent.Device);
        var ids = sent.EventIds(decided.Count);
        for (var i = 0; i < decided.Count; i++)
        {
            var recorded = new EventEnvelope(ids[i], Stream, now, envelope, decided[i]);
            Events.Add(recorded);
            After = After.Evolve(recorded);
        }
    }

    /// <summary>Adds unit, shift and stays to the envelopes.</summary>
    public void Address(Unit? unit)
    {
        var on = OnUnit;
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

    /// <summary>The unit where it happens: of a move, the one that is left.</summary>
    public string? OnUnit => Before.State.OnUnit() ?? After.OnUnit();

    public void Prepare(EventTypeRegistry names, DateTimeOffset recorded) => Prepared = Prepared.FromAppend(this, names, recorded);
}
