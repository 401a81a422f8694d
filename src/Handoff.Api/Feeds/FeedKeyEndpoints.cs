using Handoff.Api.Access;
using Handoff.Api.Feeds.Adt;
using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Web.Feeds;
using Handoff.Web.Layout;

namespace Handoff.Api.Feeds;

/// <summary>What a feed's new key is called.</summary>
public sealed record KeyWanted(string? Name);

/// <summary>Why a feed's key is revoked.</summary>
public sealed record KeyRevoked(string? Reason);

/// <summary>The keys with which a feed sends: made, shown once, listed and revoked by a manager, in the browser or as JSON.</summary>
public static class FeedKeyEndpoints
{
    public static void MapFeedKeys(this IEndpointRouteBuilder routes)
    {
        var json = routes.MapGroup("/api/adt").RequirePermission(Permission.ConfigureFacility).WithTags("Admissions feed");
        json.MapGet("/keys", (Caller caller, FeedKeys keys, CancellationToken cancel) => keys.All(caller.Facility, cancel))
            .WithSummary(
                "The keys with which feeds send, also those that were revoked: who made them, when, and about when they were "
                    + "last used. Never the keys themselves."
            );
        json.MapPost("/feeds/{feed:guid}/keys", MakeByJson)
            .Accepts<KeyWanted>("application/json")
            .Produces<MadeKey>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .AddOpenApiOperationTransformer(CommandHeaders.Describe)
            .WithSummary("Make a key with which a feed sends. It is answered once: the same request again gets no key.");
        json.MapPost("/keys/{key:guid}/revoke", RevokeByJson)
            .Accepts<KeyRevoked>("application/json")
            .Produces<FeedKey>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .AddOpenApiOperationTransformer(CommandHeaders.Describe)
            .WithSummary("Revoke a feed's key, with a reason: whoever has it is turned away from then on.");

        var pages = routes.MapPages(Paths.Feeds).RequirePermission(Permission.ConfigureFacility);
        pages.MapGet(
            "/{feed:guid}/keys",
            (Guid feed, Guid? revoked, HttpContext context, Caller caller, FeedKeyPages made) => made.OfFeed(context, caller, feed, revoked)
        );
        pages.MapPost("/{feed:guid}/keys", Make);
        pages.MapGet(
            "/keys/{key:guid}",
            (Guid key, HttpContext context, Caller caller, FeedKeyPages made) => made.One(context, caller, key)
        );
        pages.MapPost("/keys/{key:guid}/revoke", Revoke);
    }

    private static async Task<IResult> MakeByJson(Guid feed, HttpContext context, Caller caller, FeedKeys keys)
    {
        var (headers, refusal) = CommandHeaders.FromRequest(context.Request, caller);
        var (wanted, problem) = await JsonBody.Read<KeyWanted>(context.Request, context.RequestAborted);
        if ((refusal?.Problem() ?? problem) is { } wrong)
        {
            return wrong;
        }

        var (answer, made) = await keys.Make(caller, headers!.Request, feed, wanted!.Name, context.RequestAborted);
        return answer.Refusal?.Problem() ?? Results.Ok(made);
    }

    private static async Task<IResult> RevokeByJson(Guid key, HttpContext context, Caller caller, FeedKeys keys)
    {
        var (headers, refusal) = CommandHeaders.FromRequest(context.Request, caller);
        var (wanted, problem) = await JsonBody.Read<KeyRevoked>(context.Request, context.RequestAborted);
        if ((refusal?.Problem() ?? problem) is { } wrong)
        {
            return wrong;
        }

        var answer = await keys.Revoke(caller, headers!.Request, key, wanted!.Reason, context.RequestAborted);
        return answer is null
            ? Answers.Problem(StatusCodes.Status404NotFound, "key-unknown", "There is no such key of a feed.", "key")
            : answer.Refusal?.Problem() ?? Results.Ok(await keys.One(caller.Facility, key, context.RequestAborted));
    }

    // Answered with the page itself: where a redirect led, the key would have to be kept.
    private static async Task<IResult> Make(Guid feed, HttpContext context, Caller caller, FormPost form, FeedKeys keys, FeedKeyPages pages)
    {
        var name = form.Text("name");
        form.RefuseOthers();
        var (answer, made) = await keys.Make(caller, form.Request(caller), feed, name, context.RequestAborted);
        return await pages.OfFeed(context, caller, feed, null, made, Forms.Handled(answer, form));
    }

    private static async Task<IResult> Revoke(
        Guid key,
        HttpContext context,
        Caller caller,
        FormPost form,
        FeedKeys keys,
        FeedKeyPages pages
    )
    {
        var reason = form.Text("reason");
        form.RefuseOthers();
        return await keys.Revoke(caller, form.Request(caller), key, reason, context.RequestAborted) is not { } answer ? Results.NotFound()
            : Forms.Handled(answer, form) is { IsRefused: true } refused ? await pages.One(context, caller, key, refused)
            : Forms.SeeOther(
                (await keys.One(caller.Facility, key, context.RequestAborted))?.Feed is { } feed
                    ? $"{Paths.FeedKeys(feed)}?revoked={key}"
                    : $"{Paths.Feeds}?revoked={key}"
            );
    }
}
