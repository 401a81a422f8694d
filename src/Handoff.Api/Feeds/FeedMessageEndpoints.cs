using System.Globalization;
using Handoff.Api.Access;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Handoff.Web.Components;
using Handoff.Web.Feeds;
using Handoff.Web.Layout;

namespace Handoff.Api.Feeds;

/// <summary>
/// The pages on which a person reads, mends, replays and sets aside what the hospital's feed sent and could not be applied.
/// </summary>
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
        FormPost form,
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

    private static async Task<IResult> SetAside(Guid id, HttpContext context, Caller caller, FormPost form, Log log, FeedPages pages) =>
        await log.Send(caller, form, new DismissMessage(form.Text("reason")) { Key = id.ToString() }) is { IsRefused: true } refused
            ? await pages.One(context, caller, id, null, refused.SubmittedForm, isSettingAside: true)
            : Forms.SeeOther($"{Paths.Quarantine}?aside=true");

    private static async Task<IResult> SetAllAside(
        HttpContext context,
        Caller caller,
        FormPost form,
        Quarantine quarantine,
        FeedPages pages
    )
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
