using System.Text;
using System.Text.Json;
using Handoff.Domain.Kernel;
using Npgsql;
using NpgsqlTypes;

namespace Handoff.Api.Store;

/// <summary>The lines of an export, each checked as it is read.</summary>
internal sealed class ExportLines(Stream from) : IDisposable
{
    private readonly StreamReader reader = new(from, new UTF8Encoding(false, throwOnInvalidBytes: true), leaveOpen: true);
    private long number;
    private long last;

    public long Count { get; private set; }

    public void Dispose() => reader.Dispose();

    /// <returns>The facility.</returns>
    public async Task<string> Head(CancellationToken cancel)
    {
        var head = Read<TransferHead>(await Next(cancel));
        return head switch
        {
            { Format: not TransferHead.Name } or { Facility: null or "" } => throw Wrong("This is not an export of events."),
            { Version: not TransferHead.Current } => throw Wrong(
                $"The export has version {head.Version}; this one reads version {TransferHead.Current}."
            ),
            _ => head.Facility,
        };
    }

    public async IAsyncEnumerable<TransferLine> Events(
        Chain chain,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel
    )
    {
        while (true)
        {
            var text = await Next(cancel);
            if (text.StartsWith("{\"events\":", StringComparison.Ordinal))
            {
                await Check(Read<TransferEnd>(text), chain, cancel);
                yield break;
            }

            var line = Read<TransferLine>(text);
            Check(line, chain);
            Count++;
            yield return line;
        }
    }

    private void Check(TransferLine line, Chain chain)
    {
        if (line.StreamId is null || line.Type is null)
        {
            throw Wrong("The event has no stream or no type.");
        }

        if (line.SeqId <= last)
        {
            throw Wrong("The event stands before the one before it.");
        }

        last = line.SeqId;
        var proof =
            line.Headers is { ValueKind: JsonValueKind.Object } headers && headers.TryGetProperty("hash", out var hash)
                ? hash.GetString()
                : null;
        var row = new EventRow(
            line.SeqId,
            line.Id,
            line.StreamId,
            line.Version,
            line.Type,
            Encoding.UTF8.GetBytes(line.Data.GetRawText()),
            line.Timestamp.UtcDateTime,
            line.CorrelationId,
            line.CausationId,
            line.Headers is { } h ? Encoding.UTF8.GetBytes(h.GetRawText()) : null,
            line.UserName
        );
        if (proof != line.Hash || chain.Follows(row, proof) is false)
        {
            throw Wrong(
                "The event does not follow from its content, its time and the event before it. The export was changed, or is not whole."
            );
        }
    }

    private async Task Check(TransferEnd end, Chain chain, CancellationToken cancel)
    {
        if (end != new TransferEnd(Count, chain.Position, chain.Hash))
        {
            throw Wrong(
                $"The export says that it ends with {end.Events} events at position {end.Position}; it has {Count} and ends at "
                    + $"{chain.Position}."
            );
        }

        if (await reader.ReadLineAsync(cancel) is not null)
        {
            throw Wrong("Something follows after the end of the export.");
        }
    }

    private async Task<string> Next(CancellationToken cancel)
    {
        number++;
        try
        {
            return await reader.ReadLineAsync(cancel) ?? throw Wrong("The export is cut off here.");
        }
        catch (DecoderFallbackException)
        {
            throw Wrong("The line is not UTF-8.");
        }
    }

    private T Read<T>(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(line, TransferLine.Json) ?? throw Wrong("The line is empty.");
        }
        catch (Exception unfit) when (unfit is JsonException or InvalidOperationException)
        {
            // The parser's own message may quote what it stumbled over.
            throw Wrong("The line can't be read as JSON of this format.");
        }
    }

    private TransferException Wrong(string says) => new(says, number);
}
