namespace Handoff.Api.Store;

/// <summary>What <see cref="Verify"/> found. It never holds patient data: positions, streams, versions and property names only.</summary>
public sealed record Verification(IReadOnlyList<FacilityCheck> Facilities)
{
    public bool IsSound => Facilities.All(f => f.Differences.Count == 0);

    /// <summary>The report, a line for each facility and for each kind of difference.</summary>
    public IEnumerable<string> Lines() => Facilities.SelectMany(f => f.Lines());
}

/// <param name="Events">How many events the facility's log holds.</param>
/// <param name="Position">The position of the last event that has a proof.</param>
/// <param name="Hash">The chain's hash at that event, in hexadecimal. Kept elsewhere, it also shows whether the whole log was
/// replaced.</param>
public sealed record FacilityCheck(
    string Facility,
    long Events,
    long Streams,
    long States,
    long Position,
    string Hash,
    IReadOnlyList<Difference> Differences
)
{
    public IEnumerable<string> Lines() =>
        [
            $"{Facility}: {Events} events on {Streams} streams, {States} states, "
                + $"{(Differences.Count == 0 ? "all as it was recorded" : "NOT as it was recorded")}; position {Position}, hash {Hash}",
            .. Differences.Select(d => "  " + d.Line),
        ];
}

/// <summary>One kind of difference: the first place where it was found, and how often it was.</summary>
/// <param name="Code">Stable, kebab-case.</param>
public sealed record Difference(string Code, string Says, long? Position, string? Stream, long Count)
{
    public string Line =>
        $"{Code}: {Says}{(Position is { } at ? $" at position {at}" : "")}{(Stream is { } stream ? $" on stream {stream}" : "")}"
        + (Count > 1 ? $", the first of {Count}" : "");
}

internal sealed class Differences
{
    private readonly Dictionary<string, Difference> found = [];

    public IReadOnlyList<Difference> All => [.. found.Values];

    public void Add(string code, string says, long? position = null, string? stream = null) =>
        found[code] = found.TryGetValue(code, out var first)
            ? first with
            {
                Count = first.Count + 1,
            }
            : new(code, says, position, stream, 1);
}
