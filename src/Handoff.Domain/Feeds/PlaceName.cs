namespace Handoff.Domain.Feeds;

/// <summary>A place as the feed names it, and the unit that it is.</summary>
public sealed record PlaceName(string Place, string Unit);
