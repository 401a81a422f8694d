using System.Globalization;
using Handoff.Api.Access;
using Handoff.Api.Adt;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Handoff.Web.Components;
using Handoff.Web.Feeds;
using Handoff.Web.Layout;

namespace Handoff.Api.Feeds;

/// <summary>The pages on which a person reads, mends, replays and sets aside what the hospital's feed sent and could not be applied.</summary>
public static class FeedMessageEndpoints
{
    public static void MapFeedMessages(this IEndpointRouteBuilder routes)
    {
        var held = routes.MapPages(Paths.Quarantine).RequirePermission(Permission.MendFeed);
        held.MapGet(
            "",
            (long? before, Guid? applied, bool? aside, string? cause, HttpContext context, Caller caller, FeedPages pages) =>
                pages.List(context, caller, before, applied, aside == true, cause)
        );
        held.MapPost("/set-aside-all", SetAllAside);
        held.MapGet("/{id:guid}", (Guid id, HttpContext context, Caller caller, FeedPages pages) => pages.One(context, caller, id));
        held.MapPost("/{id:guid}/replay", Replay);
        held.MapPost("/{id:guid}/set-aside", SetAside);
    }

    private static async Task<IResult> Replay(
        Guid id,
        HttpContext context,
        Caller caller,
        Posted form,
        Quarantine quarantine,
        FeedPages pages
    )
    {
        var cancel = context.RequestAborted;
        var text = form.Text("text");
        form.RefuseOthers();
        var came = await quarantine.Open(caller, id, cancel);
        var mended = text is { } typed && came is not null && Lines(typed) != Lines(came.Text) ? typed : null;
        return await quarantine.Replay(caller, id, mended, cancel) switch
        {
            null => Results.NotFound(),
            { Fault: { } fault } => await pages.One(
                context,
                caller,
                id,
                fault,
                form.Attempt(new FieldError("text", $"{HeldText.Where(fault)}: {fault.Says}"))
            ),
            { Concerns: var concerns } => Forms.SeeOther($"{Paths.Quarantine}?applied={(concerns is [var stay, ..] ? stay : Guid.Empty)}"),
        };
    }

    private static async Task<IResult> SetAside(Guid id, HttpContext context, Caller caller, Posted form, Log log, FeedPages pages) =>
        await log.Send(caller, form, new DismissMessage(form.Text("reason")) { Key = id.ToString() }) is { IsRefused: true } refused
            ? await pages.One(context, caller, id, null, refused.Attempt, isSettingAside: true)
            : Forms.SeeOther($"{Paths.Quarantine}?aside=true");

    private static async Task<IResult> SetAllAside(HttpContext context, Caller caller, Posted form, Quarantine quarantine, FeedPages pages)
    {
        var (cause, newest) = (
            form.Text("cause") ?? "",
            long.TryParse(form.Text("newest"), NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : 0
        );
        var reason = form.Text("reason");
        form.RefuseOthers();
        return (await quarantine.SetAsideAll(caller, cause, reason, newest, context.RequestAborted)).Refusal is { } refusal
            ? await pages.List(context, caller, null, null, false, cause, form.Attempt(new FieldError(refusal.Field ?? "", refusal.Says)))
            : Forms.SeeOther($"{Paths.Quarantine}?aside=true");
    }

    // A browser sends every line end as CR LF, whatever the message had.
    internal static string Lines(string text) => string.Join('\n', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>The quarantine's pages for a request.</summary>
public sealed class FeedPages(Quarantine quarantine, Frames frames)
{
    /// <summary>What a form takes, with room for the rest of it.</summary>
    private const int LongestText = 80_000;

    internal async Task<IResult> List(
        HttpContext context,
        Caller caller,
        long? before,
        Guid? applied,
        bool isSetAside,
        string? cause = null,
        Attempt? attempt = null
    )
    {
        var cancel = context.RequestAborted;
        var held = await quarantine.List(caller, before, null, cancel, cause);
        var causes = (await quarantine.Causes(caller, cancel))
            .Select(c => new CauseLine(c.Code, c.Says, c.Count, c.First, c.Last, c.Newest))
            .ToList();
        return Forms.Page<QuarantinePage>(
            new
            {
                Frame = await frames.Of(context, caller, null, cancel),
                Held = held.Select(m => new HeldLine(m.Id, m.Sender, m.ControlId, m.Trigger, m.ReceivedAt, m.Fault)).ToList(),
                More = held.Count == Quarantine.MostOnPage ? held[^1].Position : (long?)null,
                Done = applied is not null ? "The message was applied."
                : isSetAside ? "Done: set aside."
                : null,
                Patient = applied == Guid.Empty ? null : applied,
                Causes = causes,
                Chosen = causes.Find(c => c.Code == cause),
                Attempt = attempt,
            },
            attempt is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
        );
    }

    /// <param name="fault">What a replay came to; null for the fault that it is held for.</param>
    internal async Task<IResult> One(
        HttpContext context,
        Caller caller,
        Guid id,
        Fault? fault = null,
        Attempt? attempt = null,
        bool isSettingAside = false
    )
    {
        var cancel = context.RequestAborted;
        return await quarantine.Open(caller, id, cancel) is not { } held
            ? Results.NotFound()
            : Forms.Page<HeldMessagePage>(
                new
                {
                    Frame = await frames.Of(context, caller, null, cancel),
                    Held = new HeldText(
                        new(held.Id, held.Sender, held.ControlId, held.Trigger, held.ReceivedAt, held.Fault),
                        FeedMessageEndpoints.Lines(held.Text),
                        FeedMessageEndpoints.Lines(held.Answer),
                        held.Text.Length > LongestText,
                        held.Says,
                        held.Here
                    ),
                    Fault = fault ?? held.Fault,
                    Attempt = attempt,
                    IsSettingAside = isSettingAside,
                },
                attempt is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
            );
    }
}
