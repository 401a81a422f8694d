using Marten;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>What <see cref="Rebuild"/> did in one facility.</summary>
/// <param name="Replaced">States that were not what their events come to, or were missing.</param>
/// <param name="Removed">States of streams that do not exist.</param>
/// <param name="Unreadable">Streams that can't be folded; their states were left as they are.</param>
public sealed record Rebuilt(string Facility, long Events, int Streams, long Replaced, long Removed, IReadOnlyList<string> Unreadable);
