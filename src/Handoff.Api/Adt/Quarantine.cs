using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Adt;

/// <summary>A held message, whole, for the person who mends it.</summary>
/// <param name="Text">The message in its own character set; segments end as they were sent, mostly in CR.</param>
/// <param name="Answer">The acknowledgement that the sender got.</param>
/// <param name="Visit">The stay, or the patient, that it waits for, where that could be read.</param>
public sealed record HeldWhole(
    string Id, string Sender, string ControlId, string Trigger, DateTimeOffset ReceivedAt, Fault Fault, string Text, string Answer, Guid? Visit);

/// <summary>What became of trying a held message again: applied to these stays, or still held for this fault.</summary>
public sealed record Replayed(IReadOnlyList<Guid> Concerns, Fault? Fault = null);

/// <summary>The messages that could not be applied, for the people who mend them.</summary>
public sealed class Quarantine(HeldMessages held, Admissions admissions, StateReader states, Log log, AccessLog reads)
{
    public const int MostOnPage = 100;

    static readonly Fault NotHeld = new("message-not-held", null, null, "The message is not held any more: it was applied, or set aside.");

    /// <summary>What is held, the newest first.</summary>
    /// <param name="before">The position of the last one of the page before.</param>
    public Task<IReadOnlyList<HeldMessage>> List(Caller caller, long? before, int? most, CancellationToken cancel) =>
        held.Page(caller.Facility, before ?? long.MaxValue, Math.Clamp(most ?? MostOnPage, 1, MostOnPage), cancel);

    /// <summary>How many messages are held.</summary>
    public Task<long> Count(Caller caller, CancellationToken cancel) => held.Count(caller.Facility, cancel);

    /// <summary>One held message with its text, which is a look at a patient's data and recorded as such; null if it isn't held.</summary>
    public async Task<HeldWhole?> Open(Caller caller, Guid id, CancellationToken cancel)
    {
        if (await Message(caller.Facility, id, cancel) is not { Standing: MessageStanding.Held } message)
        {
            return null;
        }

        await reads.Record(caller, Look.FeedMessage, null, [.. new[] { message.Visit, message.OtherVisit }.OfType<Guid>()], cancel);
        return new(
            message.Id, message.Sender, message.ControlId, message.Trigger, message.ReceivedAt!.Value, message.Fault!,
            Arrival.Of(Convert.FromBase64String(message.Raw!)).Text, Arrival.Of(Convert.FromBase64String(message.Ack!)).Text, message.Visit);
    }

    /// <summary>Tries a message as a person has typed it; see <see cref="Replay(Caller, Guid, ReadOnlyMemory{byte}?, CancellationToken)"/>.</summary>
    /// <param name="mended">Any line ends; null or blank to try it as it came.</param>
    public Task<Replayed?> Replay(Caller caller, Guid id, string? mended, CancellationToken cancel) =>
        Replay(caller, id, string.IsNullOrWhiteSpace(mended) ? default(ReadOnlyMemory<byte>?) : Arrival.Bytes(mended), cancel);

    /// <summary>Tries a held message again, as it came or mended, in the caller's name. What still has a fault stays held as it was; null if there is no such message.</summary>
    public async Task<Replayed?> Replay(Caller caller, Guid id, ReadOnlyMemory<byte>? mended, CancellationToken cancel)
    {
        var message = await Message(caller.Facility, id, cancel);
        return message.Standing switch
        {
            MessageStanding.Unknown => null,
            MessageStanding.Held => await Replay(caller, message, mended, cancel),
            _ => new([], NotHeld),
        };
    }

    async Task<Replayed> Replay(Caller caller, FeedMessage message, ReadOnlyMemory<byte>? mended, CancellationToken cancel)
    {
        var courier = new Courier(caller.Facility, caller.Actor, caller.Source, caller.Origin.Device, caller.Correlation);
        var outcome = await admissions.Apply(courier, Arrival.Of(mended ?? Convert.FromBase64String(message.Raw!)), cancel);
        if (!outcome.IsApplied)
        {
            return new([], outcome.Faults[0].AsHeld());
        }

        var corrected = mended is { } bytes ? Convert.ToBase64String(bytes.Span) : null;
        var released = await log.Send(caller.Facility, new(
            new ReleaseMessage(corrected, outcome.Concerns) { Key = message.Id }, caller.Actor, Guid.CreateVersion7(),
            caller.Source, caller.Origin.Device, caller.Correlation));
        if (released.Refusal is { } refusal)
        {
            return new([], new(refusal.Code, null, null, refusal.Says));
        }

        await admissions.TryAgain(courier, outcome.Woken, cancel);
        return new(outcome.Concerns);
    }

    async Task<FeedMessage> Message(string facility, Guid id, CancellationToken cancel)
    {
        var stream = StreamId.For(StateKind<FeedMessage>.Name, id);
        return (FeedMessage)(await states.Load(facility, [stream], cancel))[stream].State;
    }
}
