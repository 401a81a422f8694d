using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Handoff.Web.Timeline;

namespace Handoff.Api.Timeline;

/// <summary>Everything that was recorded about a patient: as a page, page by page as one scrolls, and as JSON.</summary>
public static class TimelineEndpoints
{
    public static void MapTimeline(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/stays/{stay:guid}/timeline", Json)
            .WithTags("Timeline")
            .RequirePermission(Permission.ReadStay)
            .Produces<TimelineJson>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);

        var pages = routes.MapPages("/stays/{stay:guid}/timeline").RequirePermission(Permission.ReadStay);
        pages.MapGet(
            "",
            (Guid stay, [AsParameters] Asked asked, HttpContext context, Caller caller, TimelinePages timeline) =>
                IsFrame(context.Request) ? timeline.Part(context, caller, stay, asked) : timeline.ForStay(context, caller, stay, asked)
        );
        routes
            .MapPages("/stays/{stay:guid}/lanes")
            .RequirePermission(Permission.ReadStay)
            .MapGet(
                "",
                (Guid stay, string? days, string? at, HttpContext context, Caller caller, TimelinePages timeline) =>
                    timeline.Lanes(context, caller, stay, days, at)
            );
        pages
            .MapGet(
                "/part",
                (Guid stay, [AsParameters] Asked asked, HttpContext context, Caller caller, TimelinePages timeline) =>
                    timeline.Part(context, caller, stay, asked)
            )
            .IsAskedByPages();
        pages
            .MapGet(
                "/pin",
                (Guid stay, Guid entry, HttpContext context, Caller caller, TimelinePages timeline) =>
                    timeline.Pin(context, caller, stay, entry)
            )
            .RequirePermission(Permission.PinEntries);
        pages.MapPost("/pin", Pin).RequirePermission(Permission.PinEntries);
        pages.MapPost("/unpin", Unpin).RequirePermission(Permission.PinEntries);

        var stays = routes.MapPages("/stays/{stay:guid}").RequirePermission(Permission.ReadStay);
        stays
            .MapGet(
                "/strike-check",
                (Guid stay, Guid? check, HttpContext context, Caller caller, TimelinePages timeline) =>
                    timeline.Strike(context, caller, stay, check ?? Guid.Empty)
            )
            .RequirePermission(Permission.RecordCheck);
        stays.MapPost("/strike-check", Strike).RequirePermission(Permission.RecordCheck);
    }

    private static bool IsFrame(HttpRequest request) =>
        request.Headers["Turbo-Frame"].ToString().StartsWith("before-", StringComparison.Ordinal);

    private static async Task<IResult> Pin(Guid stay, HttpContext context, Caller caller, FormPost form, Log log, TimelinePages timeline)
    {
        var entry = form.Id("entry");
        var handled = await log.Send(caller, form, new PinEntry(entry, form.Text("word")) { Key = stay.ToString() });
        return handled.IsRefused
            ? await timeline.Pin(context, caller, stay, entry ?? Guid.Empty, handled)
            : Forms.SeeOther(TimelineLink.To(stay, entry!.Value));
    }

    private static async Task<IResult> Unpin(Guid stay, Caller caller, FormPost form, Log log)
    {
        var entry = form.Id("entry");
        var handled = await log.Send(caller, form, new UnpinEntry(entry) { Key = stay.ToString() });
        return handled.Answer?.Refusal is { } refusal ? Failures.Refused(refusal) : Forms.SeeOther(TimelineLink.To(stay, entry!.Value));
    }

    private static async Task<IResult> Strike(Guid stay, HttpContext context, Caller caller, FormPost form, Log log, TimelinePages timeline)
    {
        var check = form.Id("check");
        var handled = await log.Send(caller, form, new TakeBackCheck(check, form.Text("reason")) { Key = stay.ToString() });
        return handled.IsRefused
            ? await timeline.Strike(context, caller, stay, check ?? Guid.Empty, handled)
            : Forms.SeeOther(TimelineLink.To(stay, check!.Value));
    }

    /// <summary>What was recorded about a patient, page by page, the newest first.</summary>
    private static async Task<IResult> Json(
        Guid stay,
        [AsParameters] Asked asked,
        Caller caller,
        Log log,
        Histories histories,
        AccessLog reads,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var (then, refusal) = Instant.Asked(asked.At, clock);
        if (refusal is not null)
        {
            return refusal.Problem();
        }

        if ((await log.State<Stay>(caller.Facility, stay.ToString(), cancel)).Where() is not { } where)
        {
            return Answers.Problem(StatusCodes.Status404NotFound, "stay-unknown", "There is no such stay.", "stay");
        }

        if (!caller.Actor.WorksOn(where.Unit))
        {
            return Answers.Problem(StatusCodes.Status403Forbidden, "unit-not-yours", "You are not assigned to that unit.");
        }

        await reads.Record(caller, then is null ? AccessPurpose.Timeline : AccessPurpose.AsOf, where.Unit, [stay], cancel);
        var unit = await log.State<Unit>(caller.Facility, where.Unit, cancel);
        var history = await histories.ForStay(caller.Facility, stay, then, cancel);
        return Results.Ok(
            TimelineJson.FromPage(stay, history, asked.Cut.Take(asked.Sought.In(history, unit.Time()), history, unit), unit.Time())
        );
    }
}
