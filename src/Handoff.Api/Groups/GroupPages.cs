using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Groups;
using Handoff.Domain.Units;
using Handoff.Web.Groups;

namespace Handoff.Api.Groups;

/// <summary>Pages about groups. A roster shows patients: who looks at it is kept before it is shown.</summary>
public sealed class GroupPages(Log log, GroupReader reader, PageContexts frames, AccessLog reads)
{
    internal Task<IResult> Week(HttpContext context, Caller caller, string unit, DateOnly? day) =>
        OnUnit(
            caller,
            unit,
            context,
            async (known, frame) =>
            {
                var asked = day ?? Today(known, frame.Now);
                var monday = asked.AddDays(-(((int)asked.DayOfWeek + 6) % 7));
                var sessions = await reader.OnDays(caller.Facility, unit, monday, monday.AddDays(6), context.RequestAborted);
                return Forms.Page<GroupsPage>(
                    new
                    {
                        PageContext = frame,
                        Unit = known,
                        Day = asked,
                        Week = Enumerable
                            .Range(0, 7)
                            .Select(monday.AddDays)
                            .Select(d => GroupDay.ForDay(unit, d, sessions.Select(s => s.Session)))
                            .ToList(),
                    }
                );
            }
        );

    internal Task<IResult> Plan(HttpContext context, Caller caller, string unit, DateOnly? day, FormResult? handled = null) =>
        OnUnit(
            caller,
            unit,
            context,
            (known, frame) =>
                Task.FromResult(
                    Forms.Page<PlanGroupPage>(
                        new
                        {
                            PageContext = frame,
                            Unit = known,
                            Day = day ?? Today(known, frame.Now),
                            handled?.SubmittedForm,
                        },
                        handled?.Status ?? StatusCodes.Status200OK
                    )
                )
        );

    internal Task<IResult> Cancel(HttpContext context, Caller caller, string unit, Guid session, FormResult? handled = null) =>
        OnUnit(
            caller,
            unit,
            context,
            async (_, frame) =>
                await log.State<Group>(caller.Facility, session.ToString(), context.RequestAborted) is { } group && group.Unit == unit
                    ? Forms.Page<CancelGroupPage>(
                        new
                        {
                            PageContext = frame,
                            Session = SessionLine.ForSession(group),
                            handled?.SubmittedForm,
                        },
                        handled?.Status ?? StatusCodes.Status200OK
                    )
                    : Results.NotFound()
        );

    /// <param name="saved">How many rows were just saved.</param>
    /// <param name="act">The form that was refused: <c>start</c>, <c>end</c>, or the grid's own.</param>
    internal Task<IResult> Roster(
        HttpContext context,
        Caller caller,
        string unit,
        Guid session,
        int? saved,
        string? act = null,
        FormResult? handled = null
    ) =>
        OnUnit(
            caller,
            unit,
            context,
            async (_, frame) =>
            {
                if (await reader.Roster(caller.Facility, session, context.RequestAborted) is not { } roster || roster.Session.Unit != unit)
                {
                    return Results.NotFound();
                }

                await reads.Record(caller, AccessPurpose.Group, unit, [.. roster.Rows.Select(r => r.Stay)], context.RequestAborted);
                return Forms.Page<RosterPage>(
                    new
                    {
                        PageContext = frame,
                        Roster = roster,
                        Saved = saved,
                        Act = act,
                        handled?.SubmittedForm,
                    },
                    handled?.Status ?? StatusCodes.Status200OK
                );
            }
        );

    private async Task<IResult> OnUnit(
        Caller caller,
        string unit,
        HttpContext context,
        Func<Unit, Web.Layout.PageContext, Task<IResult>> page
    )
    {
        var known = await log.State<Unit>(caller.Facility, unit, context.RequestAborted);
        return known.IsOpen()
            ? await page(known, await frames.ForRequest(context, caller, unit, context.RequestAborted))
            : Results.NotFound();
    }

    private static DateOnly Today(Unit unit, DateTimeOffset now) => DateOnly.FromDateTime(unit.Time().Local(now).DateTime);
}
