using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Timeline;

namespace Handoff.Domain.Tasks;

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
) : Event(OccurredAt), IOfTask
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
public sealed record TaskDone(DateTimeOffset OccurredAt, string Text, string? Outcome) : Event(OccurredAt), IOfTask
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
        $"Task deferred to {time.DayAndClock(Until)}{(Times > 1 ? $", for the {Ordinal.ForNumber(Times)} time" : "")}: {Text} ({Reason})";
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

    public override Significance Significance() => Kernel.Significance.Notable;
}

/// <summary>The patient has gone to another unit, and the task with them.</summary>
[Stored("task_moved")]
public sealed record TaskMoved(DateTimeOffset OccurredAt, string Text, string Unit) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The task goes on, on {Unit}: {Text}";

    public override Significance Significance() => Kernel.Significance.Silent;
}

/// <summary>It is no longer to be done: what it was raised from no longer stands.</summary>
[Stored("task_withdrawn")]
public sealed record TaskWithdrawn(DateTimeOffset OccurredAt, string Text, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Task withdrawn: {Text} ({Reason})";
}
