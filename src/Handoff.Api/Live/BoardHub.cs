using System.Collections.Concurrent;
using Handoff.Api.Access;
using Handoff.Api.Boards;
using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Domain.Units;
using Microsoft.AspNetCore.SignalR;
using Npgsql;

namespace Handoff.Api.Live;

/// <summary>Where boards are watched. Who may not see names watches as it may hang in a hallway.</summary>
public sealed class BoardHub(BoardReader boards, CardWriter writer, Callers callers, AccessLog reads, Watchers watchers) : Hub
{
    public const string Path = "/hubs/board";

    public static string Group(string facility, string unit, bool isHallwaySafe) =>
        $"{facility}/{unit}/{(isHallwaySafe ? "wall" : "full")}";

    /// <summary>The whole board, and from now on every card of it that changes, as <c>CardChanged</c>. For machines.</summary>
    /// <exception cref="HubException">Its message is the refusal's code: <c>unit-unknown</c>, <c>not-permitted</c>.</exception>
    /// <returns>A <see cref="Board"/>, or a <see cref="Wall"/> for whoever may not see names.</returns>
    public async Task<object> Watch(string unit)
    {
        var (_, audience, read) = await Begin(unit, CardView.Data);
        return audience.IsHallwaySafe ? Wall.FromBoard(read.Board) : read.Board;
    }

    /// <summary>
    /// What a page lacks of what it shows, and from now on every card that changes, as <c>CardShown</c>. A page that was away is so told at
    /// once what it missed.
    /// </summary>
    /// <param name="view">What the page shows of a card: <c>News</c>, <c>Board</c>, <c>Rounds</c>, <c>Wall</c> or <c>NamedWall</c>.</param>
    /// <param name="shown">The version in which the page shows each card.</param>
    /// <exception cref="HubException">Its message is the refusal's code: <c>unit-unknown</c>, <c>not-permitted</c>.</exception>
    public async Task<PageBoard> WatchPage(string unit, CardView view, IReadOnlyDictionary<Guid, long> shown)
    {
        var (_, audience, (board, configured)) = await Begin(unit, view);
        var lacking = board.Cards.Where(c => audience.IsWritten && c.Version > shown.GetValueOrDefault(c.Stay)).ToList();
        var written = (await writer.Write(audience, configured, board.AsOf, lacking)).ToDictionary(c => c.Stay);
        return new(
            unit,
            board.AsOf,
            board.Position,
            [.. board.Cards.Select(c => written.GetValueOrDefault(c.Stay) ?? new PageCard(c.Stay, c.Version))],
            [.. board.Incidents.Select(i => new PageIncident(i.Id, i.Version))]
        );
    }

    /// <summary>No longer hear of the unit.</summary>
    public async Task Unwatch(string unit)
    {
        if (watchers.Remove(Context, unit) is { } audience)
        {
            await Leave(audience);
        }
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        watchers.Remove(Context);
        return base.OnDisconnectedAsync(exception);
    }

    // The group first, the board after it: what happens in between is pushed and is in the board, never in neither.
    private async Task<(Caller, Audience, (Board Board, Unit Unit))> Begin(string unit, CardView view)
    {
        var caller = await Caller() ?? throw new HubException("sign-in-required");
        var audience = Audience.ForCaller(caller, unit, view) ?? throw new HubException("not-permitted");
        if (!await boards.Has(caller.Facility, unit, Context.ConnectionAborted))
        {
            throw new HubException("unit-unknown");
        }

        await Join(audience);
        var read = await boards.Read(caller.Facility, unit, Context.ConnectionAborted) ?? throw new HubException("unit-unknown");
        var look = audience.IsHallwaySafe ? AccessPurpose.Wall : AccessPurpose.Board;
        await reads.Record(caller, look, unit, [.. read.Board.Cards.Select(c => c.Stay)], Context.ConnectionAborted);
        return (caller, audience, (read.Board, read.Unit));
    }

    // Of one unit only one audience: whose role has shrunk must not go on hearing what the former role heard.
    private async Task Join(Audience audience)
    {
        if (watchers.Remove(Context, audience.Unit) is { } before)
        {
            await Leave(before);
        }

        await Groups.AddToGroupAsync(Context.ConnectionId, audience.Group, Context.ConnectionAborted);
        await Groups.AddToGroupAsync(Context.ConnectionId, audience.Everybody, Context.ConnectionAborted);
        watchers.Add(Context, audience);
    }

    private async Task Leave(Audience audience)
    {
        await Groups.RemoveFromGroupAsync(Context.ConnectionId, audience.Group);
        await Groups.RemoveFromGroupAsync(Context.ConnectionId, audience.Everybody);
    }

    private async Task<Caller?> Caller() =>
        await callers.ForUser(Context.User!, Origin.FromRequest(Context.GetHttpContext()!), Context.ConnectionAborted);
}
