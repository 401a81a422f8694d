using Handoff.Api.Access;
using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Domain.Units;
using Handoff.Web.Boards;

namespace Handoff.Api.Boards;

/// <summary>Somebody's own patients on a unit, as a page and as JSON.</summary>
internal static class MyPatientsEndpoints
{
    public static void MapMyPatients(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/units/{unit}/mine", OfUnit)
            .WithTags("Boards")
            .RequirePermission(Permission.ReadStay)
            .Produces<MyPatients>()
            .ProducesProblem(404)
            .WithSummary(
                "The caller's patients on a unit: what changed since they last worked, what they have not read, what is due "
                    + "within two hours."
            );
        routes.MapGet("/units/{unit}/mine", Page).RequirePermission(Permission.ReadStay).ExcludeFromDescription();
    }

    private static async Task<IResult> OfUnit(
        string unit,
        bool? all,
        Caller caller,
        MyPatientsReader mine,
        AccessLog reads,
        CancellationToken cancel
    )
    {
        if (await mine.ForCaller(caller, unit, all == true, cancel) is not { } patients)
        {
            return Answers.Problem(404, "unit-unknown", "There is no such unit.", "unit");
        }

        await reads.Record(caller, AccessPurpose.Mine, unit, [.. patients.Patients.Select(p => p.Card.Stay)], cancel);
        return Results.Ok(patients);
    }

    private static async Task<IResult> Page(
        string unit,
        bool? all,
        HttpContext context,
        Caller caller,
        MyPatientsReader mine,
        PageContexts frames,
        AccessLog reads,
        CancellationToken cancel
    )
    {
        if (await mine.ForCaller(caller, unit, all == true, cancel) is not { } patients)
        {
            return Results.NotFound();
        }

        await reads.Record(caller, AccessPurpose.Mine, unit, [.. patients.Patients.Select(p => p.Card.Stay)], cancel);
        return Forms.Page<MyPatientsPage>(
            new
            {
                PageContext = await frames.ForRequest(context, caller, unit, cancel),
                Mine = patients,
                IsAll = all == true,
            }
        );
    }
}
