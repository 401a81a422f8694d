using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Web.Layout;
using Microsoft.EntityFrameworkCore;

namespace Handoff.Api.Handoffs;

/// <summary>Staffing coming shifts ahead: who works them, and who could take whom.</summary>
internal static class StaffingEndpoints
{
    public static void MapStaffing(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGroup("/api")
            .WithTags("Handoffs")
            .MapGet("/units/{unit}/staffing", Json)
            .RequirePermission(Permission.HandOver)
            .Produces<Staffing>()
            .ProducesProblem(404);
        var pages = routes.MapPages("/units/{unit}/staffing").RequirePermission(Permission.HandOver);
        pages.MapGet(
            "",
            async (string unit, string? shift, HttpContext context, Caller caller, HandoffPages of, AccessContext accounts) =>
                await of.Staffing(
                    context,
                    caller,
                    unit,
                    shift,
                    await AssignmentEndpoints.Workers(accounts, caller, unit, context.RequestAborted)
                )
        );
        pages.MapPost("/plan", Plan);
        pages.MapPost("/assign", Assign);
    }

    /// <summary>Who is on a shift, who has which patients, and how the patients might be divided.</summary>
    private static async Task<IResult> Json(
        string unit,
        string? shift,
        Caller caller,
        StaffingReader staffings,
        AccessLog reads,
        CancellationToken cancel
    )
    {
        if (await staffings.ForShift(caller.Facility, unit, shift, cancel) is not { } staffing)
        {
            return Answers.Problem(404, "shift-unknown", "The unit has no such shift.", "shift");
        }

        await reads.Record(caller, AccessPurpose.Handoff, unit, [.. staffing.Unit.Patients.Select(p => p.Stay)], cancel);
        return Results.Ok(staffing);
    }

    private static async Task<IResult> Plan(
        string unit,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        HandoffPages of,
        AccessContext accounts
    )
    {
        var people = await AssignmentEndpoints.Workers(accounts, caller, unit, context.RequestAborted);
        var (shift, chosen) = (form.Text("shift") ?? "", form.Texts("people").ToHashSet());
        var handled = await log.Send(
            caller,
            form,
            new PlanShift([.. people.Where(p => chosen.Contains(p.Id))], form.Text("from")) { Key = shift }
        );
        return handled.IsRefused
            ? await of.Staffing(context, caller, unit, shift, people, handled)
            : Forms.SeeOther(Paths.Staffing(unit, shift));
    }

    // Whoever is assigned otherwise by now, or may not be any more, stays as they are; the page shows it.
    private static async Task<IResult> Assign(
        string unit,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        StaffingReader staffings
    )
    {
        var shift = form.Text("shift");
        form.RefuseOthers();
        if (await staffings.ForShift(caller.Facility, unit, shift, context.RequestAborted) is not { IsNext: true } staffing)
        {
            return Forms.SeeOther(Paths.Staffing(unit, shift));
        }

        foreach (var suggested in staffing.Suggested)
        {
            var key = suggested.Stay.ToString();
            await log.Send(caller, form, new AssignPatient(suggested.To.Id, staffing.Chosen.Key) { Key = key }, key);
        }

        return Forms.SeeOther(Paths.Assignments(unit));
    }
}
