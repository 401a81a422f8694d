namespace Handoff.Api.Feeds.Adt;

/// <summary>What became of setting aside all messages that are held for one cause.</summary>
/// <param name="Count">How many were set aside.</param>
public sealed record SetAside(int Count);
