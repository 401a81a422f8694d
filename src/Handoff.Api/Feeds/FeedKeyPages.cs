using Handoff.Api.Access;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Web.Feeds;
using Handoff.Web.Layout;

namespace Handoff.Api.Feeds;

/// <summary>The pages about feeds' keys.</summary>
public sealed class FeedKeyPages(Log log, FeedKeys keys, PageContexts frames)
{
    internal async Task<IResult> OfFeed(
        HttpContext context,
        Caller caller,
        Guid feed,
        Guid? revoked,
        MadeKey? made = null,
        FormResult? handled = null
    )
    {
        var known = await log.State<Feed>(caller.Facility, feed.ToString(), context.RequestAborted);
        if (!known.IsKnown)
        {
            return Results.NotFound();
        }

        var all = await keys.All(caller.Facility, context.RequestAborted);
        return Forms.Page<FeedKeysPage>(
            new
            {
                PageContext = await frames.ForRequest(context, caller, null, context.RequestAborted),
                Feed = known,
                Keys = all.Where(key => key.Feed == feed).ToList(),
                Free = Free(known.Words(), all),
                Made = made,
                Revoked = all.FirstOrDefault(key => key.Id == revoked && key.RevokedAt is not null)?.Name,
                handled?.SubmittedForm,
            },
            handled is { IsRefused: true } ? handled.Status : StatusCodes.Status200OK
        );
    }

    internal async Task<IResult> One(HttpContext context, Caller caller, Guid id, FormResult? handled = null) =>
        await keys.One(caller.Facility, id, context.RequestAborted) is not { } key
            ? Results.NotFound()
            : Forms.Page<FeedKeyPage>(
                new
                {
                    PageContext = await frames.ForRequest(context, caller, null, context.RequestAborted),
                    Key = key,
                    Feed = key.Feed is { } feed
                        ? (await log.State<Feed>(caller.Facility, feed.ToString(), context.RequestAborted)).Words()
                        : null,
                    handled?.SubmittedForm,
                },
                handled?.Status ?? StatusCodes.Status200OK
            );

    // Named for its feed; while an older one stands, with a number.
    private static string Free(string feed, IReadOnlyList<FeedKey> all) =>
        Enumerable
            .Range(1, all.Count + 1)
            .Select(n => n == 1 ? feed : $"{feed} {n}")
            .First(name => !all.Any(key => key.RevokedAt is null && key.Name.Equals(name, StringComparison.OrdinalIgnoreCase)));
}
