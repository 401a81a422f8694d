using Handoff.Api.Access;
using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Web.Boards;

namespace Handoff.Api.Boards;

/// <summary>What goes on now on a unit, as it stands on top of its board and its wall.</summary>
public sealed class IncidentBannerPages(BoardReader boards, PageContexts frames, AccessLog reads)
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapPages("/units/{unit}/wall/incidents")
            .RequirePermission(Permission.ReadWall)
            .IsAskedByPages()
            .MapGet(
                "",
                (string unit, string? names, HttpContext context, Caller caller, IncidentBannerPages pages) =>
                    pages.WallBanners(context, caller, unit, names)
            );
        routes
            .MapPages("/units/{unit}/incidents")
            .RequirePermission(Permission.ReadBoard)
            .MapGet(
                "/now",
                (string unit, HttpContext context, Caller caller, IncidentBannerPages pages) => pages.Banners(context, caller, unit)
            )
            .IsAskedByPages();
    }

    private async Task<IResult> Banners(HttpContext context, Caller caller, string unit)
    {
        var cancel = context.RequestAborted;
        if (await boards.ForUnit(caller.Facility, unit, cancel) is not { } board)
        {
            return Results.NotFound();
        }

        await reads.Record(caller, AccessPurpose.Board, unit, Stays(board), cancel);
        return Forms.Page<IncidentBannersFragment>(
            new
            {
                PageContext = await frames.ForRequest(context, caller, unit, cancel),
                Unit = unit,
                board.Incidents,
            }
        );
    }

    private async Task<IResult> WallBanners(HttpContext context, Caller caller, string unit, string? names)
    {
        var cancel = context.RequestAborted;
        if (await boards.ForUnit(caller.Facility, unit, cancel) is not { } board)
        {
            return Results.NotFound();
        }

        var isNamed = names == "1" && caller.Actor.May(Permission.ReadBoard);
        await reads.Record(caller, isNamed ? AccessPurpose.Board : AccessPurpose.Wall, unit, Stays(board), cancel);
        var shown = isNamed ? board.Incidents : Wall.FromBoard(board).Incidents;
        return Forms.Page<IncidentBannersFragment>(
            new
            {
                PageContext = await frames.ForRequest(context, caller, unit, cancel),
                Unit = unit,
                Incidents = shown,
                IsWall = true,
                IsNamed = isNamed,
            }
        );
    }

    private static List<Guid> Stays(Board board) =>
        [.. board.Incidents.SelectMany(one => one.Patients.Select(patient => patient.Stay)).Distinct()];
}
