using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

public static class HandoffFacts
{
    /// <summary>
    /// Whether handoffs tell it: what a handoff records of itself they don't, but what somebody foresaw in one, and what became of it,
    /// they do, and so what had been left out.
    /// </summary>
    public static bool IsTold(string stream, Event happened) =>
        !StreamId.Is(stream, StateKind<Care>.Name) || happened is ContingencyEvent or HandoffAdded;
}
