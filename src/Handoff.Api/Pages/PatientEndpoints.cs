using Handoff.Api.Access;
using Handoff.Domain.Access;

namespace Handoff.Api.Pages;

/// <summary>A patient's own page.</summary>
public static class PatientEndpoints
{
    public static void MapPatients(this IEndpointRouteBuilder routes) =>
        routes
            .MapPages("/stays/{stay:guid}")
            .RequirePermission(Permission.ReadStay)
            .MapGet(
                "",
                (Guid stay, [AsParameters] Moment asked, bool? discharged, HttpContext context, Caller caller, PatientPages pages) =>
                    asked.IsNow ? pages.ForStay(context, caller, stay, discharged == true) : pages.AsOf(context, caller, stay, asked)
            );
}
