using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

public sealed partial record Care
{
    /// <summary>So many that are closed are remembered, to be read beside the open ones.</summary>
    private const int ClosedRemembered = 6;

    /// <summary>Every open one, and the latest few that were answered or withdrawn; in the order in which they were written.</summary>
    public IReadOnlyList<Contingency> Contingencies { get; init; } = [];

    public Contingency? Foreseen(Guid? contingency) => Contingencies.FirstOrDefault(c => c.Id == contingency);

    /// <summary>Those that came true and that nobody has answered, the latest first.</summary>
    public IReadOnlyList<Contingency> Unanswered() =>
        IsRunning() ? [.. Contingencies.Where(c => c.IsUnanswered()).OrderByDescending(c => c.FiredAt)] : [];

    public override IEnumerable<Deadline> Deadlines() =>
        !IsRunning()
            ? []
            : Contingencies
                .Where(c => c is { If.Time: not null } && c.IsPending())
                .Select(c => new Deadline(c.Name(), c.If.Time!.Value, new FindContingencyTime(c.Id) { Key = Stay.ToString() }));

    public override IEnumerable<OpenLoop> OpenLoops() =>
        Unanswered()
            .Select(c => new OpenLoop(
                c.Name(),
                Stay,
                c.FiredAt!.Value,
                null,
                $"came true: {c.Says()} — {ContingencyWords.By(c.Author.Name, c.Shift)}",
                $"/stays/{Stay}#contingencies",
                Pressing.Urgent
            ));

    private Care Foresaw(EventEnvelope fact) =>
        fact.Event switch
        {
            ContingencyWritten e => this with
            {
                Contingencies = [.. Contingencies, new(e.Contingency, e.Author, e.OccurredAt, e.Shift, e.ArmsAt, e.If, e.Then)],
            },
            ContingencyFired e => With(e.Contingency, c => c with { FiredAt = e.OccurredAt, Because = e.Because }),
            ContingencyAnswered e => With(e.Contingency, c => c with { Closed = new(fact.By, e.OccurredAt, e.Words, false) })
                .WithoutOldContingencies(),
            ContingencyWithdrawn e => With(e.Contingency, c => c with { Closed = new(fact.By, e.OccurredAt, e.Reason, true) })
                .WithoutOldContingencies(),
            _ => this,
        };

    // Somebody else has the patient: for them the author's shift is over.
    private List<Contingency> ArmedFor(Staff who, DateTimeOffset at) =>
        [.. Contingencies.Select(c => c.Author.Id != who.Id && at < c.ArmsAt ? c with { ArmsAt = at } : c)];

    private Care With(Guid contingency, Func<Contingency, Contingency> change) =>
        this with
        {
            Contingencies = [.. Contingencies.Select(c => c.Id == contingency ? change(c) : c)],
        };

    private Care WithoutOldContingencies()
    {
        var old = Contingencies
            .Where(c => c.Closed is not null)
            .OrderByDescending(c => c.Closed!.At)
            .Skip(ClosedRemembered)
            .Select(c => c.Id)
            .ToHashSet();
        return this with { Contingencies = [.. Contingencies.Where(c => !old.Contains(c.Id))] };
    }
}
