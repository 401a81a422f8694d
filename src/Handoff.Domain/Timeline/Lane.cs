using Handoff.Domain.Incidents;
using Handoff.Domain.Units;

namespace Handoff.Domain.Timeline;

/// <summary>One thing about a patient over time.</summary>
/// <param name="Most">The highest value that there can be; the lowest is 0.</param>
public sealed record Lane(string Name, IReadOnlyList<Mark> Marks, double Most);
