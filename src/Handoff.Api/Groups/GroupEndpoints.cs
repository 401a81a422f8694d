using System.Globalization;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Api.Units;
using Handoff.Domain.Access;
using Handoff.Domain.Groups;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Web.Groups;

namespace Handoff.Api.Groups;

/// <summary>A unit's group sessions: the days, the plan, and the grid in which attendance is recorded.</summary>
public static class GroupEndpoints
{
    public static void MapGroups(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Groups");
        api.MapGet("/units/{unit}/groups", Day)
            .Produces<GroupDay>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .RequirePermission(Permission.ReadBoard);
        api.MapGet("/groups/{session:guid}", Roster).Produces<GroupRoster>().ProducesProblem(404).RequirePermission(Permission.ReadStay);

        var pages = routes.MapPages("/units/{unit}/groups").RequirePermission(Permission.ReadBoard);
        pages.MapGet(
            "",
            (string unit, string? day, HttpContext context, Caller caller, GroupPages groups) =>
                groups.Week(context, caller, unit, DayOf(day))
        );
        pages.MapGroup("/{session:guid}").MapSession();
        var plan = pages.MapGroup("/new").RequirePermission(Permission.ScheduleGroup);
        plan.MapGet(
            "",
            (string unit, string? day, HttpContext context, Caller caller, GroupPages groups) =>
                groups.Plan(context, caller, unit, DayOf(day))
        );
        plan.MapPost(
            "",
            (string unit, HttpContext context, Caller caller, FormPost form, GroupPlans plans, GroupPages groups) =>
                plans.Schedule(context, caller, unit, form, groups)
        );
    }

    private static void MapSession(this RouteGroupBuilder session)
    {
        var look = session.MapGroup("").RequirePermission(Permission.ReadStay);
        look.MapGet(
            "",
            (string unit, Guid session, int? saved, HttpContext context, Caller caller, GroupPages groups) =>
                groups.Roster(context, caller, unit, session, saved)
        );

        var record = look.MapGroup("").RequirePermission(Permission.RecordAttendance);
        Act(record, "", (form, group, time, _) => RosterForm.Read(form, group, time));
        Act(record, "start", (form, _, time, now) => new StartGroup(form.Past("at", time, now)));
        Act(record, "end", (form, _, time, now) => new EndGroup(form.Past("at", time, now)));

        var plan = session.MapGroup("/cancel").RequirePermission(Permission.ScheduleGroup);
        plan.MapGet(
            "",
            (string unit, Guid session, HttpContext context, Caller caller, GroupPages groups) =>
                groups.Cancel(context, caller, unit, session)
        );
        plan.MapPost(
            "",
            (string unit, Guid session, HttpContext context, Caller caller, FormPost form, GroupPlans plans, GroupPages groups) =>
                plans.Cancel(context, caller, unit, session, form, groups)
        );
    }

    private static void Act(
        RouteGroupBuilder record,
        string act,
        Func<FormPost, Group, UnitTime, DateTimeOffset, Command<Group>> command
    ) =>
        record.MapPost(
            act,
            async (
                string unit,
                Guid session,
                HttpContext context,
                Caller caller,
                FormPost form,
                Log log,
                GroupPages groups,
                TimeProvider clock
            ) =>
            {
                var group = await log.State<Group>(caller.Facility, session.ToString(), context.RequestAborted);
                var time = (await log.State<Unit>(caller.Facility, unit, context.RequestAborted)).Time();
                if (group.Unit != unit)
                {
                    return Results.NotFound();
                }

                var handled = await log.Send(caller, form, command(form, group, time, clock.GetUtcNow()) with { Key = session.ToString() });
                return handled.IsRefused
                    ? await groups.Roster(context, caller, unit, session, null, act, handled)
                    : Forms.SeeOther(GroupPaths.Session(unit, session) + (act == "" ? $"?saved={handled.Answer?.Events?.Count ?? 0}" : ""));
            }
        );

    /// <summary>The group sessions of a unit on one day.</summary>
    private static async Task<IResult> Day(
        string unit,
        string? day,
        Caller caller,
        GroupReader groups,
        UnitReader units,
        Log log,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        if (!await units.Has(caller.Facility, unit, cancel))
        {
            return Answers.Problem(404, "unit-unknown", "There is no such unit.", "unit");
        }

        if (day is not null && DayOf(day) is null)
        {
            return Answers.Problem(400, "day-invalid", "Write the day as 2026-11-21.", "day");
        }

        var time = (await log.State<Unit>(caller.Facility, unit, cancel)).Time();
        var asked = DayOf(day) ?? DateOnly.FromDateTime(time.Local(clock.GetUtcNow()).DateTime);
        return Results.Ok(
            GroupDay.ForDay(unit, asked, (await groups.OnDays(caller.Facility, unit, asked, asked, cancel)).Select(s => s.Session))
        );
    }

    /// <summary>One group session, with everybody who may take part or did.</summary>
    private static async Task<IResult> Roster(Guid session, Caller caller, GroupReader groups, AccessLog reads, CancellationToken cancel)
    {
        if (await groups.Roster(caller.Facility, session, cancel) is not { } roster)
        {
            return Answers.Problem(404, "group-unknown", "There is no such session.", "group");
        }

        if (!caller.Actor.WorksOn(roster.Session.Unit))
        {
            return Answers.Problem(403, "unit-not-yours", "You are not assigned to that unit.");
        }

        await reads.Record(caller, AccessPurpose.Group, roster.Session.Unit, [.. roster.Rows.Select(r => r.Stay)], cancel);
        return Results.Ok(roster);
    }

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        && day.Year is > 1900 and < 9000
            ? day
            : null;
}
