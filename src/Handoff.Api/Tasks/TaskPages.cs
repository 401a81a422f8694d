using Handoff.Api.Access;
using Handoff.Api.Stays;
using Handoff.Api.Store;
using Handoff.Api.Timeline;
using Handoff.Api.Units;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Timeline;
using Handoff.Domain.Units;
using Handoff.Web.Stays;
using Handoff.Web.Tasks;

namespace Handoff.Api.Tasks;

/// <summary>Pages about tasks. Whose tasks are looked at is kept before they are shown.</summary>
public sealed class TaskPages(
    Log log,
    LogReader reader,
    WorkReader work,
    UnitReader units,
    Colleagues colleagues,
    StayPages stays,
    Histories histories,
    PageContexts frames,
    AccessLog reads,
    TimeProvider clock
)
{
    internal DateTimeOffset Now() => clock.GetUtcNow();

    internal async Task<IResult> ForUnit(HttpContext context, Caller caller, string unit) =>
        await Lines(caller, unit, context.RequestAborted) is { } lines
            ? Forms.Page<TasksPage>(
                new
                {
                    PageContext = await frames.ForRequest(context, caller, unit, context.RequestAborted),
                    Unit = unit,
                    Lines = lines,
                }
            )
            : Results.NotFound();

    /// <summary>The unit's open tasks; null if there is no such unit.</summary>
    internal async Task<List<TaskLine>?> Lines(Caller caller, string unit, CancellationToken cancel)
    {
        if (!await units.Has(caller.Facility, unit, cancel))
        {
            return null;
        }

        var tasks = await work.Open<CareTask>(caller.Facility, unit, cancel);
        var patients = await work.Patients(caller.Facility, tasks.Select(t => t.Stay).OfType<Guid>(), cancel);
        await reads.Record(caller, AccessPurpose.Tasks, unit, patients.Keys, cancel);
        return [.. tasks.OrderBy(t => t.Due).Select(t => new TaskLine(t, t.Stay is { } stay ? patients.GetValueOrDefault(stay) : null))];
    }

    internal async Task<IResult> New(HttpContext context, Caller caller, string unit, FormResult? handled = null)
    {
        var at = await FormOf(caller, unit, context.RequestAborted);
        return at.Unit.IsOpen()
            ? Forms.Page<NewTaskPage>(
                new
                {
                    PageContext = await frames.ForRequest(context, caller, unit, context.RequestAborted),
                    at.Unit,
                    at.People,
                    handled?.SubmittedForm,
                },
                handled?.Status ?? StatusCodes.Status200OK
            )
            : Results.NotFound();
    }

    internal Task<IResult> New(HttpContext context, Caller caller, Guid stay, Guid? from, FormResult? handled = null) =>
        stays.Show(
            context,
            caller,
            stay,
            AccessPurpose.Stay,
            async (frame, at) =>
            {
                var origin = from is null
                    ? null
                    : (await histories.ForStay(caller.Facility, stay, context.RequestAborted)).Facts.FirstOrDefault(e =>
                        e.Recorded.Id == from
                    );
                var form = await FormOf(caller, at.Unit.Id, context.RequestAborted);
                return Forms.Page<PatientTaskPage>(
                    new
                    {
                        PageContext = frame,
                        Bedside = at,
                        form.People,
                        From = origin?.Recorded,
                        handled?.SubmittedForm,
                    },
                    handled?.Status ?? StatusCodes.Status200OK
                );
            }
        );

    /// <param name="act">The form that was refused; null for a button.</param>
    internal async Task<IResult> One(HttpContext context, Caller caller, Guid id, string? act = null, FormResult? handled = null)
    {
        var cancel = context.RequestAborted;
        var task = await log.State<CareTask>(caller.Facility, id.ToString(), cancel);
        if (!task.IsKnown())
        {
            return Results.NotFound();
        }

        if (!caller.Actor.WorksOn(task.Unit!))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        await reads.Record(caller, AccessPurpose.Tasks, task.Unit, task.Stay is { } about ? [about] : [], cancel);
        var patient = task.Stay is { } stay ? await log.State<Stay>(caller.Facility, stay.ToString(), cancel) : null;
        var at = await FormOf(caller, task.Unit!, cancel);
        return Forms.Page<TaskPage>(
            new
            {
                PageContext = await frames.ForRequest(context, caller, task.Unit, cancel),
                Line = new TaskLine(task, patient),
                at.Unit,
                at.People,
                Story = History
                    .FromFacts(
                        await reader
                            .Stream(caller.Facility, StreamId.For(StateKind<CareTask>.Name, id), cancel)
                            .Select(l => new Fact(l.Position, l.Recorded))
                            .ToListAsync(cancel)
                    )
                    .Whole(at.Unit),
                From = task is { Stay: { } of, From.Event: { } from } && caller.Actor.May(Permission.ReadStay)
                    ? (await histories.ForStay(caller.Facility, of, cancel)).Find(from)
                    : null,
                Act = act,
                handled?.SubmittedForm,
            },
            handled?.Status ?? StatusCodes.Status200OK
        );
    }

    internal async Task<TaskForm> FormOf(Caller caller, string unit, CancellationToken cancel)
    {
        var people = await colleagues.OnUnit(caller.Facility, unit, [.. TaskChoices.Roles], cancel);
        return new(
            await log.State<Unit>(caller.Facility, unit, cancel),
            clock.GetUtcNow(),
            [.. people.Select(p => new OwnerOption(p.Id, p.Name, p.Role))]
        );
    }
}
