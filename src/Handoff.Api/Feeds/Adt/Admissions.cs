using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Handoff.Api.Feeds.Hl7;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Npgsql;

namespace Handoff.Api.Feeds.Adt;

/// <summary>
/// The hospital's feed: each message is applied or held whole, and answered. The same bytes again get the same answer again;
/// a message that came before the one it needs is tried again when that has come.
/// </summary>
public sealed class Admissions(Log log, StateReader states, StayFinder stays, HeldMessages held, FeedSettings feeds, TimeProvider clock)
{
    private const int MostRounds = 3;

    // Who may send the feed may have done what its messages say; their key itself can do nothing of it.
    private static readonly HashSet<Permission> OfFeed = [Permission.SendFeed, Permission.MovePatients];

    /// <summary>
    /// Applies or keeps a message and returns its acknowledgement, in the sender's version and character set. A batch is unpacked: each of
    /// its messages is
    /// applied or kept by itself, and the answer is a batch of their acknowledgements.
    /// </summary>
    /// <param name="raw">Any bytes.</param>
    /// <param name="device">What the sender calls itself, for the log.</param>
    /// <exception cref="LogUnavailableException">Nothing was acknowledged; sending the same bytes again is safe.</exception>
    public async Task<byte[]> Receive(string facility, Actor actor, ReadOnlyMemory<byte> raw, string? device, CancellationToken cancel)
    {
        var courier = new FeedContext(
            facility,
            actor.May(Permission.SendFeed) ? actor with { Permissions = OfFeed } : actor,
            Source.Interface,
            device
        );
        try
        {
            if (Hl7Batch.Read(raw) is not { } batch)
            {
                return await Receive(courier, ReceivedMessage.Read(raw), cancel);
            }

            var answers = new List<byte[]>();
            foreach (var message in batch.Messages)
            {
                answers.Add(await Receive(courier, ReceivedMessage.Read(message), cancel));
            }

            return batch.Answer(answers, clock.GetUtcNow());
        }
        catch (Exception lost) when (lost is NpgsqlException or TimeoutException)
        {
            throw new LogUnavailableException("The log can't be read now.", lost);
        }
    }

    private async Task<byte[]> Receive(FeedContext courier, ReceivedMessage arrival, CancellationToken cancel)
    {
        var (id, isReused, before) = await Before(courier.Facility, arrival, cancel);
        if (before is not null)
        {
            return before;
        }

        courier = courier with { Correlation = id };
        var outcome = await Apply(courier, arrival, isAgain: false, cancel);
        outcome = isReused ? outcome with { Doubts = [.. outcome.Doubts, AdtFaults.ControlIdReused] } : outcome;

        // What waited for this message is tried before the message is kept: if this is interrupted, the message comes again, and so does
        // this.
        await TryAgain(courier, outcome.Woken, cancel);
        await Keep(courier, arrival, id, outcome);

        // What it waits for may have come while it was being held; then nobody else would try it again.
        await TryAgain(courier, outcome.MayBeEarly ? outcome.Visits : [], cancel);
        return await Kept(courier.Facility, id, cancel);
    }

    /// <summary>Sends a message's commands, without keeping the message.</summary>
    /// <param name="isAgain">It was held before: a rule that holds it for a person doesn't hold it again.</param>
    internal async Task<Outcome> Apply(FeedContext courier, ReceivedMessage arrival, bool isAgain, CancellationToken cancel)
    {
        var feed = await feeds.ForMessage(courier.Facility, arrival, cancel);
        var understood = await Understand(courier.Facility, arrival, feed, isAgain, cancel);
        if (!isAgain)
        {
            await feeds.Hear(courier, arrival, feed);
            await feeds.Measure(courier, arrival, feed, understood.SentAt, clock.GetUtcNow());
        }

        await feeds.Hear(courier, arrival, feed, understood.Plan?.Elsewhere ?? []);
        return understood.Settled ?? await Apply(courier, arrival, understood.Plan!, understood.Said!);
    }

    /// <summary>What a message comes to, before anything is done.</summary>
    internal async Task<Understood> Understand(string facility, ReceivedMessage arrival, Feed feed, bool isAgain, CancellationToken cancel)
    {
        if (arrival.Reading is not { Message: { } message })
        {
            return new(Outcome.Not([arrival.Reading.Fault!]));
        }

        var places = await feeds.Places(facility, feed, cancel);
        var zone = feeds.Zone(message, feed, places);
        var sent = Hl7Time.TryRead(message.Header.Msh[7].Text, zone, out var time) ? time : default(Hl7Time?);
        if (ByRule(message, feed, isAgain) is { } settled)
        {
            return new(settled, SentAt: sent);
        }

        var reading = AdtEvent.Read(message, zone, feed);
        if (reading.Event is not { } read)
        {
            return new(Outcome.Not(reading.Faults), SentAt: sent);
        }

        var said = InTime(read);
        var plan = await new AdtPlanner(facility, said, feed, places, new(zone), stays).Plan(cancel);
        return new(Settled(plan, said), plan, said, sent);
    }

    // Rules that need no more than the header.
    private static Outcome? ByRule(Hl7Message message, Feed feed, bool isAgain)
    {
        var code = AdtEvent.CodeOf(message);
        if (code is not null && !feed.Processing.Contains(message.Header.Msh[11].Text.Trim().ToUpperInvariant()))
        {
            return Outcome.Not([AdtFaults.ProcessingId]);
        }

        return (code is null ? FeedAction.Apply : feed.ActionOf(code), FeedTrigger.Parse(code)) switch
        {
            (FeedAction.Acknowledge, var known) => Outcome.Nothing($"{known?.Says ?? code}: nothing to do here."),
            (FeedAction.Hold, { IsRead: false } known) when isAgain => Outcome.Nothing($"{known.Says}: nothing to do here."),
            (FeedAction.Hold, { }) when !isAgain => Outcome.Not([AdtFaults.HeldByRule]),
            _ => null,
        };
    }

    private static Outcome? Settled(AdtPlan plan, AdtEvent said) =>
        plan switch
        {
            { Fault: { } fault } => Outcome.Not([fault], plan.Visits),
            { Why: { } why } => Outcome.Nothing(why, said.Doubts),
            _ => null,
        };

    // A clock may be a little ahead of ours. Nothing happens before its time here: it happened when we heard of it, and what the sender
    // said is kept beside it.
    private AdtEvent InTime(AdtEvent said)
    {
        var now = clock.GetUtcNow();
        return said.OccurredAt.At > now && said.OccurredAt.At <= now + Feed.MostAhead
            ? said with
            {
                OccurredAt = said.OccurredAt with { At = now.ToOffset(said.OccurredAt.At.Offset) },
                Ahead = said.OccurredAt.At,
                Doubts = [.. said.Doubts, AdtFaults.ClockAhead],
            }
            : said;
    }

    /// <summary>Who a message says that its patients are; none where that can't be read.</summary>
    internal async Task<IReadOnlyList<Identity>> Identities(string facility, ReceivedMessage arrival, CancellationToken cancel)
    {
        var feed = await feeds.ForMessage(facility, arrival, cancel);
        return await Read(facility, arrival, feed, cancel) is { } said
            ? [.. said.Subjects.Select(subject => AdtIdentity.ForSubject(subject, feed))]
            : [];
    }

    /// <summary>
    /// Tries the messages that came too early for these stays or patients once more, in the order in which what they say happened.
    /// </summary>
    internal async Task TryAgain(FeedContext courier, IReadOnlyList<Guid> woken, CancellationToken cancel)
    {
        for (var round = 0; round < MostRounds && woken.Count > 0 && await TryOnce(courier, woken, cancel); round++) { }
    }

    private async Task<(Guid Id, bool IsReused, byte[]? Ack)> Before(string facility, ReceivedMessage arrival, CancellationToken cancel)
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

    private async Task<Outcome> Apply(FeedContext courier, ReceivedMessage arrival, AdtPlan plan, AdtEvent said)
    {
        foreach (var (index, step) in plan.Steps.Index())
        {
            if ((await Send(courier, step.Command, Request(arrival, step.Command, index))).Refusal is { } refusal)
            {
                return Outcome.Not([AdtFaults.FromRefusal(refusal, step)], plan.Visits);
            }
        }

        Guid[] concerned = [.. plan.Steps.Select(step => step.Stay).Distinct()];
        return new(
            concerned,
            [.. concerned, .. said.Subjects.Select(subject => StayFinder.PatientId(subject.Patient.Mrn))],
            [],
            said.Doubts,
            [],
            Said: said.Ahead
        );
    }

    private async Task<bool> TryOnce(FeedContext courier, IReadOnlyList<Guid> woken, CancellationToken cancel)
    {
        var waiting = await held.Waiting(courier.Facility, woken, cancel);
        if (waiting.Count == 0)
        {
            return false;
        }

        var applied = false;
        var arrivals = new List<(FeedMessage Message, ReceivedMessage Arrival, DateTimeOffset Occurred)>();
        foreach (var message in waiting)
        {
            var arrival = ReceivedMessage.Read(Convert.FromBase64String(message.Raw!));
            arrivals.Add((message, arrival, await Occurred(courier.Facility, arrival, cancel)));
        }

        foreach (var (message, arrival, _) in arrivals.OrderBy(one => one.Occurred))
        {
            var outcome = await Apply(courier with { Correlation = Guid.Parse(message.Id) }, arrival, isAgain: true, cancel);
            if (outcome.IsApplied)
            {
                await Send(
                    courier with
                    {
                        Actor = Actor.Clock,
                        Source = Source.System,
                    },
                    new ReleaseMessage(null, outcome.Concerns) { Key = message.Id },
                    NamedId.From("released", message.Id)
                );
                applied = true;
            }
        }

        return applied;
    }

    private async Task Keep(FeedContext courier, ReceivedMessage arrival, Guid id, Outcome outcome)
    {
        var ack = Convert.ToBase64String(Acknowledge(arrival, id, outcome));
        var (sender, control, trigger, digest) = (arrival.Sender, arrival.ControlId, arrival.Trigger, arrival.Digest);
        Command<FeedMessage> keep = outcome switch
        {
            { IsApplied: true, Why: { } why } => new PassMessage(sender, control, trigger, ack, why, digest),
            { IsApplied: true } => new KeepApplied(sender, control, trigger, ack, outcome.Concerns, digest, outcome.Said),
            _ => new HoldMessage(
                sender,
                control,
                trigger,
                Convert.ToBase64String(arrival.Raw.Span),
                outcome.Faults[0].AsHeld(),
                ack,
                Nth(outcome.Visits, 0),
                digest,
                Nth(outcome.Visits, 1)
            ),
        };
        await Send(courier, keep with { Key = id.ToString() }, NamedId.From("kept", id.ToString(), arrival.Digest));
    }

    private static Guid? Nth(IReadOnlyList<Guid> visits, int index) => visits.Count > index ? visits[index] : null;

    // The same message may have come twice at the same time; both get the answer that was kept.
    private async Task<byte[]> Kept(string facility, Guid id, CancellationToken cancel) =>
        (await Message(facility, id, cancel)).Ack is { } ack
            ? Convert.FromBase64String(ack)
            : throw new LogUnavailableException("The message could not be kept.");

    private byte[] Acknowledge(ReceivedMessage arrival, Guid id, Outcome outcome)
    {
        var (now, control) = (clock.GetUtcNow(), NamedId.From("ack", id.ToString()).ToString("N")[..20]);
        return outcome.IsApplied
            ? Acknowledgement.Accept(arrival.Header, now, control, outcome.Doubts)
            : Acknowledgement.Refuse(arrival.Header, now, control, outcome.Faults);
    }

    private async Task<DateTimeOffset> Occurred(string facility, ReceivedMessage arrival, CancellationToken cancel) =>
        (await Read(facility, arrival, await feeds.ForMessage(facility, arrival, cancel), cancel))?.OccurredAt.At
        ?? DateTimeOffset.MaxValue;

    private async Task<AdtEvent?> Read(string facility, ReceivedMessage arrival, Feed feed, CancellationToken cancel) =>
        arrival.Reading.Message is { } message
            ? AdtEvent.Read(message, feeds.Zone(message, feed, await feeds.Places(facility, feed, cancel)), feed).Event
            : null;

    private Task<CommandResult> Send(FeedContext courier, ICommand command, Guid request) =>
        log.Send(courier.Facility, new(command, courier.Actor, request, courier.Source, courier.Device, courier.Correlation));

    // What is asked is part of the id: if the same message is understood differently later, that is decided anew.
    private static Guid Request(ReceivedMessage arrival, Command<Stay> command, int index) =>
        NamedId.From(
            "adt",
            arrival.Id.ToString(),
            arrival.Digest,
            index.ToString(),
            command.GetType().Name,
            Convert.ToHexString(
                SHA256.HashData(
                    Encoding.UTF8.GetBytes(command.Stream + JsonSerializer.Serialize(command, command.GetType(), EventTypeRegistry.Json))
                )
            )
        );

    private async Task<FeedMessage> Message(string facility, Guid id, CancellationToken cancel)
    {
        var stream = StreamId.For(StateKind<FeedMessage>.Name, id);
        return (FeedMessage)(await states.Load(facility, [stream], cancel))[stream].State;
    }
}
