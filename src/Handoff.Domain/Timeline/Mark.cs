using Handoff.Domain.Groups;
using Handoff.Domain.Incidents;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Units;

namespace Handoff.Domain.Timeline;

/// <summary>A span or, without an end, a point.</summary>
/// <param name="Entry">The event that it rests on, or the first of them.</param>
/// <param name="IsUnknown">Nothing is known of the span.</param>
public sealed record Mark(DateTimeOffset From, DateTimeOffset? To, double Value, string Words, Guid Entry, bool IsUnknown = false);
