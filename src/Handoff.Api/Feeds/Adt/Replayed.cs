using Handoff.Domain.Feeds;

namespace Handoff.Api.Feeds.Adt;

/// <summary>What became of trying a held message again: applied to these stays, or still held for this fault.</summary>
public sealed record Replayed(IReadOnlyList<Guid> Concerns, Fault? Fault = null);
