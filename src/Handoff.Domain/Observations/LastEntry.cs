using System.Text.Json.Serialization;

namespace Handoff.Domain.Observations;

/// <summary>A check that was entered, and whether it was for an earlier time.</summary>
/// <param name="First">The first of those that were entered together with it.</param>
public sealed record LastEntry(Guid First, DateTimeOffset RecordedAt, bool IsForEarlier);
