using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>The last handoff that was accepted, whole: what came after its watermark is news to whoever accepted it.</summary>
public sealed record AcceptedHandoff(Guid Id, DateTimeOffset At, Staff To, HandoffSubmitted Said)
{
    /// <summary>So long who gave it is asked whether anything was left out.</summary>
    public static readonly TimeSpan LooksBack = TimeSpan.FromHours(12);

    /// <summary>Whether somebody gave it, or sent it in for who did.</summary>
    public bool IsOf(string person) => Said.For.Id == person || By?.Id == person;

    /// <summary>When it was given, and by whom: the giver, or who sent it in for them.</summary>
    public DateTimeOffset? GivenAt { get; init; }

    public Staff? By { get; init; }

    public IReadOnlyList<HeardBack> ReadBacks { get; init; } = [];

    public IReadOnlyList<HandoffQuestion> Questions { get; init; } = [];

    /// <summary>Why it was taken over instead of accepted; null if it was accepted.</summary>
    public string? TakenOver { get; init; }

    /// <summary>What the giver found afterwards to have been left out.</summary>
    public IReadOnlyList<AddedWords> Added { get; init; } = [];

    /// <summary>When the giver said that nothing (more) was left out; null if they have not been asked, or have not answered.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Every handoff of a patient that was accepted or taken over, the latest first.</summary>
    /// <param name="facts">The events of the patient's care, in the order of the log; others are passed over.</param>
    public static IReadOnlyList<AcceptedHandoff> All(IEnumerable<EventEnvelope> facts)
    {
        var (care, all) = (new Care(), new List<AcceptedHandoff>());
        foreach (var fact in facts.Where(f => StreamId.Is(f.Stream, StateKind<Care>.Name)))
        {
            care = (Care)care.Evolve(fact);
            if (care.Accepted is { } accepted)
            {
                all.RemoveAll(a => a.Id == accepted.Id);
                all.Add(accepted);
            }
        }

        all.Reverse();
        return all;
    }
}
