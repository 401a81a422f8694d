namespace Handoff.Domain.Incidents;

/// <summary>A link of the chain as it reads now.</summary>
/// <param name="Id">The event's id.</param>
/// <param name="Says">What was done, without time, name or remark.</param>
/// <param name="Technique">Of an attempt to de-escalate.</param>
/// <param name="Effect">Of such an attempt; null while it is being tried.</param>
/// <param name="Place">Where it went on, of a step that says so.</param>
/// <param name="Was">What it said before each correction, the first one first.</param>
/// <param name="InError">Why it does not count; null if it does.</param>
public sealed record Step(
    Guid Id,
    StepKind Kind,
    DateTimeOffset At,
    IReadOnlyList<Guid> Stays,
    string Says,
    string? Remark,
    string By,
    DateTimeOffset RecordedAt,
    Technique? Technique,
    Effect? Effect,
    DebriefOf? Debrief,
    string? Place,
    IReadOnlyList<StepBefore> Was,
    StepInError? InError
)
{
    public bool Counts() => InError is null;

    public bool IsAbout(Guid stay) => Stays.Contains(stay);
}
