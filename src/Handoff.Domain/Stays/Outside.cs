using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <summary>A patient who was moved to a place that this service does not run, and is not back.</summary>
public sealed record Outside(DateTimeOffset Since, string Place);
