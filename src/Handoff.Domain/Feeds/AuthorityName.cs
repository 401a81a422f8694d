namespace Handoff.Domain.Feeds;

/// <summary>
/// One name of an authority, and what it means: the same hospital is NORTH in one system and an object identifier in another.
/// </summary>
public sealed record AuthorityName(string Name, string Means);
