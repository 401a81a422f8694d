using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Web.Components;
using Handoff.Web.Handoffs;

namespace Handoff.Api.Handoffs;

/// <summary>The handoff's pages for a request. Whom they show is kept before they are shown.</summary>
public sealed class HandoffPages(HandoffReader handoffs, StaffingReader staffings, PageContexts frames, AccessLog reads)
{
    internal async Task<IResult> ForUnit(
        HttpContext context,
        Caller caller,
        string unit,
        Guid? stay,
        HandoffWindow window,
        string? refused = null,
        FormResult? handled = null,
        Guid? accepted = null,
        string? at = null
    )
    {
        var (frame, then, cant) = (await frames.ForRequest(context, caller, unit, context.RequestAborted)).Asked(at, context);
        if (cant is not null)
        {
            return cant;
        }

        if (
            await handoffs.ForUnitAndPatient(
                caller.Facility,
                unit,
                all => Opened(all, stay, accepted, caller),
                window,
                context.RequestAborted,
                then
            )
            is not var (found, opened)
        )
        {
            return Results.NotFound();
        }

        await Seen(caller, found, context.RequestAborted, then);
        return Forms.Page<HandoffPage>(
            new
            {
                PageContext = frame,
                Unit = found,
                Opened = opened,
                Window = window,
                Refused = refused,
                handled?.SubmittedForm,
                Accepted = accepted,
            },
            handled?.Status ?? StatusCodes.Status200OK
        );
    }

    /// <param name="stay">One patient whom the huddle may have left; null for the one of whom it speaks.</param>
    internal async Task<IResult> Huddle(HttpContext context, Caller caller, string unit, Guid? stay)
    {
        if (
            await handoffs.ForUnitAndPatient(
                caller.Facility,
                unit,
                all => all.Patient(stay ?? all.Huddling()?.Huddle?.Stay),
                HandoffWindow.Shift,
                context.RequestAborted
            )
            is not var (found, opened)
        )
        {
            return Results.NotFound();
        }

        await Seen(caller, found, context.RequestAborted);
        return Forms.Page<HuddlePage>(
            new
            {
                PageContext = await frames.ForRequest(context, caller, unit, context.RequestAborted),
                Unit = found,
                Opened = opened,
            }
        );
    }

    /// <summary>The next one of those who are left to be judged, after <paramref name="after"/> in their order.</summary>
    internal async Task<IResult> OneByOne(HttpContext context, Caller caller, string unit, Guid? after)
    {
        if (
            await handoffs.ForUnitAndPatient(
                caller.Facility,
                unit,
                all => Next(all, caller.Staff.Id, after),
                HandoffWindow.Shift,
                context.RequestAborted
            )
            is not var (found, opened)
        )
        {
            return Results.NotFound();
        }

        await Seen(caller, found, context.RequestAborted);
        return Forms.Page<LookPage>(
            new
            {
                PageContext = await frames.ForRequest(context, caller, unit, context.RequestAborted),
                Unit = found,
                Opened = opened,
            }
        );
    }

    private static HandoffPatient? Next(UnitHandoff all, string person, Guid? after) =>
        all.GivenBy(person)
            .OrderBy(p => p.Bed?.PadLeft(20), StringComparer.Ordinal)
            .SkipWhile(p => after is not null && p.Stay != after)
            .Skip(after is null ? 0 : 1)
            .FirstOrDefault(p => p is { Standing: HandoffStanding.Untouched, CloserLook.Count: 0 });

    internal async Task<IResult> Print(HttpContext context, Caller caller, string unit, HandoffWindow window, string? at)
    {
        var (frame, then, cant) = (await frames.ForRequest(context, caller, unit, context.RequestAborted)).Asked(at, context);
        if (cant is not null)
        {
            return cant;
        }

        if (await handoffs.All(caller.Facility, unit, window, context.RequestAborted, then) is not var (found, patients))
        {
            return Results.NotFound();
        }

        await Seen(caller, found, context.RequestAborted, then);
        return Forms.Page<HandoffPaperPage>(
            new
            {
                PageContext = frame,
                Unit = found,
                Patients = patients,
            }
        );
    }

    internal async Task<IResult> Assignments(
        HttpContext context,
        Caller caller,
        string unit,
        IReadOnlyList<Staff> people,
        string? chosen,
        SubmittedForm? attempt = null,
        int status = StatusCodes.Status200OK
    )
    {
        if (await handoffs.ForUnit(caller.Facility, unit, context.RequestAborted) is not { } found)
        {
            return Results.NotFound();
        }

        await Seen(caller, found, context.RequestAborted);
        return Forms.Page<AssignmentsPage>(
            new
            {
                PageContext = await frames.ForRequest(context, caller, unit, context.RequestAborted),
                Unit = found,
                People = people,
                Chosen = chosen,
                SubmittedForm = attempt,
            },
            status
        );
    }

    internal async Task<IResult> Staffing(
        HttpContext context,
        Caller caller,
        string unit,
        string? shift,
        IReadOnlyList<Staff> people,
        FormResult? handled = null
    )
    {
        if (await staffings.ForShift(caller.Facility, unit, shift, context.RequestAborted) is not { } staffing)
        {
            return Results.NotFound();
        }

        await Seen(caller, staffing.Unit, context.RequestAborted);
        return Forms.Page<StaffingPage>(
            new
            {
                PageContext = await frames.ForRequest(context, caller, unit, context.RequestAborted),
                Staffing = staffing,
                People = people,
                handled?.SubmittedForm,
            },
            handled?.Status ?? StatusCodes.Status200OK
        );
    }

    // Who is asked for; else whoever the caller must still do something about: who accepts goes from patient to patient.
    private static HandoffPatient? Opened(UnitHandoff all, Guid? stay, Guid? accepted, Caller caller) =>
        all.Patient(stay)
        ?? all.For(caller.Staff.Id).FirstOrDefault(p => p.Standing == HandoffStanding.Given)
        ?? all.Patient(accepted)
        ?? all.GivenBy(caller.Staff.Id).FirstOrDefault(p => p.Standing != HandoffStanding.Given)
        ?? (all.Patients.Count > 0 ? all.Patients[0] : null);

    private Task Seen(Caller caller, UnitHandoff unit, CancellationToken cancel, DateTimeOffset? at = null) =>
        reads.Record(
            caller,
            at is null ? AccessPurpose.Handoff : AccessPurpose.AsOf,
            unit.Unit,
            [.. unit.Patients.Select(p => p.Stay)],
            cancel
        );
}
