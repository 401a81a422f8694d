using Handoff.Api.Access;
using Handoff.Api.Boards;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Handoff.Web.Layout;
using Handoff.Web.Stays;
using Handoff.Web.Timeline;
using Microsoft.AspNetCore.Components;

namespace Handoff.Api.Stays;

/// <summary>A patient's page, and the forms that move, observe and discharge them.</summary>
public static class StayEndpoints
{
    public static void MapStays(this IEndpointRouteBuilder routes)
    {
        var stays = routes.MapPages("/stays/{stay:guid}").RequirePermission(Permission.ReadStay);
        stays.MapGet(
            "",
            (Guid stay, [AsParameters] Moment asked, bool? discharged, HttpContext context, Caller caller, StayPages pages) =>
                asked.IsNow ? pages.Of(context, caller, stay, discharged == true) : pages.AsOf(context, caller, stay, asked)
        );
        stays
            .MapGet(
                "/readers",
                (Guid stay, long? before, HttpContext context, Caller caller, StayPages pages) =>
                    pages.Readers(context, caller, stay, before)
            )
            .RequirePermission(Permission.Audit);

        stays.MapGet(
            "/handoffs",
            (Guid stay, HttpContext context, Caller caller, StayPages pages) => pages.Handoffs(context, caller, stay)
        );
        Form<LevelPage>(stays, "level", Order, Permission.RaiseLevel, Permission.OrderLevel);
        Form<SeenToPage>(stays, "seen-to", (form, at) => new SeeToBreathing(form.Text("found")) { Key = at.Key }, Permission.RecordCheck);
        stays
            .MapGet(
                "/strike-check",
                (Guid stay, Guid? check, HttpContext context, Caller caller, StayPages pages) =>
                    pages.Strike(context, caller, stay, check ?? Guid.Empty)
            )
            .RequirePermission(Permission.RecordCheck);
        stays.MapPost("/strike-check", Strike).RequirePermission(Permission.RecordCheck);
        Form<PausePage>(stays, "pause", Pause, Permission.PauseObservation);
        Form<LeavePage>(stays, "leave", Leave, Permission.MovePatients);
        Form<MovePage>(stays, "move", Move, Permission.MovePatients);
        Form<DetailsPage>(stays, "details", Correct, Permission.MovePatients);
        Form<DischargePage>(stays, "discharge", Leaves, Permission.MovePatients);
        Form<ReportPage>(stays, "report", Report, Permission.HandOver);
        Button(stays, "back", (_, at) => new EndLeave { Key = at.Key }, Permission.MovePatients);
        Button(stays, "resume", (_, at) => new ResumeObservation { Key = at.Key }, Permission.PauseObservation);
        Button(stays, "cancel-discharge", (_, at) => new CancelDischarge { Key = at.Key }, Permission.MovePatients);
    }

    private static void Form<TPage>(
        RouteGroupBuilder stays,
        string act,
        Func<Posted, Here, ICommand> command,
        Permission may,
        params Permission[] or
    )
        where TPage : IComponent
    {
        stays
            .MapGet(act, (Guid stay, HttpContext context, Caller caller, StayPages pages) => pages.Form<TPage>(context, caller, stay))
            .RequirePermission(may, or);
        stays
            .MapPost(
                act,
                (Guid stay, HttpContext context, Caller caller, Posted form, Log log, StayPages pages, TimeProvider clock) =>
                    Send(
                        stay,
                        context,
                        caller,
                        form,
                        log,
                        clock,
                        command,
                        handled =>
                            handled.IsRefused
                                ? pages.Form<TPage>(context, caller, stay, handled)
                                : Task.FromResult(
                                    Forms.SeeOther(Paths.Stay(stay.ToString()) + (act == "discharge" ? "?discharged=true" : ""))
                                )
                    )
            )
            .RequirePermission(may, or);
    }

    private static void Button(RouteGroupBuilder stays, string act, Func<Posted, Here, ICommand> command, Permission may) =>
        stays
            .MapPost(
                act,
                (Guid stay, HttpContext context, Caller caller, Posted form, Log log, TimeProvider clock) =>
                    Send(
                        stay,
                        context,
                        caller,
                        form,
                        log,
                        clock,
                        command,
                        handled =>
                            Task.FromResult(
                                handled.Answer?.Refusal is { } refusal
                                    ? Failures.Refused(refusal)
                                    : Forms.SeeOther(Paths.Stay(stay.ToString()))
                            )
                    )
            )
            .RequirePermission(may);

    private static async Task<IResult> Send(
        Guid stay,
        HttpContext context,
        Caller caller,
        Posted form,
        Log log,
        TimeProvider clock,
        Func<Posted, Here, ICommand> command,
        Func<Handled, Task<IResult>> answer
    )
    {
        var known = await log.State<Stay>(caller.Facility, stay.ToString(), context.RequestAborted);
        var unit = await log.State<Unit>(caller.Facility, known.Where()?.Unit ?? "", context.RequestAborted);
        return await answer(
            await log.Send(caller, form, command(form, new(stay.ToString(), unit.Time(), clock.GetUtcNow())), ("unit", "bed"))
        );
    }

    private static async Task<IResult> Strike(Guid stay, HttpContext context, Caller caller, Posted form, Log log, StayPages pages)
    {
        var check = form.Id("check");
        var handled = await log.Send(caller, form, new TakeBackCheck(check, form.Text("reason")) { Key = stay.ToString() });
        return handled.IsRefused
            ? await pages.Strike(context, caller, stay, check ?? Guid.Empty, handled)
            : Forms.SeeOther(TimelineLink.To(stay, check!.Value));
    }

    private static OrderLevel Order(Posted form, Here at) =>
        new(form.One<ObservationLevel>("level"), form.Text("reason"), form.Moment("untilDay", "until", at.Time, at.Now)) { Key = at.Key };

    private static PauseObservation Pause(Posted form, Here at) =>
        new(form.Text("reason"), form.Moment("returnDay", "expectedReturn", at.Time, at.Now), form.Text("with")) { Key = at.Key };

    private static StartLeave Leave(Posted form, Here at) =>
        new(
            form.One<LeaveKind>("kind"),
            form.Moment("returnDay", "expectedReturn", at.Time, at.Now),
            form.Text("reason"),
            form.Past("at", at.Time, at.Now)
        )
        {
            Key = at.Key,
        };

    private static Transfer Move(Posted form, Here at)
    {
        var place = form.Text("bed")?.Split('/', 2);
        return new(place?[0], place is [_, { Length: > 0 } bed] ? bed : null, form.Past("at", at.Time, at.Now)) { Key = at.Key };
    }

    // An emptied field is emptied; only the birth date stays as it was.
    private static CorrectDetails Correct(Posted form, Here at) =>
        new(
            form.Text("family") ?? "",
            form.Text("given") ?? "",
            form.Text("preferred") ?? "",
            form.Date("born"),
            form.Text("sex") ?? "",
            form.Text("language") ?? ""
        )
        {
            Key = at.Key,
        };

    private static GiveReport Report(Posted form, Here at) => new(form.Text("to"), form.Text("remark")) { Key = at.Key };

    private static Discharge Leaves(Posted form, Here at) => new(form.Past("at", at.Time, at.Now)) { Key = at.Key };

    private sealed record Here(string Key, UnitTime Time, DateTimeOffset Now);
}
