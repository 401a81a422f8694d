using Handoff.Api.Access;
using Handoff.Api.Store;
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
                "The unit's board. Who may only see what hangs in a hallway, a display, gets it without names, and without any time from which a round could be foreseen."
            );
        api.MapGet("/overview", Overview)
            .Produces<Overview>()
            .WithSummary("All units at a glance. A display gets it without what is due, and since when.");
        routes.MapMyPatients();
        routes.MapBoardPages();
    }

    private static async Task<IResult> Units(Caller caller, UnitReader units, CancellationToken cancel) =>
        Results.Ok((await units.Of(caller, cancel)).Select(u => new UnitLine(u.Id, u.Name!, u.Beds)));

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
            : await boards.Of(caller.Facility, unit, cancel);
        if (board is null)
        {
            return Answers.Problem(404, "unit-unknown", "There is no such unit.", "unit");
        }

        await reads.Record(
            caller,
            at is not null ? Look.AsOf
                : isFull ? Look.Board
                : Look.Wall,
            unit,
            [.. board.Cards.Select(c => c.Stay)],
            cancel
        );
        return isFull ? Results.Ok(board) : Results.Ok(Wall.Of(board));
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
            : await overview.Of(caller, then, cancel) is var all && caller.Actor.May(Permission.ReadBoard) ? Results.Ok(all)
            : Results.Ok(WallOverview.Of(all));
    }
}

/// <summary>A unit that the caller may see.</summary>
public sealed record UnitLine(string Id, string Name, IReadOnlyList<string> Beds);

/// <summary>The facility's units that a caller may see, by name.</summary>
public sealed class UnitReader(StateReader states)
{
    public async Task<List<Unit>> Of(Caller caller, CancellationToken cancel) =>
        [
            .. (await states.OfKind(caller.Facility, StateKind<Unit>.Name, cancel))
                .Select(s => (Unit)s.State)
                .Where(u => u.IsOpen() && caller.Actor.WorksOn(u.Id))
                .OrderBy(u => u.Name, StringComparer.Ordinal),
        ];
}

/// <summary>All units of a caller at a glance.</summary>
public sealed class OverviewReader(UnitReader units, BoardReader boards, Log log, TimeProvider clock)
{
    /// <param name="at">As it stood then, with only what had been recorded by then; null for now. Whose units it shows is as it is now.</param>
    public async Task<Overview> Of(Caller caller, DateTimeOffset? at, CancellationToken cancel)
    {
        var facility = await log.State<Facility>(caller.Facility, Facility.OnlyKey, cancel);
        var shown = await Task.WhenAll(
            (await units.Of(caller, cancel)).Select(u =>
                at is { } then ? boards.AsOf(caller.Facility, u.Id, then, cancel) : boards.Of(caller.Facility, u.Id, cancel)
            )
        );
        return new(facility.Name ?? caller.Facility, at ?? clock.GetUtcNow(), [.. shown.OfType<Board>().Select(OverviewLine.Of)]);
    }
}

/// <summary>An instant in an address: ISO 8601 with an offset or Z; a local time would be anybody's guess.</summary>
internal static class Instant
{
    private static readonly string[] Forms = ["yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The past instant that a request asks for as <c>at</c>; null without one. What can't be read, or has not come yet, is refused.</summary>
    public static (DateTimeOffset? At, Refusal? Refusal) Asked(string? at, TimeProvider clock) =>
        at is null ? (null, null)
        : !TryRead(at, out var instant) ? (null, Refusal.Invalid("time-invalid", "Write the instant as 2026-11-21T14:32:08Z.", "at"))
        : instant > clock.GetUtcNow() + Situation.ClockSkew
            ? (
                null,
                Refusal.Invalid("time-in-future", "That time has not come yet. Things can be shown as they stood, not as they will.", "at")
            )
        : (instant, null);

    public static bool TryRead(string? text, out DateTimeOffset instant)
    {
        instant = default;
        return text is [.., 'Z'] or [.., '+' or '-' or ' ', _, _, ':', _, _]
            && DateTimeOffset.TryParseExact(
                text.Replace(' ', '+'),
                Forms,
                System.Globalization.CultureInfo.InvariantCulture,
                System.Globalization.DateTimeStyles.None,
                out instant
            )
            && instant.Year is > 1900 and < 9999;
    }
}
