using Handoff.Api.Access;
using Handoff.Api.Boards;
using Handoff.Api.Store;
using Handoff.Domain.Boards;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Web.Components;
using Handoff.Web.Layout;
using Handoff.Web.Pages;

namespace Handoff.Api.Pages;

/// <summary>The rounds page for a request. Who sees it is kept before it is shown.</summary>
public sealed class RoundPages(BoardReader boards, Log log, PageContexts frames, AccessLog reads)
{
    internal async Task<IResult> ForUnit(
        HttpContext context,
        Caller caller,
        string unit,
        Guid? open,
        Guid? undo,
        SubmittedForm? attempt = null,
        int status = StatusCodes.Status200OK
    )
    {
        var cancel = context.RequestAborted;
        if (await boards.ForUnit(caller.Facility, unit, cancel) is not { } board)
        {
            return Results.NotFound();
        }

        await reads.Record(caller, AccessPurpose.Rounds, unit, [.. board.Cards.Select(c => c.Stay)], cancel);
        var places = (await log.State<Unit>(caller.Facility, unit, cancel)).Places;
        var frame = await frames.ForRequest(context, caller, unit, cancel);
        frame = frame with { Undo = undo is { } check ? Offer(board, check, caller, frame.Time) : null };
        return Forms.Page<RoundsPage>(
            new
            {
                PageContext = frame,
                Board = board,
                Places = places,
                Open = open,
                SubmittedForm = attempt,
            },
            status
        );
    }

    internal async Task<IResult> Row(HttpContext context, Caller caller, string unit, Guid stay)
    {
        var cancel = context.RequestAborted;
        var card = await boards.Card(caller.Facility, unit, stay, cancel);
        if (card.IsGone)
        {
            return Results.NotFound();
        }

        await reads.Record(caller, AccessPurpose.Rounds, unit, [stay], cancel);
        return Forms.Page<RoundFragment>(new { PageContext = await frames.ForRequest(context, caller, unit, cancel), Card = card });
    }

    // Only the check that was just recorded, and only to whom recorded it.
    private static UndoOffer? Offer(Board board, Guid check, Caller caller, UnitTime time) =>
        board.Cards.FirstOrDefault(c => c.LastSeen?.Check == check) is { LastSeen: { } seen } card
        && seen.By == caller.Staff.Name
        && board.AsOf - seen.At < TimeSpan.FromHours(1)
            ? new(
                $"{card.Name}: {seen.Place}, {time.Clock(seen.At)}",
                Paths.UndoCheck(board.UnitId, card.Stay),
                new Dictionary<string, string> { ["check"] = check.ToString() }
            )
            : null;
}
