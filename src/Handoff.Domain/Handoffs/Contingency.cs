using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>How far a contingency has come.</summary>
public enum ContingencyStanding
{
    Fired,
    Armed,
    Waiting,
    Answered,
    Withdrawn,
}

/// <summary>Who closed a contingency, when, and their words.</summary>
public sealed record ContingencyClosed(Staff By, DateTimeOffset At, string? Words, bool IsWithdrawn);

/// <summary>
/// If this happens on a later shift, do that: written for a patient, it stays through handoffs until it has come true or is withdrawn.
/// </summary>
/// <param name="ArmsAt">What happened before then doesn't make it come true.</param>
public sealed record Contingency(Guid Id, Staff Author, DateTimeOffset At, string Shift, DateTimeOffset ArmsAt, Condition If, string Then)
{
    /// <summary>What is done then is a line on a board.</summary>
    public const int ThenLimit = 140;

    public DateTimeOffset? FiredAt { get; init; }

    /// <summary>The event that made it true; null for a time that came.</summary>
    public Guid? Because { get; init; }

    public ContingencyClosed? Closed { get; init; }

    /// <summary>It may still come true.</summary>
    public bool IsPending() => FiredAt is null && Closed is null;

    /// <summary>It came true, and nobody has answered.</summary>
    public bool IsUnanswered() => FiredAt is not null && Closed is null;

    public ContingencyStanding Standing(DateTimeOffset now) =>
        this switch
        {
            { Closed.IsWithdrawn: true } => ContingencyStanding.Withdrawn,
            { Closed: not null } => ContingencyStanding.Answered,
            { FiredAt: not null } => ContingencyStanding.Fired,
            _ when ArmsAt <= now => ContingencyStanding.Armed,
            _ => ContingencyStanding.Waiting,
        };

    public bool IsMetBy(Event happened) => IsPending() && happened.OccurredAt >= ArmsAt && If.IsMetBy(happened);

    /// <summary><c>If elopement: call RN, offer quiet room</c>.</summary>
    public string Says() => ContingencyWords.Sentence(If, Then);

    /// <summary>Its name among the state's deadlines and open points.</summary>
    internal string Name() => $"contingency-{Id}";

    internal ContingencyFired Fires(DateTimeOffset at, Guid? because) => new(at, Id, because, Says(), Author, Shift);
}

/// <summary>A contingency as it is read at a moment.</summary>
/// <param name="Says">Condition and what then: <c>If elopement: call RN</c>.</param>
public sealed record ContingencyLine(
    Guid Id,
    string Says,
    Staff Author,
    string Shift,
    DateTimeOffset At,
    ContingencyStanding Standing,
    DateTimeOffset ArmsAt,
    DateTimeOffset? FiredAt,
    ContingencyClosed? Closed,
    Condition If,
    string Then
)
{
    /// <summary>What has come true first, then what may, then what is over; none once the patient has left.</summary>
    public static IReadOnlyList<ContingencyLine> ForCare(Care care, DateTimeOffset now) =>
        !care.IsRunning()
            ? []
            :
            [
                .. care
                    .Contingencies.Select(c => new ContingencyLine(
                        c.Id,
                        c.Says(),
                        c.Author,
                        c.Shift,
                        c.At,
                        c.Standing(now),
                        c.ArmsAt,
                        c.FiredAt,
                        c.Closed,
                        c.If,
                        c.Then
                    ))
                    .OrderBy(l => l.Standing)
                    .ThenByDescending(l => l.FiredAt ?? l.At),
            ];
}

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
