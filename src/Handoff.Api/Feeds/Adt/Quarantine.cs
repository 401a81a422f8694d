using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Api.Feeds.Adt;

/// <summary>The messages that could not be applied, for the people who mend them.</summary>
public sealed class Quarantine(HeldMessages held, Admissions admissions, StateReader states, Log log, AccessLog reads)
{
    public const int MostOnPage = 100;

    private static readonly Fault NotHeld = new(
        "message-not-held",
        null,
        null,
        "The message is not held any more: it was applied, or set aside."
    );

    /// <summary>What is held, the newest first.</summary>
    /// <param name="before">The position of the last one of the page before.</param>
    /// <param name="cause">Only what is held for this cause; null for all.</param>
    public Task<IReadOnlyList<HeldMessage>> List(Caller caller, long? before, int? most, CancellationToken cancel, string? cause = null) =>
        held.Page(caller.Facility, before ?? long.MaxValue, Math.Clamp(most ?? MostOnPage, 1, MostOnPage), cancel, cause);

    /// <summary>How many messages are held.</summary>
    public Task<long> Count(Caller caller, CancellationToken cancel) => held.Count(caller.Facility, cancel);

    /// <summary>One held message with its text, which is a look at a patient's data and recorded as such; null if it isn't held.</summary>
    public async Task<HeldWhole?> Open(Caller caller, Guid id, CancellationToken cancel)
    {
        if (await Message(caller.Facility, id, cancel) is not { Standing: MessageStanding.Held } message)
        {
            return null;
        }

        Guid[] stays = [.. new[] { message.Visit, message.OtherVisit }.OfType<Guid>()];
        await reads.Record(caller, AccessPurpose.FeedMessage, null, stays, cancel);
        var arrival = ReceivedMessage.Read(Convert.FromBase64String(message.Raw!));
        var (says, here) = await TwoOf(caller, message, arrival, stays, cancel);
        return new(
            message.Id,
            message.Sender,
            message.ControlId,
            message.Trigger,
            message.ReceivedAt!.Value,
            message.Fault!,
            arrival.Text,
            ReceivedMessage.Read(Convert.FromBase64String(message.Ack!)).Text,
            message.Visit,
            says,
            here
        );
    }

    /// <summary>Why messages are held, and how many for each cause, the most frequent first.</summary>
    public Task<IReadOnlyList<HeldCause>> Causes(Caller caller, CancellationToken cancel) => held.Causes(caller.Facility, cancel);

    /// <summary>
    /// Sets aside every message that is held for one cause, each with the reason; those that came after the position stay.
    /// </summary>
    /// <param name="upTo">The position of the newest message that the person has seen counted.</param>
    /// <returns>How many were set aside, or the refusal of the first.</returns>
    public async Task<(SetAside Done, Refusal? Refusal)> SetAsideAll(
        Caller caller,
        string cause,
        string? reason,
        long? upTo,
        CancellationToken cancel
    )
    {
        var done = 0;
        for (
            var before = (upTo ?? long.MaxValue - 1) + 1;
            await held.Page(caller.Facility, before, MostOnPage, cancel, cause) is { Count: > 0 } page;
            before = page[^1].Position
        )
        {
            foreach (var message in page)
            {
                var answer = await log.Send(
                    caller.Facility,
                    new(
                        new DismissMessage(reason) { Key = message.Id },
                        caller.Actor,
                        Guid.CreateVersion7(),
                        caller.Source,
                        caller.Origin.Device,
                        caller.Correlation
                    )
                );

                // One that was applied meanwhile needs nobody any more.
                if (answer.Refusal is { Code: not "message-not-held" } refusal)
                {
                    return (new(done), refusal);
                }

                done += answer.Refusal is null ? 1 : 0;
            }
        }

        return (new(done), null);
    }

    // The patient of the message who does not agree, and whose the visit is.
    private async Task<(Identity? Says, Identity? Here)> TwoOf(
        Caller caller,
        FeedMessage message,
        ReceivedMessage arrival,
        Guid[] stays,
        CancellationToken cancel
    )
    {
        if (message.Fault is not { Code: "patient-mismatch" })
        {
            return (null, null);
        }

        foreach (var (told, stay) in (await admissions.Identities(caller.Facility, arrival, cancel)).Zip(stays))
        {
            var here = await log.State<Stay>(caller.Facility, stay.ToString(), cancel);
            if (here.IsKnown() && !told.IsOf(here))
            {
                return (told, new([.. here.KnownBy()], here.Patient.Family, here.Patient.Given, here.Patient.Born));
            }
        }

        return (null, null);
    }

    /// <summary>
    /// Tries a message as a person has typed it; see <see cref="Replay(Caller, Guid, ReadOnlyMemory{byte}?, CancellationToken)"/>.
    /// </summary>
    /// <param name="mended">Any line ends; null or blank to try it as it came.</param>
    public Task<Replayed?> Replay(Caller caller, Guid id, string? mended, CancellationToken cancel) =>
        Replay(caller, id, string.IsNullOrWhiteSpace(mended) ? default(ReadOnlyMemory<byte>?) : ReceivedMessage.Bytes(mended), cancel);

    /// <summary>
    /// Tries a held message again, as it came or mended, in the caller's name. What still has a fault stays held as it was; null if there
    /// is no such message.
    /// </summary>
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

    private async Task<Replayed> Replay(Caller caller, FeedMessage message, ReadOnlyMemory<byte>? mended, CancellationToken cancel)
    {
        var courier = new FeedContext(caller.Facility, caller.Actor, caller.Source, caller.Origin.Device, caller.Correlation);
        var outcome = await admissions.Apply(
            courier,
            ReceivedMessage.Read(mended ?? Convert.FromBase64String(message.Raw!)),
            isAgain: true,
            cancel
        );
        if (!outcome.IsApplied)
        {
            return new([], outcome.Faults[0].AsHeld());
        }

        var corrected = mended is { } bytes ? Convert.ToBase64String(bytes.Span) : null;
        var released = await log.Send(
            caller.Facility,
            new(
                new ReleaseMessage(corrected, outcome.Concerns) { Key = message.Id },
                caller.Actor,
                Guid.CreateVersion7(),
                caller.Source,
                caller.Origin.Device,
                caller.Correlation
            )
        );
        if (released.Refusal is { } refusal)
        {
            return new([], new(refusal.Code, null, null, refusal.Says));
        }

        await admissions.TryAgain(courier, outcome.Woken, cancel);
        return new(outcome.Concerns);
    }

    private async Task<FeedMessage> Message(string facility, Guid id, CancellationToken cancel)
    {
        var stream = StreamId.For(StateKind<FeedMessage>.Name, id);
        return (FeedMessage)(await states.Load(facility, [stream], cancel))[stream].State;
    }
}
