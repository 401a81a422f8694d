namespace Handoff.Domain.Feeds;

/// <summary>What becomes of one event of a feed.</summary>
public sealed record FeedRule(string Trigger, FeedAction Action);
