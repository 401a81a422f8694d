namespace Handoff.Api.Store;

/// <summary>A facility's proofs, followed from its first event: each must come of the one before it and of its own event.</summary>
internal sealed class Chain
{
    private byte[] hash = [];

    public long Position { get; private set; }

    public DateTimeOffset Recorded { get; private set; } = DateTimeOffset.MinValue;

    public string Hash => Convert.ToHexStringLower(hash);

    public ReadOnlySpan<byte> Bytes => hash;

    /// <returns>Null if the event has no proof: another writer added it, and the chain goes on without it.</returns>
    public bool? Follows(in EventRow row, string? proof)
    {
        if (proof is null)
        {
            return null;
        }

        var at = new DateTimeOffset(row.At, TimeSpan.Zero);
        var expected = Canonical.Chain(hash, Canonical.Content(row), at);
        var written = Bytes32(proof);
        (hash, Position, Recorded) = (written ?? expected, row.Position, at);
        return written is not null && written.AsSpan().SequenceEqual(expected);
    }

    // After a difference the chain goes on from what is written, so that one altered event is one difference.
    private static byte[]? Bytes32(string hex)
    {
        var bytes = new byte[32];
        return hex.Length == 64 && Convert.FromHexString(hex, bytes, out _, out _) == System.Buffers.OperationStatus.Done ? bytes : null;
    }
}
