namespace Handoff.Domain.Kernel;

/// <summary>What an event means to a handoff: the part of the note it belongs to, and how it is told there.</summary>
/// <param name="Words">One line about this patient alone, at most a sentence; the event's own sentence often is.</param>
/// <param name="Topic">Events of one topic are told together: kebab-case, such as <c>level</c> or <c>precaution-fall</c>. Null: always by
/// itself.</param>
/// <param name="Weight">How it counts; see <see cref="Kernel.Retention"/>.</param>
/// <param name="Many">For a topic that is counted: what there were several of, such as <c>limits passed without a check</c>.</param>
/// <param name="Extent">Of what is counted: how long this one was, so that the worst of them can be told.</param>
/// <param name="IsQuiet">It is about the work and not about how the patient is: it is told after what changed in the patient.</param>
public sealed record HandoffLine(
    HandoffPart Part,
    string Words,
    string? Topic = null,
    Retention Weight = Retention.Once,
    string? Many = null,
    TimeSpan? Extent = null,
    bool IsQuiet = false
);

/// <summary>
/// The parts that every template's sections are made of, in the order in which a section tells them: what helps the patient, who they are,
/// what happened, how they are, what to do,
/// what to expect, what must not be missed, and what stands between them and going home.
/// </summary>
public enum HandoffPart
{
    Helps,
    Patient,
    Happened,
    Condition,
    ToDo,
    Expect,
    Critical,
    Barrier,
}

/// <summary>
/// Once: told if it lies in the window. Stands: the latest of its topic is told whenever it was. Over: ends what stood, and is told only in
/// the window.
/// Counted: the latest of its topic in the window, with how many there were.
/// </summary>
public enum Retention
{
    Once,
    Stands,
    Over,
    Counted,
}
