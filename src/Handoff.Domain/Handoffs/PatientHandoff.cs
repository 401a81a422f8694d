using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>
/// One patient's handoff: what wrote itself, what people wrote, what is open, how the giving goes, and what came since the last one.
/// </summary>
/// <param name="Since">From when on the lines that wrote themselves tell.</param>
/// <param name="Evidence">Every entry that a line rests on, the latest first.</param>
/// <param name="News">What was recorded after the watermark of the last accepted handoff, and nothing that was before it.</param>
/// <param name="Watermark">The position up to which the lines speak.</param>
public sealed record PatientHandoff(
    HandoffPatient Patient,
    HandoffTemplate Template,
    DateTimeOffset? Since,
    IReadOnlyList<DraftSection> Sections,
    IReadOnlyList<EvidenceLine> Evidence,
    IReadOnlyList<WrittenText> Texts,
    IReadOnlyList<HandoffLoop> Loops,
    GivenHandoff? Given,
    IReadOnlyList<HeardBack> ReadBacks,
    IReadOnlyList<HandoffQuestion> Questions,
    AcceptedHandoff? Accepted,
    IReadOnlyList<EvidenceLine> News,
    int CalmChecks,
    long Watermark
)
{
    /// <summary>What is to be done if something happens on a later shift.</summary>
    public IReadOnlyList<ContingencyLine> Contingencies { get; init; } = [];

    /// <summary>By when somebody must look again; null while nobody is asked to.</summary>
    public DateTimeOffset? CheckBy { get; init; }

    /// <summary>The handoff that was accepted last, whole; null if there was none.</summary>
    public GivenNote? Note { get; init; }

    /// <summary>How many read-backs had been given when the giver last said that one was not right; null if none was wrong.</summary>
    public int? ReadBacksUntilWrong { get; init; }

    /// <summary>Whether somebody must still read back before they accept.</summary>
    public bool MustReadBack(string person) =>
        Given is { } given
        && (
            ReadBacksUntilWrong is { } wrong
                ? ReadBacks.Skip(wrong).All(r => r.By.Id != person)
                : (
                    (given.Severity > IllnessSeverity.Stable || given.Loops.Any(l => l.Pressing >= Pressing.Urgent))
                    && ReadBacks.All(r => r.By.Id != person)
                ) || UrgentSince(person).Any()
        );

    /// <summary>What has become urgent since the handoff was given and somebody has not read back.</summary>
    public IEnumerable<UrgentLoop> UrgentSince(string person) =>
        Given is { } given ? UrgentLoop.NotReadBack(Urgent(), given.Loops, given.At, ReadBacks, person) : [];

    /// <summary>What is urgent now.</summary>
    public IEnumerable<UrgentLoop> Urgent() =>
        Loops.Where(l => l.Pressing >= Pressing.Urgent).Select(l => new UrgentLoop(l.Loop, l.Words, l.Since));
}
