using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Tasks;

/// <summary>What a task was raised from: an event of the timeline, or a line of a handoff.</summary>
/// <param name="Line">The handoff's own name of its line.</param>
public sealed record TaskOrigin(Guid? Event = null, string? Line = null);

/// <summary>One time that it was put off.</summary>
public sealed record Deferral(DateTimeOffset At, string By, DateTimeOffset From, DateTimeOffset Until, string Reason);

/// <summary>Something that somebody is to do by a time, for a patient or for the unit.</summary>
[Stored("care_task")]
public sealed record CareTask : State
{
    public const int TextLimit = 500;

    public Guid Id { get; init; }

    public string? Unit { get; init; }

    public Guid? Stay { get; init; }

    public string Text { get; init; } = "";

    public TaskOwner Owner { get; init; } = new(Role: null);

    public DateTimeOffset Due { get; init; }

    public TaskOrigin? From { get; init; }

    public DateTimeOffset? RaisedAt { get; init; }

    public string RaisedBy { get; init; } = "";

    /// <summary>Since when somebody has it in hand; passing it on lets go of it.</summary>
    public DateTimeOffset? TakenAt { get; init; }

    public DateTimeOffset? DoneAt { get; init; }

    public string? DoneBy { get; init; }

    public string? Outcome { get; init; }

    /// <summary>Why it is no longer to be done; null for one that is or was.</summary>
    public string? Withdrawn { get; init; }

    /// <summary>Every time that it was put off, the first one first.</summary>
    public IReadOnlyList<Deferral> Deferrals { get; init; } = [];

    /// <summary>Whether it was said that the present due time has passed.</summary>
    public bool IsSaidOverdue { get; init; }

    public bool IsKnown() => RaisedAt is not null;

    public bool IsOpen() => IsKnown() && DoneAt is null && Withdrawn is null;

    public bool IsOverdue(DateTimeOffset now) => IsOpen() && Due <= now;

    public override string? OnUnit() => IsOpen() ? Unit : null;

    public override Guid? OfStay() => Stay;

    public override IEnumerable<Deadline> Deadlines() =>
        IsOpen() && !IsSaidOverdue ? [new("due", Due, new FindTaskOverdue { Key = Id.ToString() })] : [];

    public override IEnumerable<OpenLoop> OpenLoops() =>
        IsOpen() ? [new("task", Stay, RaisedAt!.Value, Due, $"{Text} · {Owner.Words()}", $"/tasks/{Id}")] : [];

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            TaskRaised e => this with
            {
                Id = Guid.Parse(fact.Key),
                Unit = e.Unit,
                Stay = e.Stay,
                Text = e.Text,
                Owner = e.Owner,
                Due = e.Due,
                From = e.From,
                RaisedAt = e.OccurredAt,
                RaisedBy = fact.By.Name,
            },
            TaskTaken e => this with { Owner = e.By, TakenAt = e.OccurredAt },
            TaskDone e => this with { DoneAt = e.OccurredAt, DoneBy = fact.By.Name, Outcome = e.Outcome },
            TaskDeferred e => this with
            {
                Due = e.Until,
                IsSaidOverdue = false,
                Deferrals = [.. Deferrals, new(e.OccurredAt, fact.By.Name, e.From, e.Until, e.Reason)],
            },
            TaskReowned e => this with { Owner = e.To, TakenAt = null },
            TaskOverdue => this with { IsSaidOverdue = true },
            TaskMoved e => this with { Unit = e.Unit },
            TaskWithdrawn e => this with { Withdrawn = e.Reason },
            _ => this,
        };
}

internal static class Ordinal
{
    public static string ForNumber(int number) =>
        (number % 100, number % 10) switch
        {
            (11 or 12 or 13, _) => $"{number}th",
            (_, 1) => $"{number}st",
            (_, 2) => $"{number}nd",
            (_, 3) => $"{number}rd",
            _ => $"{number}th",
        };
}
