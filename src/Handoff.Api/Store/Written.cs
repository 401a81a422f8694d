using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Store;

/// <summary>A decision as it is written: its events' columns, and its state's. Made before the batch is, so that what can't be written fails alone.</summary>
internal sealed record Written(WrittenEvent[] Events, byte[] State, string? Unit, Guid? Stay, DateTime? Due, Finding By)
{
    private static readonly ConcurrentDictionary<Type, string> DotnetTypes = new();

    public static Written Of(Append append, Names names) => new(
        [.. append.Events.Select((e, i) => Event(append, e, i, names))],
        Names.Encode(append.After), append.After.OnUnit(), append.After.OfStay(), DueOf(append.After), append.After.FoundBy());

    /// <summary>When a state is due next (UTC), in the database's microseconds.</summary>
    public static DateTime? DueOf(State state) => state.Deadlines().Select(d => (DateTime?)Micro(d.Due.UtcDateTime)).Min();

    /// <summary>What a state is found by, as it stands in its columns.</summary>
    /// <param name="position">The state's own: a held message is found by when it was held.</param>
    public static (string? Mrn, long? Held, string? Day) FoundBy(State state, long position)
    {
        var by = state.FoundBy();
        return (by.Mrn, by.IsHeld ? position : null, Iso(by.Day));
    }

    public static string? Iso(DateOnly? day) => day?.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>What a request asked for, so that its id used again for something else is noticed.</summary>
    public static string Digest(ICommand command) => Convert.ToHexStringLower(
        SHA256.HashData([.. Encoding.UTF8.GetBytes(command.Stream), .. JsonSerializer.SerializeToUtf8Bytes(command, command.GetType(), Names.Json)]).AsSpan(0, 8));

    private static WrittenEvent Event(Append append, Recorded recorded, int index, Names names)
    {
        var command = append.Pending.Sent.Command;
        var type = names.Of(recorded.Event);
        var json = Names.Encode(recorded.Event);
        var headers = (index == 0
            ? Headers.For(recorded.Envelope, recorded.Event, command.GetType().Name, Digest(command), append.Events.Count)
            : Headers.For(recorded.Envelope, recorded.Event, null, null, null)).Encode();
        var version = append.Before.Version + index + 1;
        var correlation = recorded.Envelope.Correlation.ToString("D");
        var causation = recorded.Envelope.Causation?.ToString("D");
        var content = Canonical.Content(recorded.Id, recorded.Stream, version, type, json, headers, recorded.By.Name, correlation, causation);
        return new(recorded, version, type, DotnetType(recorded.Event.GetType()), json, headers, correlation, causation, content);
    }

    private static string DotnetType(Type type) => DotnetTypes.GetOrAdd(type, t => $"{t.FullName}, {t.Assembly.GetName().Name}");

    private static DateTime Micro(DateTime time) => time.AddTicks(-(time.Ticks % TimeSpan.TicksPerMicrosecond));
}

/// <param name="Content">What the chain holds of it.</param>
internal sealed record WrittenEvent(
    Recorded Recorded, long Version, string Type, string DotnetType, byte[] Json, byte[] Headers, string Correlation, string? Causation, byte[] Content);
