using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Tasks;

// Events

/// <param name="Unit">Where it is to be done: the patient's unit, or the one whose task it is.</param>
/// <param name="Stay">The patient; null for a task of the unit.</param>
/// <param name="From">What it was raised from, where that is neither the patient nor the unit as such.</param>
[Stored("task_raised")]
public sealed record TaskRaised(
    DateTimeOffset OccurredAt,
    string Unit,
    Guid? Stay,
    string Text,
    TaskOwner Owner,
    DateTimeOffset Due,
    TaskOrigin? From = null
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Task for {Owner.Words()}, due {time.DayAndClock(Due)}: {Text}";
}

/// <summary>Somebody has said that they do it.</summary>
[Stored("task_taken")]
public sealed record TaskTaken(DateTimeOffset OccurredAt, string Text, TaskOwner By) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{By.Words()} took the task: {Text}";
}

/// <param name="Outcome">What came of it, where somebody said so.</param>
[Stored("task_done")]
public sealed record TaskDone(DateTimeOffset OccurredAt, string Text, string? Outcome) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Task done at {time.Clock(OccurredAt)}: {Text}{(Outcome is null ? "" : $" – {Outcome}")}";
}

/// <param name="Times">How often it has been deferred, this time included.</param>
[Stored("task_deferred")]
public sealed record TaskDeferred(
    DateTimeOffset OccurredAt,
    string Text,
    DateTimeOffset From,
    DateTimeOffset Until,
    string Reason,
    int Times
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Task deferred to {time.DayAndClock(Until)}{(Times > 1 ? $", for the {Ordinal.Of(Times)} time" : "")}: {Text} ({Reason})";
}

[Stored("task_reowned")]
public sealed record TaskReowned(DateTimeOffset OccurredAt, string Text, TaskOwner From, TaskOwner To, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Task passed from {From.Words()} to {To.Words()}: {Text} ({Reason})";
}

/// <param name="OccurredAt">The moment at which it was due.</param>
[Stored("task_overdue")]
public sealed record TaskOverdue(DateTimeOffset OccurredAt, string Text, TaskOwner Owner) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Not done by {time.Clock(OccurredAt)}, for {Owner.Words()}: {Text}";

    public override Gravity Gravity() => Kernel.Gravity.Notable;
}

/// <summary>The patient has gone to another unit, and the task with them.</summary>
[Stored("task_moved")]
public sealed record TaskMoved(DateTimeOffset OccurredAt, string Text, string Unit) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The task goes on, on {Unit}: {Text}";

    public override Gravity Gravity() => Kernel.Gravity.Silent;
}

/// <summary>It is no longer to be done: what it was raised from no longer stands.</summary>
[Stored("task_withdrawn")]
public sealed record TaskWithdrawn(DateTimeOffset OccurredAt, string Text, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Task withdrawn: {Text} ({Reason})";
}

// State

/// <summary>Whose task it is: one person's, or that of whoever works in a role on the unit. One of the two.</summary>
/// <param name="Person">The staff id; <paramref name="Name"/> is what is shown.</param>
public sealed record TaskOwner(Role? Role, string? Person = null, string? Name = null)
{
    public string Words() => Name ?? (Role is { } role ? "any " + role.Words().ToLowerInvariant() : "nobody");

    /// <summary>Whether it is this person's: theirs by name, or by the role that they work in.</summary>
    public bool Is(Staff staff) => Person is null ? Role == staff.Role : Person == staff.Id;

    public static TaskOwner Of(Staff staff) => new(null, staff.Id, staff.Name);

    /// <summary>Without what was not said, and without control characters; null if nobody is named.</summary>
    public static TaskOwner? Clean(TaskOwner? owner) =>
        owner switch
        {
            { Person: { } person } when Text.Line(person) is { } id => new(null, id, Text.Line(owner.Name) ?? id),
            { Role: { } role } => new(role),
            _ => null,
        };
}

/// <summary>What a task was raised from: an event of the timeline, or a line of a hand-over.</summary>
/// <param name="Line">The hand-over's own name of its line.</param>
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

    public override State Evolve(Recorded fact) =>
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
    public static string Of(int number) =>
        (number % 100, number % 10) switch
        {
            (11 or 12 or 13, _) => $"{number}th",
            (_, 1) => $"{number}st",
            (_, 2) => $"{number}nd",
            (_, 3) => $"{number}rd",
            _ => $"{number}th",
        };
}
