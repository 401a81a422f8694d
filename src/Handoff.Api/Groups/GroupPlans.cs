using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Groups;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Web.Groups;

namespace Handoff.Api.Groups;

/// <summary>Plans sessions, once or for each date of a recurrence, and cancels them, one or the rest of a series.</summary>
public sealed class GroupPlans(Log log, GroupReader reader, TimeProvider clock)
{
    internal async Task<IResult> Schedule(HttpContext context, Caller caller, string unit, FormPost form, GroupPages pages)
    {
        var time = (await log.State<Unit>(caller.Facility, unit, context.RequestAborted)).Time();
        var recurrence = Recurrence(form.Takes("day", "days", "until"), time);
        if (recurrence?.Wrong() is { } wrong)
        {
            form.Wrong(wrong.Field!, wrong.Says);
        }

        // What is wrong with one of them is wrong with the last: it is said before anything is planned.
        List<DateTimeOffset?> starts =
            recurrence is null || form.Unreadable.Count > 0
                ? [null]
                : [.. recurrence.Dates().Reverse().Select(date => form.On("at", date, recurrence.At, time))];
        foreach (var (index, start) in starts.Index())
        {
            var handled = await Send(
                caller,
                form,
                $"session{starts.Count - index}",
                Planned(unit, form, start, starts.Count > 1 ? form.Request(caller, "series") : null) with
                {
                    Key = form.Request(caller, $"key{starts.Count - index}").ToString(),
                }
            );
            if (handled.IsRefused)
            {
                return await pages.Plan(context, caller, unit, null, handled);
            }
        }

        return Forms.SeeOther($"{GroupPaths.ForUnit(unit)}?day={recurrence!.Dates().First():yyyy-MM-dd}");
    }

    internal async Task<IResult> Cancel(HttpContext context, Caller caller, string unit, Guid session, FormPost form, GroupPages pages)
    {
        var group = await log.State<Group>(caller.Facility, session.ToString(), context.RequestAborted);
        if (group.Unit != unit)
        {
            return Results.NotFound();
        }

        foreach (
            var one in form.Text("which") == "later" ? [group, .. await Later(caller, group, context.RequestAborted)] : (Group[])[group]
        )
        {
            var handled = await Send(caller, form, one.Id.ToString(), new CancelGroup(form.Text("reason")) { Key = one.Id.ToString() });
            if (handled.IsRefused)
            {
                return await pages.Cancel(context, caller, unit, session, handled);
            }
        }

        return Forms.SeeOther($"{GroupPaths.ForUnit(unit)}?day={group.Day:yyyy-MM-dd}");
    }

    private async Task<FormResult> Send(Caller caller, FormPost form, string part, ICommand command)
    {
        if (form.Unreadable.Count > 0)
        {
            return new(null, form.Attempt(form.Unreadable), StatusCodes.Status422UnprocessableEntity);
        }

        return await log.Send(caller, form, command, part, ("starts", "at"));
    }

    private Recurrence? Recurrence(FormPost form, UnitTime time) =>
        form.Clock("at") is { } at
            ? new(
                form.Date("day") ?? DateOnly.FromDateTime(time.Local(clock.GetUtcNow()).DateTime),
                at,
                form.Many<DayOfWeek>("days"),
                form.Date("until")
            )
            : null;

    private static ScheduleGroup Planned(string unit, FormPost form, DateTimeOffset? starts, Guid? series) =>
        new(
            unit,
            form.One<GroupType>("type"),
            form.Text("topic"),
            form.Text("facilitator"),
            starts,
            form.Number("minutes"),
            form.Text("room"),
            form.Number("capacity"),
            form.Text("goal"),
            series
        );

    private async Task<IEnumerable<Group>> Later(Caller caller, Group group, CancellationToken cancel) =>
        group.Series is not { } series
            ? []
            : (await reader.OnDays(caller.Facility, group.Unit!, group.Day, group.Day.AddYears(1), cancel))
                .Select(s => s.Session)
                .Where(s =>
                    s.Series == series
                    && s.Id != group.Id
                    && s.Starts > group.Starts
                    && s is { StartedAt: null, CancelReason: null, Attendance.Count: 0 }
                );
}
