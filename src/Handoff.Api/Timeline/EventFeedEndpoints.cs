using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Handoff.Api.Access;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Handoff.Api.Timeline;

/// <summary>Events for machines that keep up: page by page, waiting for the next, or as a stream.</summary>
public static class EventFeedEndpoints
{
    private const int LongestWait = 30;

    /// <summary>
    /// How long a stream is silent at most: whoever listens learns that the line stands, and who may no longer is cut off.
    /// </summary>
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    public static void MapEventFeed(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/events", Events)
            .WithTags("Events")
            .WithName("ReadEvents")
            .WithSummary("The log's events of the caller's units, in its order, after a position")
            .WithDescription(
                "Ask again after `next`. `wait` (seconds, at most 30) holds the answer until something comes. With `Accept: "
                    + "text/event-stream` "
                    + "they come as server-sent events whose id is the position, so that a client that lost the line goes on where it was. "
                    + "Without `after` it begins with what comes from now on."
            )
            .RequirePermission(Permission.ReadStay)
            .Produces<EventPage>()
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<IResult> Events(
        string? after,
        string? wait,
        string? limit,
        HttpContext context,
        Caller caller,
        EventFeed feed,
        Callers callers,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var (from, wrong) = Number(
            context.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } last] ? last : after,
            "after",
            long.MaxValue
        );
        var (seconds, tooLong) = Number(wait, "wait", LongestWait);
        var (most, tooMany) = Number(limit, "limit", EventFeed.Most);
        if ((wrong ?? tooLong ?? tooMany) is { } refusal)
        {
            return refusal.Problem();
        }

        var position = from ?? await feed.Head(caller.Facility, cancel);
        var count = (int)Math.Max(1, most ?? EventFeed.Most);
        if (context.Request.Headers.Accept.ToString().Contains("text/event-stream", StringComparison.OrdinalIgnoreCase))
        {
            return TypedResults.ServerSentEvents(Stream(context, feed, callers, position, count, clock, cancel));
        }

        return Results.Ok(
            seconds is > 0 and var patience
                ? await feed.Wait(caller, position, count, TimeSpan.FromSeconds(patience), clock, cancel)
                : await feed.After(caller, position, count, cancel)
        );
    }

    // Who asks is looked up again each time: an account that has ended hears nothing more.
    private static async IAsyncEnumerable<SseItem<FeedEvent?>> Stream(
        HttpContext context,
        EventFeed feed,
        Callers callers,
        long position,
        int most,
        TimeProvider clock,
        [EnumeratorCancellation] CancellationToken cancel
    )
    {
        while (
            await callers.ForUser(context.User, Origin.FromRequest(context), cancel) is { } caller && caller.Actor.May(Permission.ReadStay)
        )
        {
            var page = await feed.Wait(caller, position, most, Beat, clock, cancel);
            foreach (var one in page.Events)
            {
                yield return new(one, one.Type) { EventId = one.Position.ToString(CultureInfo.InvariantCulture) };
            }

            if (page.Events.Count == 0)
            {
                yield return new(null, "beat") { EventId = page.Next.ToString(CultureInfo.InvariantCulture) };
            }

            position = page.Next;
        }
    }

    private static (long? Value, Refusal? Wrong) Number(string? text, string field, long most) =>
        text is null ? (null, null)
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= most ? (value, null)
        : (
            null,
            Refusal.Invalid("number-invalid", $"Give {field} as a whole number{(most < long.MaxValue ? $" up to {most}" : "")}.", field)
        );
}
