using Handoff.Api.Access;
using Handoff.Api.Units;
using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Api.Boards;

/// <summary>Boards as JSON; as pages they are in <see cref="BoardPages"/>.</summary>
public static class BoardEndpoints
{
    public static void MapBoards(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Boards").RequirePermission(Permission.ReadBoard, Permission.ReadWall);
        api.MapGet("/units", Units).Produces<IReadOnlyList<UnitLine>>();
        api.MapGet("/units/{unit}/board", Board)
            .Produces<Board>()
            .ProducesProblem(404)
            .WithSummary(
                "The unit's board. Who may only see what hangs in a hallway, a display, gets it without names, and without any "
                    + "time from which a round could be foreseen."
            );
        api.MapGet("/overview", Overview)
            .Produces<Overview>()
            .WithSummary("All units at a glance. A display gets it without what is due, and since when.");
        routes.MapMyPatients();
        routes.MapBoardPages();
        IncidentBannerPages.Map(routes);
    }

    /// <summary>The units that the caller may see, with their beds.</summary>
    private static async Task<IResult> Units(Caller caller, UnitReader units, CancellationToken cancel) =>
        Results.Ok((await units.ForCaller(caller, cancel)).Select(u => new UnitLine(u.Id, u.Name!, u.Beds)));

    private static async Task<IResult> Board(
        string unit,
        string? at,
        Caller caller,
        BoardReader boards,
        AccessLog reads,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var isFull = caller.Actor.May(Permission.ReadBoard);
        var (instant, refusal) = Instant.Asked(at, clock);
        if (refusal is not null)
        {
            return refusal.Problem();
        }

        var board = instant is { } then
            ? await boards.AsOf(caller.Facility, unit, then, cancel)
            : await boards.ForUnit(caller.Facility, unit, cancel);
        if (board is null)
        {
            return Answers.Problem(404, "unit-unknown", "There is no such unit.", "unit");
        }

        await reads.Record(
            caller,
            at is not null ? AccessPurpose.AsOf
                : isFull ? AccessPurpose.Board
                : AccessPurpose.Wall,
            unit,
            [.. board.Cards.Select(c => c.Stay)],
            cancel
        );
        return isFull ? Results.Ok(board) : Results.Ok(Wall.FromBoard(board));
    }

    private static async Task<IResult> Overview(
        string? at,
        Caller caller,
        OverviewReader overview,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var (then, refusal) = Instant.Asked(at, clock);
        return refusal is not null ? refusal.Problem()
            : await overview.ForCaller(caller, then, cancel) is var all && caller.Actor.May(Permission.ReadBoard) ? Results.Ok(all)
            : Results.Ok(WallOverview.FromOverview(all));
    }
}

/// <summary>A unit that the caller may see.</summary>
public sealed record UnitLine(string Id, string Name, IReadOnlyList<string> Beds);
