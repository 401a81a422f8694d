namespace Handoff.Api.Store;

/// <summary>One reason for which messages are held.</summary>
/// <param name="Code">As faults name it; stable.</param>
/// <param name="Says">In words, of the newest of them.</param>
/// <param name="Newest">Its position: what came later was not counted.</param>
public sealed record HeldCause(string Code, string Says, int Count, DateTimeOffset First, DateTimeOffset Last, long Newest);
