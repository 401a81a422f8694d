using System.Collections.Concurrent;
using Handoff.Api.Access;
using Handoff.Api.Boards;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Microsoft.AspNetCore.SignalR;
using Npgsql;

namespace Handoff.Api.Live;

/// <summary>Where boards are watched. Who may not see names watches as it may hang in a hallway.</summary>
public sealed class BoardHub(BoardReader boards, Callers callers, AccessLog reads, Watchers watchers) : Hub
{
    public const string Path = "/hubs/board";

    public static string Group(string facility, string unit, bool isHallwaySafe) =>
        $"{facility}/{unit}/{(isHallwaySafe ? "wall" : "full")}";

    /// <summary>The whole board, and from now on every card of it that changes, as <c>CardChanged</c>.</summary>
    /// <exception cref="HubException">Its message is the refusal's code: <c>unit-unknown</c>, <c>not-permitted</c>.</exception>
    /// <returns>A <see cref="Board"/>, or a <see cref="Wall"/> for whoever may not see names.</returns>
    public async Task<object> Watch(string unit)
    {
        var caller = await Caller() ?? throw new HubException("sign-in-required");
        var isFull = caller.Actor.May(Permission.ReadBoard);
        if (!caller.Actor.WorksOn(unit) || !(isFull || caller.Actor.May(Permission.ReadWall)))
        {
            throw new HubException("not-permitted");
        }

        if (!await boards.Has(caller.Facility, unit, Context.ConnectionAborted))
        {
            throw new HubException("unit-unknown");
        }

        // The group first, the board after it: what happens in between is pushed and is in the board, never in neither.
        await Join(caller.Facility, unit, isFull);
        var board = await boards.Of(caller.Facility, unit, Context.ConnectionAborted) ?? throw new HubException("unit-unknown");
        await reads.Record(caller, isFull ? Look.Board : Look.Wall, unit, [.. board.Cards.Select(c => c.Stay)], Context.ConnectionAborted);
        return isFull ? board : Wall.Of(board);
    }

    /// <summary>No longer hear of the unit.</summary>
    public async Task Unwatch(string unit)
    {
        if (await Caller() is { } caller)
        {
            await Groups.RemoveFromGroupAsync(Context.ConnectionId, Group(caller.Facility, unit, isHallwaySafe: false));
            await Groups.RemoveFromGroupAsync(Context.ConnectionId, Group(caller.Facility, unit, isHallwaySafe: true));
            watchers.Remove(Context, unit);
        }
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watchers.Remove(Context);
        return base.OnDisconnectedAsync(exception);
    }

    // Of one unit only one audience: whose role has shrunk must not go on hearing what the former role heard.
    private async Task Join(string facility, string unit, bool isFull)
    {
        await Groups.RemoveFromGroupAsync(Context.ConnectionId, Group(facility, unit, isHallwaySafe: isFull));
        await Groups.AddToGroupAsync(Context.ConnectionId, Group(facility, unit, isHallwaySafe: !isFull), Context.ConnectionAborted);
        watchers.Add(Context, unit, isFull);
    }

    private async Task<Caller?> Caller() =>
        await callers.Of(Context.User!, Origin.Of(Context.GetHttpContext()!), Context.ConnectionAborted);
}
