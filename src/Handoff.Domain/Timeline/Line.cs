namespace Handoff.Domain.Timeline;

/// <summary>A line of the timeline.</summary>
public abstract record Line;

public sealed record SingleLine(Entry Entry) : Line;
