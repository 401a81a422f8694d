using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Handoff.Api.Store;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Npgsql;

namespace Handoff.Api.Adt;

/// <summary>Who brings a message, for which facility, and how.</summary>
sealed record Courier(string Facility, Actor Actor, Source Source, string? Device, Guid? Correlation = null);

/// <summary>What became of a message: applied to these stays, or not for these faults.</summary>
/// <param name="Woken">The stays and patients of whom something is known now that was not before.</param>
/// <param name="Visits">The stays, or patients, that a message with faults waits for.</param>
sealed record Outcome(IReadOnlyList<Guid> Concerns, IReadOnlyList<Guid> Woken, IReadOnlyList<Hl7Fault> Faults, IReadOnlyList<Hl7Fault> Doubts, IReadOnlyList<Guid> Visits)
{
    internal bool IsApplied => Faults.Count == 0;

    internal bool MayBeEarly => Faults.Any(fault => AdtFaults.OfOrder.Contains(fault.Code));

    internal static Outcome Not(IReadOnlyList<Hl7Fault> faults, params IReadOnlyList<Guid> visits) => new([], [], faults, [], visits);
}

/// <summary>
/// The hospital's feed: each message is applied or held whole, and answered. The same bytes again get the same answer again;
/// a message that came before the one it needs is tried again when that has come.
/// </summary>
public sealed class Admissions(
    Log log, StateReader states, StayFinder stays, HeldMessages held, AdtSettings settings, TimeProvider clock)
{
    const int MostRounds = 3;

    /// <summary>Applies or keeps a message and returns its acknowledgement, in the sender's version and character set.</summary>
    /// <param name="raw">Any bytes.</param>
    /// <param name="device">What the sender calls itself, for the log.</param>
    /// <exception cref="LogUnavailableException">Nothing was acknowledged; sending the same bytes again is safe.</exception>
    public async Task<byte[]> Receive(string facility, Actor actor, ReadOnlyMemory<byte> raw, string? device, CancellationToken cancel)
    {
        var arrival = Arrival.Of(raw);
        try
        {
            return await Receive(new(facility, actor, Source.Interface, device), arrival, cancel);
        }
        catch (Exception lost) when (lost is NpgsqlException or TimeoutException)
        {
            throw new LogUnavailableException("The log can't be read now.", lost);
        }
    }

    async Task<byte[]> Receive(Courier courier, Arrival arrival, CancellationToken cancel)
    {
        var (id, isReused, before) = await Before(courier.Facility, arrival, cancel);
        if (before is not null)
        {
            return before;
        }

        courier = courier with { Correlation = id };
        var outcome = isReused ? Outcome.Not([AdtFaults.ControlIdReused]) : await Apply(courier, arrival, cancel);

        // What waited for this message is tried before the message is kept: if this is interrupted, the message comes again, and so does this.
        await TryAgain(courier, outcome.Woken, cancel);
        await Keep(courier, arrival, id, outcome);

        // What it waits for may have come while it was being held; then nobody else would try it again.
        await TryAgain(courier, outcome.MayBeEarly ? outcome.Visits : [], cancel);
        return await Kept(courier.Facility, id, cancel);
    }

    /// <summary>Sends a message's commands, without keeping the message.</summary>
    internal async Task<Outcome> Apply(Courier courier, Arrival arrival, CancellationToken cancel)
    {
        if (arrival.Reading is not { Message: { } message })
        {
            return Outcome.Not([arrival.Reading.Fault!]);
        }

        var places = await Places(courier.Facility, cancel);
        var reading = AdtEvent.Read(message, Zone(message, places));
        return reading.Event is { } said
            ? await Apply(courier, arrival, await AdtPlan.Of(courier.Facility, said, places, new(Zone(message, places)), stays, cancel), said)
            : Outcome.Not(reading.Faults);
    }

    /// <summary>Tries the messages that came too early for these stays or patients once more, in the order in which what they say happened.</summary>
    internal async Task TryAgain(Courier courier, IReadOnlyList<Guid> woken, CancellationToken cancel)
    {
        for (var round = 0; round < MostRounds && woken.Count > 0 && await TryOnce(courier, woken, cancel); round++)
        {
        }
    }

    async Task<(Guid Id, bool IsReused, byte[]? Ack)> Before(string facility, Arrival arrival, CancellationToken cancel)
    {
        var (first, own) = (await Message(facility, arrival.Id, cancel), await Message(facility, arrival.IdOfItsOwn, cancel));
        return (first, own) switch
        {
            ({ Standing: MessageStanding.Unknown }, _) => (arrival.Id, false, null),
            ({ Ack: { } ack }, _) when first.Digest == arrival.Digest => (arrival.Id, false, Convert.FromBase64String(ack)),
            (_, { Ack: { } ack }) => (arrival.IdOfItsOwn, true, Convert.FromBase64String(ack)),
            _ => (arrival.IdOfItsOwn, true, null),
        };
    }

    async Task<Outcome> Apply(Courier courier, Arrival arrival, AdtPlan plan, AdtEvent said)
    {
        if (plan.Fault is { } fault)
        {
            return Outcome.Not([fault], plan.Visits);
        }

        foreach (var (index, step) in plan.Steps.Index())
        {
            if ((await Send(courier, step.Command, Request(arrival, step.Command, index))).Refusal is { } refusal)
            {
                return Outcome.Not([AdtFaults.Of(refusal, step)], plan.Visits);
            }
        }

        Guid[] concerned = [.. plan.Steps.Select(step => step.Stay).Distinct()];
        return new(concerned, [.. concerned, .. said.Subjects.Select(subject => StayFinder.PatientId(subject.Patient.Mrn))], [], said.Doubts, []);
    }

    async Task<bool> TryOnce(Courier courier, IReadOnlyList<Guid> woken, CancellationToken cancel)
    {
        var waiting = await held.Waiting(courier.Facility, woken, cancel);
        if (waiting.Count == 0)
        {
            return false;
        }

        var places = await Places(courier.Facility, cancel);
        var applied = false;
        foreach (var (message, arrival) in waiting.Select(message => (message, Arrival.Of(Convert.FromBase64String(message.Raw!)))).OrderBy(one => Occurred(one.Item2, places)))
        {
            var outcome = await Apply(courier with { Correlation = Guid.Parse(message.Id) }, arrival, cancel);
            if (outcome.IsApplied)
            {
                await Send(
                    courier with { Actor = Actor.Clock, Source = Source.System },
                    new ReleaseMessage(null, outcome.Concerns) { Key = message.Id }, NamedId.From("released", message.Id));
                applied = true;
            }
        }

        return applied;
    }

    async Task Keep(Courier courier, Arrival arrival, Guid id, Outcome outcome)
    {
        var ack = Convert.ToBase64String(Acknowledge(arrival, id, outcome));
        var (sender, control, trigger, digest) = (arrival.Sender, arrival.ControlId, arrival.Trigger, arrival.Digest);
        ICommand keep = outcome.IsApplied
            ? new KeepApplied(sender, control, trigger, ack, outcome.Concerns, digest) { Key = id.ToString() }
            : new HoldMessage(
                sender, control, trigger, Convert.ToBase64String(arrival.Raw.Span), outcome.Faults[0].AsHeld(), ack, Nth(outcome.Visits, 0), digest, Nth(outcome.Visits, 1))
            {
                Key = id.ToString(),
            };
        await Send(courier, keep, NamedId.From("kept", id.ToString(), arrival.Digest));
    }

    static Guid? Nth(IReadOnlyList<Guid> visits, int index) => visits.Count > index ? visits[index] : null;

    // The same message may have come twice at the same time; both get the answer that was kept.
    async Task<byte[]> Kept(string facility, Guid id, CancellationToken cancel) => (await Message(facility, id, cancel)).Ack is { } ack
        ? Convert.FromBase64String(ack)
        : throw new LogUnavailableException("The message could not be kept.");

    byte[] Acknowledge(Arrival arrival, Guid id, Outcome outcome)
    {
        var (now, control) = (clock.GetUtcNow(), NamedId.From("ack", id.ToString()).ToString("N")[..20]);
        return outcome.IsApplied
            ? Acknowledgement.Accept(arrival.Header, now, control, outcome.Doubts)
            : Acknowledgement.Refuse(arrival.Header, now, control, outcome.Faults);
    }

    TimeZoneInfo Zone(Hl7Message message, AdtPlaces places) => settings.Zone ?? places.Zone(message);

    DateTimeOffset Occurred(Arrival arrival, AdtPlaces places) =>
        arrival.Reading.Message is { } message && AdtEvent.Read(message, Zone(message, places)).Event is { } said ? said.OccurredAt.At : DateTimeOffset.MaxValue;

    Task<Answer> Send(Courier courier, ICommand command, Guid request) =>
        log.Send(courier.Facility, new(command, courier.Actor, request, courier.Source, courier.Device, courier.Correlation));

    // What is asked is part of the id: if the same message is understood differently later, that is decided anew.
    static Guid Request(Arrival arrival, ICommand command, int index) => NamedId.From(
        "adt", arrival.Id.ToString(), arrival.Digest, index.ToString(), command.GetType().Name,
        Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(command.Stream + JsonSerializer.Serialize(command, command.GetType(), Names.Json)))));

    async Task<FeedMessage> Message(string facility, Guid id, CancellationToken cancel)
    {
        var stream = StreamId.For(StateKind<FeedMessage>.Name, id);
        return (FeedMessage)(await states.Load(facility, [stream], cancel))[stream].State;
    }

    async Task<AdtPlaces> Places(string facility, CancellationToken cancel) =>
        new([.. (await states.OfKind(facility, StateKind<Unit>.Name, cancel)).Select(saved => (Unit)saved.State)]);
}
