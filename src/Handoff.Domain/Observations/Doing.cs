using System.Globalization;

namespace Handoff.Domain.Observations;

/// <summary>Something that a person did in the service besides: an entry, or a look at a patient.</summary>
public sealed record Doing(string Person, DateTimeOffset At);
