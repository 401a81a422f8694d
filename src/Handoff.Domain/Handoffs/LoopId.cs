using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Which open point: the stream that says it, and its kind there.</summary>
public static class LoopId
{
    public static string ForLoop(string stream, OpenLoop loop) => $"{stream}/{loop.Kind}";

    /// <summary>The stream and the kind that an id names; null if no state of such a kind says that something is open.</summary>
    public static (string Stream, string Kind)? Parts(string? loop) =>
        loop?.LastIndexOf('/') is > 0 and var at
        && loop.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash
        && dash < at
        && EventTypeRegistry.Domain.WithLoops.Contains(loop[..dash])
            ? (loop[..at], loop[(at + 1)..])
            : null;
}
