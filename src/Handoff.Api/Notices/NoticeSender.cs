using System.Text.Json;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Notices;

/// <summary>
/// What leaves the house: steps of an escalation, to the facility's webhook. A notice has opaque ids only, no name and no words; whoever
/// gets it opens
/// the link and signs in. Its id follows from the event, so a receiver that is called twice can tell.
/// </summary>
public sealed class NoticeSender(
    Log log,
    LogReader reader,
    Webhooks webhooks,
    IHttpClientFactory clients,
    TimeProvider clock,
    ILogger<NoticeSender> logger
)
{
    /// <summary>The name of the client that calls webhooks.</summary>
    public const string Client = "webhook";

    /// <summary>After so many tries the concern says that nobody has confirmed it; it is tried on.</summary>
    public const int TriesInQuiet = 3;

    /// <summary>
    /// Older than this when we come to it, nobody is called any more: who would come has come, or was called by telephone.
    /// </summary>
    private static readonly TimeSpan TooOld = TimeSpan.FromHours(1);

    /// <summary>Which events are told outside.</summary>
    public Departure Departure =>
        new(
            "notices",
            (facility, logged) => Leaves(facility, logged.Recorded) ? new Notify(facility, logged.Recorded.Stream, logged.Position) : null
        );

    /// <param name="attempt">From 1 on.</param>
    /// <exception cref="NoticeNotTakenException">The receiver did not take it.</exception>
    public async Task Send(Notify owed, int attempt, CancellationToken cancel)
    {
        var fact = (await reader.After(owed.Facility, owed.Position - 1, 1, cancel).FirstAsync(cancel)).Recorded;
        var concern = await log.State<Escalation>(owed.Facility, fact.Key, cancel);
        if (Step(fact) is not { } to || webhooks.ForFacility(owed.Facility) is not { } webhook || !concern.IsUnacknowledged())
        {
            return;
        }

        try
        {
            await Call(webhook, fact.Id.ToString(), Body(owed.Facility, fact, concern, to), cancel);
        }
        catch (NoticeNotTakenException failure)
        {
            logger.LogWarning("A notice of {Facility} was not taken, try {Attempt}: {Failure}", owed.Facility, attempt, failure.Message);
            if (attempt >= TriesInQuiet)
            {
                await Tell(owed.Facility, fact, to, failure.Message);
            }

            throw;
        }

        await Tell(owed.Facility, fact, to, null);
    }

    private bool Leaves(string facility, EventEnvelope fact) =>
        Step(fact) is not null && webhooks.ForFacility(facility) is not null && clock.GetUtcNow() - fact.At < TooOld;

    private static Role? Step(EventEnvelope fact) =>
        fact.Event switch
        {
            ConcernEscalated e => e.To,
            EscalationStepped e => e.To,
            _ => null,
        };

    private static string Body(string facility, EventEnvelope fact, Escalation concern, Role to) =>
        JsonSerializer.Serialize(
            new
            {
                type = "escalation.step",
                timestamp = fact.Event.OccurredAt,
                data = new
                {
                    facility,
                    unit = concern.Unit,
                    escalation = fact.Key,
                    stay = concern.Stay,
                    urgency = concern.Urgency,
                    to,
                    path = $"/escalations/{fact.Key}",
                },
            },
            EventTypeRegistry.Json
        );

    private async Task Call(Webhook webhook, string id, string body, CancellationToken cancel)
    {
        var sent = clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", sent);
        request.Headers.Add("webhook-signature", webhook.Sign(id, sent, body));
        using var client = clients.CreateClient(Client);
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            if (!answer.IsSuccessStatusCode)
            {
                throw new NoticeNotTakenException($"the paging service answered {(int)answer.StatusCode}");
            }
        }
        catch (HttpRequestException)
        {
            throw new NoticeNotTakenException("the paging service can't be reached");
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new NoticeNotTakenException("the paging service did not answer in time");
        }
    }

    private async Task Tell(string facility, EventEnvelope because, Role to, string? failure)
    {
        var request = NamedId.From("notice", because.Id.ToString("N"), failure is null ? "sent" : "failed");
        var answer = await log.Send(
            facility,
            new(
                new TellNotice(to, failure) { Key = because.Key },
                Actor.Clock,
                request,
                Source.System,
                Correlation: because.Envelope.Correlation,
                Causation: because.Id
            )
        );
        if (answer.Refusal is { } refusal)
        {
            logger.LogWarning("What became of a notice was refused on {Stream}: {Code}", answer.Stream, refusal.Code);
        }
    }
}
