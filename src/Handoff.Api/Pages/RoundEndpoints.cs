using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;
using Handoff.Web.Components;
using Handoff.Web.Layout;
using Handoff.Web.Observations;

namespace Handoff.Api.Pages;

/// <summary>Rounds: the unit's patients by next due, and the recording of who was seen where.</summary>
public static class RoundEndpoints
{
    public static void MapRounds(this IEndpointRouteBuilder routes)
    {
        var rounds = routes.MapPages("/units/{unit}/rounds").RequirePermission(Permission.RecordCheck);
        rounds.MapGet(
            "",
            (string unit, Guid? open, Guid? undo, HttpContext context, Caller caller, RoundPages pages) =>
                pages.ForUnit(context, caller, unit, open, undo)
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
        FormPost form,
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
            { IsRefused: true } => await pages.ForUnit(context, caller, unit, stay, null, handled.SubmittedForm, handled.Status),
            { Answer.Events: [var check, ..] } when command is RecordCheck => Forms.SeeOther($"{Paths.Rounds(unit)}?undo={check}"),
            _ => Forms.SeeOther(Paths.Rounds(unit)),
        };
    }

    private static async Task<IResult> Undo(string unit, Guid stay, HttpContext context, Caller caller, FormPost form, Log log)
    {
        var handled = await log.Send(caller, form, new TakeBackCheck(form.Id("check"), "Undone at once") { Key = stay.ToString() });
        return context.Request.IsFromScript() ? Said(handled)
            : handled.Answer?.Refusal is { } refusal ? Failures.Refused(refusal)
            : Forms.SeeOther($"{Paths.Rounds(unit)}?open={stay}");
    }

    private static RecordCheck Checked(FormPost form, Guid stay, UnitTime time, DateTimeOffset now)
    {
        var how = How.Parse(form.Text("how"));
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

    private static SkipCheck Skipped(FormPost form, Guid stay) => new(form.Text("remark")) { Key = stay.ToString() };

    private static IResult Said(FormResult handled) =>
        handled switch
        {
            { Answer: { } answer } => answer.Result(),
            _ => Answers.Problem(
                handled.Status,
                "form-unreadable",
                handled.SubmittedForm!.Errors[0].Words,
                handled.SubmittedForm.Errors[0].Field
            ),
        };
}
