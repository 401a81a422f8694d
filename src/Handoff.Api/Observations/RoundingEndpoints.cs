using Handoff.Api.Access;
using Handoff.Api.Boards;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;
using Handoff.Web.Components;
using Handoff.Web.Layout;
using Handoff.Web.Observations;

namespace Handoff.Api.Observations;

/// <summary>Rounds: the unit's patients by next due, and the recording of who was seen where.</summary>
public static class RoundingEndpoints
{
    public static void MapRounding(this IEndpointRouteBuilder routes)
    {
        var rounds = routes.MapPages("/units/{unit}/rounds").RequirePermission(Permission.RecordCheck);
        rounds.MapGet(
            "",
            (string unit, Guid? open, Guid? undo, HttpContext context, Caller caller, RoundPages pages) =>
                pages.Of(context, caller, unit, open, undo)
        );
        rounds.MapGet(
            "/{stay:guid}",
            (string unit, Guid stay, HttpContext context, Caller caller, RoundPages pages) => pages.Row(context, caller, unit, stay)
        );
        rounds.MapPost("/{stay:guid}", Record);
        rounds.MapPost("/{stay:guid}/undo", Undo);
    }

    private static async Task<IResult> Record(
        string unit,
        Guid stay,
        HttpContext context,
        Caller caller,
        Posted form,
        Log log,
        RoundPages pages,
        TimeProvider clock
    )
    {
        var time = (await log.State<Unit>(caller.Facility, unit, context.RequestAborted)).Time();
        ICommand command =
            form.Takes("place", "how", "at", "seenAt", "seenWhileAway").Text("act") == "skip"
                ? Skipped(form, stay)
                : Checked(form, stay, time, clock.GetUtcNow());
        var handled = await log.Send(caller, form, command, ("isAsleep", "how"), ("breathingSeen", "how"), ("reason", "remark"));
        return handled switch
        {
            _ when context.Request.IsFromScript() => Said(handled),
            { IsRefused: true } => await pages.Of(context, caller, unit, stay, null, handled.Attempt, handled.Status),
            { Answer.Events: [var check, ..] } when command is RecordCheck => Forms.SeeOther($"{Paths.Rounds(unit)}?undo={check}"),
            _ => Forms.SeeOther(Paths.Rounds(unit)),
        };
    }

    private static async Task<IResult> Undo(string unit, Guid stay, HttpContext context, Caller caller, Posted form, Log log)
    {
        var handled = await log.Send(caller, form, new TakeBackCheck(form.Id("check"), "Undone at once") { Key = stay.ToString() });
        return context.Request.IsFromScript() ? Said(handled)
            : handled.Answer?.Refusal is { } refusal ? Failures.Refused(refusal)
            : Forms.SeeOther($"{Paths.Rounds(unit)}?open={stay}");
    }

    private static RecordCheck Checked(Posted form, Guid stay, UnitTime time, DateTimeOffset now)
    {
        var how = How.Of(form.Text("how"));
        return new(
            form.Text("place"),
            how?.IsAsleep,
            how?.BreathingSeen,
            how?.Activity,
            Remark: form.Text("remark"),
            At: form.Past("at", time, now) ?? form.Instant("seenAt"),
            SeenWhileAway: form.Text("seenWhileAway") == "true"
        )
        {
            Key = stay.ToString(),
        };
    }

    private static SkipCheck Skipped(Posted form, Guid stay) => new(form.Text("remark")) { Key = stay.ToString() };

    private static IResult Said(Handled handled) =>
        handled switch
        {
            { Answer: { } answer } => answer.Result(),
            _ => Answers.Problem(handled.Status, "form-unreadable", handled.Attempt!.Errors[0].Words, handled.Attempt.Errors[0].Field),
        };
}

/// <summary>The rounds page for a request. Who sees it is kept before it is shown.</summary>
public sealed class RoundPages(BoardReader boards, Log log, Frames frames, AccessLog reads)
{
    internal async Task<IResult> Of(
        HttpContext context,
        Caller caller,
        string unit,
        Guid? open,
        Guid? undo,
        Attempt? attempt = null,
        int status = StatusCodes.Status200OK
    )
    {
        var cancel = context.RequestAborted;
        if (await boards.Of(caller.Facility, unit, cancel) is not { } board)
        {
            return Results.NotFound();
        }

        await reads.Record(caller, Look.Rounds, unit, [.. board.Cards.Select(c => c.Stay)], cancel);
        var places = (await log.State<Unit>(caller.Facility, unit, cancel)).Places;
        var frame = await frames.Of(context, caller, unit, cancel);
        frame = frame with { Undo = undo is { } check ? Offer(board, check, caller, frame.Time) : null };
        return Forms.Page<RoundsPage>(
            new
            {
                Frame = frame,
                Board = board,
                Places = places,
                Open = open,
                Attempt = attempt,
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

        await reads.Record(caller, Look.Rounds, unit, [stay], cancel);
        return Forms.Page<RoundFragment>(new { Frame = await frames.Of(context, caller, unit, cancel), Card = card });
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
