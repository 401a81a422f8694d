namespace Handoff.Domain.Kernel;

/// <summary>
/// How much an entry stands out. Silent: it keeps the books and is not told. Notable: somebody should know, as of a check that was missed.
/// Critical: it needed a person at once.
/// </summary>
public enum Significance
{
    Silent,
    Usual,
    Notable,
    Critical,
}

/// <summary>What an entry does to an earlier one.</summary>
/// <param name="Entry">The earlier entry; null for the one that began the stream.</param>
/// <param name="IsStruck">The earlier one no longer stands: it was corrected or made in error. False for an addition.</param>
/// <param name="Replaces">This one says what the earlier one says now: it is told in its place. False where nothing is left to say, and for
/// an addition.</param>
public sealed record Amendment(Guid? Entry, bool IsStruck = true, bool Replaces = false);
