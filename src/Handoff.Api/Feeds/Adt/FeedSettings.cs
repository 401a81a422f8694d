using Handoff.Api.Feeds.Hl7;
using Handoff.Api.Store;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Api.Feeds.Adt;

/// <summary>How each sender's messages are read, and what is learned of the sender on the way.</summary>
public sealed class FeedSettings(Log log, StateReader states, AdtSettings settings)
{
    private readonly SkewMeter meter = new();

    /// <summary>The sender's feed; one that was not heard of yet is as usual.</summary>
    internal async Task<Feed> ForMessage(string facility, ReceivedMessage arrival, CancellationToken cancel) =>
        await log.State<Feed>(facility, arrival.Feed.ToString(), cancel);

    /// <summary>Every feed that was heard or set up, by its sender.</summary>
    public async Task<IReadOnlyList<Feed>> All(string facility, CancellationToken cancel) =>
        [
            .. (await states.OfKind(facility, StateKind<Feed>.Name, cancel))
                .Select(saved => (Feed)saved.State)
                .Where(feed => feed.IsKnown)
                .OrderBy(feed => feed.Words(), StringComparer.OrdinalIgnoreCase),
        ];

    internal async Task<AdtPlaces> Places(string facility, Feed feed, CancellationToken cancel) =>
        new([.. (await states.OfKind(facility, StateKind<Unit>.Name, cancel)).Select(saved => (Unit)saved.State)], feed);

    /// <summary>The feed's own zone, else the service's, else that of the message's unit.</summary>
    internal TimeZoneInfo Zone(Hl7Message message, Feed feed, AdtPlaces places) =>
        feed.Zone is { } own && TimeZoneInfo.TryFindSystemTimeZoneById(own, out var zone) ? zone : settings.Zone ?? places.Zone(message);

    /// <summary>Remembers a sender that is heard for the first time.</summary>
    internal Task Hear(FeedContext courier, ReceivedMessage arrival, Feed feed) =>
        feed.IsKnown || !arrival.HasSender
            ? Task.CompletedTask
            : Send(courier, arrival, new HearFeed(arrival.Application, arrival.Facility), "known");

    /// <summary>Remembers places that no unit here has.</summary>
    internal async Task Hear(FeedContext courier, ReceivedMessage arrival, Feed feed, IReadOnlyList<string> elsewhere)
    {
        foreach (
            var place in elsewhere
                .Where(place => !feed.Heard.Any(heard => heard.Place.Equals(place, StringComparison.OrdinalIgnoreCase)))
                .Distinct()
        )
        {
            await Send(courier, arrival, new HearPlace(place), place);
        }
    }

    /// <summary>Measures the sender's clock by one message, and tells it where it has changed.</summary>
    internal async Task Measure(FeedContext courier, ReceivedMessage arrival, Feed feed, Hl7Time? sent, DateTimeOffset now)
    {
        if (
            sent is { Precision: >= TimePrecision.Minute } time
            && arrival.HasSender
            && meter.Measure(courier.Facility, arrival.Feed, time.At, now) is { } ahead
            && Math.Abs(ahead - feed.SecondsAhead) >= 60
        )
        {
            await Send(courier, arrival, new MeasureFeedClock(ahead), ahead.ToString());
        }
    }

    private Task<CommandResult> Send(FeedContext courier, ReceivedMessage arrival, Command<Feed> command, string what) =>
        log.Send(
            courier.Facility,
            new(
                command with
                {
                    Key = arrival.Feed.ToString(),
                },
                Actor.Clock,
                NamedId.From("feed-told", arrival.Id.ToString(), command.GetType().Name, what),
                Source.System,
                courier.Device,
                courier.Correlation
            )
        );
}
