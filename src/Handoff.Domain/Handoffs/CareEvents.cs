using Handoff.Domain.Kernel;
using Handoff.Domain.Timeline;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>The patient is on a unit: whoever is in charge there is responsible until somebody takes or accepts the patient.</summary>
[Stored("care_began")]
public sealed record CareBegan(DateTimeOffset OccurredAt, string Unit) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"In the care of whoever is in charge of {Unit}, until somebody takes the patient.";

    public override Significance Significance() => Kernel.Significance.Silent;
}

/// <summary>The patient is on another unit. Who was responsible still is, until somebody there accepts.</summary>
[Stored("care_moved")]
public sealed record CareMoved(DateTimeOffset OccurredAt, string Unit) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Care goes on, on {Unit}.";

    public override Significance Significance() => Kernel.Significance.Silent;
}

[Stored("care_ended")]
public sealed record CareEnded(DateTimeOffset OccurredAt) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Care ended at {time.Clock(OccurredAt)}.";

    public override Significance Significance() => Kernel.Significance.Silent;
}

/// <param name="Shift">The key of the shift on which they are to have the patient.</param>
[Stored("patient_assigned")]
public sealed record PatientAssigned(DateTimeOffset OccurredAt, Staff To, string Shift) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Assigned to {To.Name}, not accepted yet.";
}

/// <summary>Somebody took a patient who was nobody's but the unit's.</summary>
[Stored("patient_taken")]
public sealed record PatientTaken(DateTimeOffset OccurredAt, Staff To) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{To.Name} is responsible from {time.Clock(OccurredAt)}.";
}

/// <summary>Who is in charge, or a supervisor, is responsible at once: the giver left, or nobody was there to accept.</summary>
[Stored("patient_taken_over")]
public sealed record PatientTakenOver(DateTimeOffset OccurredAt, Staff To, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{To.Name} took over at {time.Clock(OccurredAt)}: {Reason}";
}

[Stored("severity_judged")]
public sealed record SeverityJudged(DateTimeOffset OccurredAt, IllnessSeverity Severity) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Judged {Severity.Words()}.";
}

/// <summary>
/// What its author has written so far in one section of the next handoff; an empty text takes it back. Kept as it is typed.
/// </summary>
[Stored("handoff_written")]
public sealed record HandoffWritten(DateTimeOffset OccurredAt, HandoffSection Section, string? Words) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        Words is null
            ? $"Took back what was written for the handoff ({Section.Words()})."
            : $"For the handoff ({Section.Words()}): {Words}";

    public override Significance Significance() => Kernel.Significance.Silent;
}

/// <summary>An open point goes on to the next shift, and why.</summary>
/// <param name="Loop">Which one; see <see cref="LoopId"/>.</param>
[Stored("loop_deferred")]
public sealed record LoopDeferred(DateTimeOffset OccurredAt, string Loop, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"An open point was put off: {Reason}";
}

/// <summary>An open point is somebody else's to close.</summary>
[Stored("loop_reowned")]
public sealed record LoopReowned(DateTimeOffset OccurredAt, string Loop, Staff To) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{To.Name} has an open point to close.";
}

/// <summary>The handoff as it was given.</summary>
/// <param name="For">The giver, whoever sent it in.</param>
/// <param name="Watermark">The position in the facility's log up to which it speaks: what comes after it is since the handoff.</param>
/// <param name="Since">From when on its generated lines tell; null for since the admission.</param>
/// <param name="Loops">What was open then, each with what was said about it.</param>
[Stored("handoff_submitted")]
public sealed record HandoffSubmitted(
    DateTimeOffset OccurredAt,
    Staff For,
    long Watermark,
    DateTimeOffset? Since,
    HandoffTemplate Template,
    IllnessSeverity Severity,
    IReadOnlyList<WrittenText> Texts,
    IReadOnlyList<CarriedLoop> Loops
) : Event(OccurredAt), IWholeNote
{
    // Whole, with its authors' words: so it stands on the timeline, and a search finds it.
    public override string Sentence(UnitTime time) =>
        $"Handoff given by {For.Name} at {time.Clock(OccurredAt)}, {Severity.Words()}."
        + string.Concat(Texts.Select(t => $" {t.Section.Words()} ({t.By.Name}): {Ended(t.Words)}"))
        + string.Concat(
            Loops.Select(l => $" Open: {l.Words}{(l.Reason is { } reason ? $" ({reason})" : l.To is { } to ? $" ({to.Name})" : "")}.")
        );

    private static string Ended(string words) => words is [.., '.' or '!' or '?'] ? words : words + ".";

    /// <summary>Whoever is not stable is read back before they are accepted, and whoever has something urgent open.</summary>
    public bool MustBeReadBack() => Severity > IllnessSeverity.Stable || Loops.Any(l => l.Pressing >= Pressing.Urgent);
}

/// <summary>The receiver said it in their own words; without words, aloud.</summary>
/// <param name="Urgent">What was urgent then, as commands name open points; null for nothing.</param>
[Stored("read_back")]
public sealed record ReadBack(DateTimeOffset OccurredAt, string? Words, IReadOnlyList<string>? Urgent = null) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => Words is null ? "Read back aloud." : $"Read back: {Words}";
}

/// <param name="Correction">What is not so; null if the read-back was right.</param>
[Stored("read_back_answered")]
public sealed record ReadBackAnswered(DateTimeOffset OccurredAt, Guid ReadBack, string? Correction) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        Correction is null ? "The read-back was right." : $"The read-back was corrected: {Correction}";
}

[Stored("handoff_asked")]
public sealed record HandoffAsked(DateTimeOffset OccurredAt, string Question) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Asked: {Question}";
}

[Stored("handoff_answered")]
public sealed record HandoffAnswered(DateTimeOffset OccurredAt, Guid Question, string Words) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Answered: {Words}";
}

/// <param name="Handoff">The submission; null where there was none to give, because the patient was nobody's but the unit's.</param>
[Stored("handoff_accepted")]
public sealed record HandoffAccepted(DateTimeOffset OccurredAt, Guid? Handoff, Staff From, Staff To) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{To.Name} accepted from {From.Name} at {time.Clock(OccurredAt)}.";
}

[Stored("handoff_declined")]
public sealed record HandoffDeclined(DateTimeOffset OccurredAt, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The handoff was declined: {Reason}";
}
