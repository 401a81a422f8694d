using Handoff.Api.Access;
using Handoff.Api.Stays;
using Handoff.Api.Timeline;
using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Timeline;
using Handoff.Web.Handoffs;

namespace Handoff.Api.Handoffs;

/// <summary>A patient's handoffs as a page.</summary>
public sealed class StayHandoffPages(StayPages stays, Histories histories)
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapPages("/stays/{stay:guid}/handoffs")
            .RequirePermission(Permission.ReadStay)
            .MapGet("", (Guid stay, HttpContext context, Caller caller, StayHandoffPages pages) => pages.Handoffs(context, caller, stay));

    /// <summary>Every handoff of the patient that was accepted, whole.</summary>
    private Task<IResult> Handoffs(HttpContext context, Caller caller, Guid stay) =>
        stays.Show(
            context,
            caller,
            stay,
            AccessPurpose.Handoff,
            async (frame, at) =>
                Forms.Page<StayHandoffsPage>(
                    new
                    {
                        PageContext = frame,
                        Bedside = at,
                        Notes = Notes(await histories.ForStay(caller.Facility, stay, context.RequestAborted), at.Unit.Time()),
                    }
                )
        );

    private static IReadOnlyList<GivenNote> Notes(History history, UnitTime time) =>
        GivenNote.All([.. history.Facts.Select(f => (f.Position, f.Recorded))], time);
}
