using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Api.Units;
using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Domain.Units;
using Handoff.Web.Boards;
using Handoff.Web.Components;
using Handoff.Web.Layout;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Handoff.Api.Boards;

/// <summary>Boards as people see them: the start, the overview, a unit's board now and then, its wall display.</summary>
internal static class BoardPages
{
    public static void MapBoardPages(this IEndpointRouteBuilder routes)
    {
        var pages = routes.MapGroup("").ExcludeFromDescription();
        pages.MapGet("/", Start).RequirePermission(Permission.ReadBoard, Permission.ReadWall);
        pages.MapGet(Paths.Overview, Overview).RequirePermission(Permission.ReadBoard, Permission.ReadWall);
        pages.MapGet(Paths.OverviewLines, Lines).RequirePermission(Permission.ReadBoard, Permission.ReadWall).IsAskedByPages();
        pages.MapGet("/units/{unit}", Unit).RequirePermission(Permission.ReadBoard, Permission.ReadWall);
        pages.MapGet("/units/{unit}/board", Board).RequirePermission(Permission.ReadBoard);
        pages.MapGet("/units/{unit}/wall", Wall).RequirePermission(Permission.ReadWall);
    }

    /// <summary>Where somebody's day begins.</summary>
    private static async Task<IResult> Start(Caller caller, UnitReader units, CancellationToken cancel) =>
        Results.LocalRedirect(
            (await units.ForCaller(caller, cancel), caller.Actor.May(Permission.ReadBoard)) switch
            {
                ([var only], true) => Paths.Board(only.Id),
                ([var first, ..], false) => Paths.Wall(first.Id),
                _ => Paths.Overview,
            }
        );

    /// <summary>An address that somebody shortened: the board, or the display for whoever may see no more.</summary>
    private static async Task<IResult> Unit(string unit, Caller caller, BoardReader boards, CancellationToken cancel) =>
        await boards.Has(caller.Facility, unit, cancel)
            ? Results.LocalRedirect(caller.Actor.May(Permission.ReadBoard) ? Paths.Board(unit) : Paths.Wall(unit))
            : Results.NotFound();

    private static async Task<IResult> Overview(
        string? at,
        HttpContext context,
        Caller caller,
        OverviewReader overview,
        PageContexts frames,
        CancellationToken cancel
    )
    {
        var (frame, then, refused) = (await frames.ForRequest(context, caller, null, cancel)).Asked(at, context);
        return refused
            ?? (
                caller.Actor.May(Permission.ReadBoard)
                    ? Page<OverviewPage>(new() { ["PageContext"] = frame, ["Overview"] = await overview.ForCaller(caller, then, cancel) })
                    : Page<WallOverviewPage>(
                        new()
                        {
                            ["PageContext"] = frame,
                            ["Overview"] = WallOverview.FromOverview(await overview.ForCaller(caller, then, cancel)),
                        }
                    )
            );
    }

    private static async Task<IResult> Lines(
        HttpContext context,
        Caller caller,
        OverviewReader overview,
        PageContexts frames,
        CancellationToken cancel
    ) =>
        caller.Actor.May(Permission.ReadBoard)
            ? Page<OverviewFragment>(
                new()
                {
                    ["PageContext"] = await frames.ForRequest(context, caller, null, cancel),
                    ["Overview"] = await overview.ForCaller(caller, null, cancel),
                }
            )
            : Page<WallOverviewFragment>(
                new()
                {
                    ["PageContext"] = await frames.ForRequest(context, caller, null, cancel),
                    ["Overview"] = WallOverview.FromOverview(await overview.ForCaller(caller, null, cancel)),
                }
            );

    private static async Task<IResult> Board(
        string unit,
        [AsParameters] Moment asked,
        HttpContext context,
        Caller caller,
        BoardReader boards,
        Log log,
        PageContexts frames,
        AccessLog reads,
        CancellationToken cancel
    )
    {
        var frame = await frames.ForRequest(context, caller, unit, cancel);
        if (frame.Place is null)
        {
            return Results.NotFound();
        }

        if (asked.MinutesAgo is { } minutes)
        {
            return Results.LocalRedirect(Paths.BoardAt(unit, frame.Now.AddMinutes(-minutes)));
        }

        return asked.IsNow
            ? await Now(unit, frame, caller, boards, log, reads, cancel)
            : await AsOf(unit, asked, frame, caller, boards, log, reads, cancel);
    }

    private static async Task<IResult> Now(
        string unit,
        PageContext frame,
        Caller caller,
        BoardReader boards,
        Log log,
        AccessLog reads,
        CancellationToken cancel
    )
    {
        if (await boards.ForUnit(caller.Facility, unit, cancel) is not { } board)
        {
            return Results.NotFound();
        }

        await reads.Record(caller, AccessPurpose.Board, unit, board.Stays(), cancel);
        return Page<BoardPage>(
            new()
            {
                ["PageContext"] = frame,
                ["Board"] = board,
                ["Beds"] = (await log.State<Unit>(caller.Facility, unit, cancel)).Beds,
            }
        );
    }

    private static async Task<IResult> AsOf(
        string unit,
        Moment asked,
        PageContext frame,
        Caller caller,
        BoardReader boards,
        Log log,
        AccessLog reads,
        CancellationToken cancel
    )
    {
        var (at, refused) = asked.Read(frame.Time, frame.Now);
        var board = refused is null ? await boards.AsOf(caller.Facility, unit, at, cancel) : null;
        if (board is not null)
        {
            await reads.Record(caller, AccessPurpose.AsOf, unit, board.Stays(), cancel);
        }

        var slide = Slide.Over(asked.Days, at, frame.Now, await log.State<Unit>(caller.Facility, unit, cancel));
        var past = frame with { AsOf = at, Place = frame.Place! with { Shift = null } };
        var parameters = new Dictionary<string, object?>
        {
            ["PageContext"] = past,
            ["Unit"] = unit,
            ["At"] = at,
            ["Board"] = board,
            ["SubmittedForm"] = refused,
            ["Slide"] = slide,
        };
        return Page<AsOfPage>(parameters, refused is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest);
    }

    private static async Task<IResult> Wall(
        string unit,
        string? names,
        HttpContext context,
        Caller caller,
        BoardReader boards,
        PageContexts frames,
        AccessLog reads,
        CancellationToken cancel
    )
    {
        if (await boards.ForUnit(caller.Facility, unit, cancel) is not { } board)
        {
            return Results.NotFound();
        }

        var isNamed = IsNamed(names, caller);
        await reads.Record(caller, isNamed ? AccessPurpose.Board : AccessPurpose.Wall, unit, board.Stays(), cancel);
        var frame = await frames.ForRequest(context, caller, unit, cancel);
        return isNamed
            ? Page<NamedWallPage>(new() { ["PageContext"] = frame, ["Board"] = board })
            : Page<WallPage>(new() { ["PageContext"] = frame, ["Wall"] = Domain.Boards.Wall.FromBoard(board) });
    }

    // In a room of the staff's own, somebody who may see names can ask for them; a hallway's display can't.
    private static bool IsNamed(string? names, Caller caller) => names == "1" && caller.Actor.May(Permission.ReadBoard);

    private static List<Guid> Stays(this Board board) => [.. board.Cards.Select(card => card.Stay)];

    private static RazorComponentResult<T> Page<T>(Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where T : IComponent => new(parameters) { StatusCode = status, PreventStreamingRendering = true };
}
