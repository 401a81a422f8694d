namespace Handoff.Domain.Feeds;

/// <summary>A place that a feed named and no unit here has, since when.</summary>
public sealed record HeardPlace(string Place, DateTimeOffset Since);
