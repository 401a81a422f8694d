using System.Buffers;
using System.IO.Pipelines;
using Handoff.Api.Feeds.Adt;

namespace Handoff.Api.Feeds.Mllp;

/// <summary>What came between two framing marks.</summary>
/// <param name="Bytes">The message; of one that is too large, its first bytes.</param>
/// <param name="IsWhole">False where the message was larger than allowed and the rest of it is dropped.</param>
public readonly record struct MllpFrame(ReadOnlyMemory<byte> Bytes, bool IsWhole);

/// <summary>
/// The minimal lower layer protocol of HL7 v2: <c>VT message FS CR</c>. Bytes outside a frame are skipped. An FS without its CR
/// ends a frame too where a line feed, the next frame or the end of the stream follows. A frame that begins inside another
/// (<c>VT MSH</c>) replaces it: the first was cut off, got no answer, and is its sender's to send again.
/// </summary>
/// <param name="input">The stream's reader.</param>
/// <param name="mostBytes">The largest message.</param>
public sealed class MllpFraming(PipeReader input, int mostBytes)
{
    public const byte Start = 0x0B;
    public const byte End = 0x1C;
    private const int Excerpt = 4096;

    public static byte[] Frame(ReadOnlySpan<byte> message) => [Start, .. message, End, (byte)'\r'];

    /// <summary>Waits for a frame to begin. False: the other side has closed.</summary>
    public async ValueTask<bool> Begins(CancellationToken cancellation)
    {
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            if (read.Buffer.PositionOf(Start) is { } start)
            {
                input.AdvanceTo(read.Buffer.GetPosition(1, start));
                return true;
            }
            input.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                return false;
            }
        }
    }

    /// <summary>The rest of the frame that has begun. Null: the other side has closed in the middle of it.</summary>
    public async ValueTask<MllpFrame?> Next(CancellationToken cancellation)
    {
        long seen = 0;
        while (true)
        {
            var read = await input.ReadAsync(cancellation);
            var (mark, at) = Scan(read.Buffer, seen, read.IsCompleted);
            if (mark == Mark.End && at <= mostBytes)
            {
                return Take(read.Buffer, at, at + 1, isWhole: true);
            }

            if (at > mostBytes)
            {
                return Take(read.Buffer, Math.Min(at, Excerpt), at, isWhole: false);
            }

            if (mark == Mark.End)
            {
                return Take(read.Buffer, Math.Min(at, Excerpt), at + 1, isWhole: false);
            }

            if (mark == Mark.Restart)
            {
                input.AdvanceTo(read.Buffer.GetPosition(at + 1));
                seen = 0;
                continue;
            }
            input.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }

            seen = at;
        }
    }

    private MllpFrame Take(ReadOnlySequence<byte> buffer, long length, long consumed, bool isWhole)
    {
        var bytes = buffer.Slice(0, length).ToArray();
        input.AdvanceTo(buffer.GetPosition(consumed));
        return new(bytes, isWhole);
    }

    private enum Mark
    {
        None,
        End,
        Restart,
    }

    /// <summary>The first mark from <paramref name="from"/> on, or how far there is certainly none.</summary>
    private static (Mark, long At) Scan(ReadOnlySequence<byte> buffer, long from, bool isLast)
    {
        var reader = new SequenceReader<byte>(buffer);
        reader.Advance(from);
        while (reader.TryAdvanceToAny([End, Start], advancePastDelimiter: false))
        {
            var at = reader.Consumed;
            if (Meaning(reader, isLast) is not { } mark)
            {
                return (Mark.None, at);
            }

            if (mark != Mark.None)
            {
                return (mark, at);
            }

            reader.Advance(1);
        }
        return (Mark.None, buffer.Length);
    }

    /// <summary>What the mark in hand means by what follows it; null while that has not come.</summary>
    private static Mark? Meaning(SequenceReader<byte> reader, bool isLast)
    {
        reader.TryRead(out var mark);
        Span<byte> next = stackalloc byte[(int)Math.Min(reader.Remaining, 3)];
        reader.TryCopyTo(next);
        return mark == End ? Ends(next, isLast) : Restarts(next, isLast);
    }

    private static Mark? Ends(ReadOnlySpan<byte> next, bool isLast) =>
        next switch
        {
            [(byte)'\r' or (byte)'\n' or Start, ..] => Mark.End,
            [] => isLast ? Mark.End : null,
            _ => Mark.None,
        };

    private static Mark? Restarts(ReadOnlySpan<byte> next, bool isLast) =>
        !"MSH"u8.StartsWith(next) || (next.Length < 3 && isLast) ? Mark.None
        : next.Length < 3 ? null
        : Mark.Restart;
}
