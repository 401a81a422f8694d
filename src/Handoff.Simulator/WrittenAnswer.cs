namespace Handoff.Simulator;

/// <summary>What the service answers to a command: the stream that it was recorded on, up to where, and as what.</summary>
/// <param name="Version">The stream's version after it.</param>
/// <param name="Position">The position in the facility's log up to which it is contained.</param>
/// <param name="Events">The ids of what was recorded; none if it was so already.</param>
public sealed record WrittenAnswer(string Stream, long Version, long Position, IReadOnlyList<Guid> Events);
