using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Api.Tasks;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Units;
using Handoff.Web.Layout;

namespace Handoff.Api.Meetings;

/// <summary>The pages of a team meeting, and what their forms post to.</summary>
internal static class MeetingForms
{
    public static void MapMeetingForms(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapPages("/units/{unit}/meeting").RequirePermission(Permission.ReadStay);
        pages.MapGet(
            "",
            (string unit, string? order, string? at, HttpContext context, Caller caller, MeetingPages of) =>
                of.Agenda(context, caller, unit, order, at: at)
        );
        pages.MapGet(
            "/print",
            (string unit, string? at, HttpContext context, Caller caller, MeetingPages of) => of.Print(context, caller, unit, at)
        );
        pages.MapGet(
            "/{stay:guid}",
            (string unit, Guid stay, string? order, string? days, string? at, HttpContext context, Caller caller, MeetingPages of) =>
                of.Patient(context, caller, unit, stay, new(order, days), at: at)
        );

        var forms = routes
            .MapPages("/units/{unit}/meeting")
            .RequirePermission(Permission.ReadStay)
            .RequirePermission(Permission.ReviewPatients);
        forms.MapPost("/open", Open);
        forms.MapPost("/close", Close);
        forms.MapPost("/{stay:guid}/reviewed", Reviewed);
        forms.MapPost("/{stay:guid}/decide", Decide);
        forms.MapPost("/{stay:guid}/take-back", TakeBack);
    }

    private static async Task<IResult> Open(
        string unit,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        TimeProvider clock,
        MeetingPages pages
    )
    {
        var today = MeetingKey.Today(await log.State<Unit>(caller.Facility, unit, context.RequestAborted), clock.GetUtcNow());
        var handled = await log.Send(
            caller,
            form.Takes("order", "stay"),
            new OpenMeeting(form.Text("attending")?.Split(',', ';')) { Key = MeetingKey.ForDay(unit, today) }
        );
        return handled.IsRefused
            ? await pages.Agenda(context, caller, unit, form.Text("order"), handled)
            : Forms.SeeOther(
                form.Id("stay") is { } stay ? Paths.Meeting(unit, stay, form.Text("order"), null) : Paths.Meeting(unit, form.Text("order"))
            );
    }

    private static async Task<IResult> Close(string unit, HttpContext context, Caller caller, FormPost form, Log log, MeetingPages pages)
    {
        var handled = await log.Send(caller, form.Takes("order"), new CloseMeeting { Key = form.Text("meeting") ?? "" });
        return handled.IsRefused
            ? await pages.Agenda(context, caller, unit, form.Text("order"), handled)
            : Forms.SeeOther(Paths.Meeting(unit, form.Text("order")));
    }

    private static async Task<IResult> Reviewed(
        string unit,
        Guid stay,
        HttpContext context,
        Caller caller,
        FormPost form,
        Reviewing reviewing,
        MeetingReader meetings,
        MeetingPages pages
    )
    {
        var view = View(form);
        var upTo = long.TryParse(form.Text("upTo"), out var position) ? position : 0;
        var at = form.Text("meeting");
        form.RefuseOthers();
        var handled = Forms.Handled(await reviewing.Reviewed(caller, stay, at, upTo, form.Request(caller), context.RequestAborted), form);
        if (handled.IsRefused)
        {
            return await pages.Patient(context, caller, unit, stay, view, "reviewed", handled);
        }

        var meeting = await meetings.ForUnit(caller.Facility, unit, context.RequestAborted);
        return Forms.SeeOther(
            meeting is not null && UnitMeeting.After(stay, view.Ordered(meeting)) is { } next
                ? Paths.Meeting(unit, next.Stay, view.Order, null)
                : Paths.Meeting(unit, view.Order)
        );
    }

    private static async Task<IResult> Decide(
        string unit,
        Guid stay,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        TaskPages tasks,
        MeetingPages pages
    )
    {
        var at = await tasks.FormOf(caller, unit, context.RequestAborted);
        var due = form.Takes("due", "order", "days").Moment("dueDay", "dueAt", at.Unit.Time(), at.Now) ?? form.Instant("due");
        return await Done(
            "decide",
            unit,
            stay,
            context,
            caller,
            form,
            pages,
            await log.Send(
                caller,
                form,
                new RecordDecision(form.Text("words"), at.Owner(form.Text("owner")), due, form.Text("meeting"), form.Id("evidence"))
                {
                    Key = stay.ToString(),
                }
            )
        );
    }

    private static async Task<IResult> TakeBack(
        string unit,
        Guid stay,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        MeetingPages pages
    ) =>
        await Done(
            "take-back",
            unit,
            stay,
            context,
            caller,
            form,
            pages,
            await log.Send(
                caller,
                form.Takes("order", "days"),
                new TakeBackDecision(form.Id("decision"), form.Text("reason")) { Key = stay.ToString() }
            )
        );

    private static async Task<IResult> Done(
        string act,
        string unit,
        Guid stay,
        HttpContext context,
        Caller caller,
        FormPost form,
        MeetingPages pages,
        FormResult handled
    ) =>
        handled.IsRefused
            ? await pages.Patient(context, caller, unit, stay, View(form), act, handled)
            : Forms.SeeOther(Paths.Meeting(unit, stay, View(form).Order, View(form).Days));

    private static MeetingView View(FormPost form) => new(form.Text("order"), form.Text("days"));
}
