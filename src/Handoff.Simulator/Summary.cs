using System.Globalization;

namespace Handoff.Simulator;

/// <summary>What came of it.</summary>
/// <param name="Hours">Simulated hours that were played.</param>
/// <param name="Stopped">Why it ended early; null if it was played to its end.</param>
public sealed record Summary(
    string Unit,
    string Run,
    int Seed,
    double Speed,
    DateTimeOffset From,
    DateTimeOffset Until,
    double Hours,
    string? Stopped,
    Count Total
);
