using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Api.Units;
using Handoff.Domain.Access;
using Handoff.Domain.Observations;
using Handoff.Web.Layout;
using Handoff.Web.Observations;

namespace Handoff.Api.Observations;

/// <summary>Questions about checks that look unlike a round, for who is in charge: read, asked, and seen to.</summary>
internal static class RoundQuestionEndpoints
{
    public static void MapRoundQuestions(this IEndpointRouteBuilder routes)
    {
        var api = routes
            .MapGroup("/api/units/{unit}/round-questions")
            .WithTags("Observations")
            .RequirePermission(Permission.AskAboutRounds);
        api.MapGet("", Asked)
            .Produces<IReadOnlyList<RoundQuestionLine>>()
            .ProducesProblem(404)
            .WithSummary("Checks of the last day that look unlike a round, by time: questions to be asked, not findings about anybody.");
        api.MapPost("/{question:guid}/see-to", Seen)
            .Accepts<RoundQuestionAnswer>("application/json")
            .Produces<Written>()
            .ProducesProblem(400)
            .ProducesProblem(404)
            .ProducesProblem(422)
            .WithSummary("Say what became of a question.");

        routes
            .MapGroup("/api/units/{unit}/round-compliance")
            .WithTags("Observations")
            .RequirePermission(Permission.AskAboutRounds)
            .MapGet("", InTime)
            .Produces<IReadOnlyList<RoundComplianceLine>>()
            .ProducesProblem(404)
            .WithSummary(
                "Looks of the last day that were in time, of each patient on the unit: by what had been entered when the limit "
                    + "passed, and by what is said now."
            );

        var pages = routes.MapPages("/units/{unit}/round-questions").RequirePermission(Permission.AskAboutRounds);
        pages.MapGet(
            "",
            (string unit, HttpContext context, Caller caller, RoundQuestionPages questions) => questions.ForUnit(context, caller, unit)
        );
        pages.MapPost(
            "/{question:guid}",
            async (
                string unit,
                Guid question,
                HttpContext context,
                Caller caller,
                FormPost form,
                Log log,
                RoundQuestionReader reader,
                RoundQuestionPages questions
            ) =>
            {
                var reason = form.Text(RoundQuestionsPage.Reason(question));
                form.RefuseOthers();
                if (await One(reader, caller, unit, question, context.RequestAborted) is not { } asked)
                {
                    return Results.NotFound();
                }

                var handled = await log.Send(
                    caller,
                    form,
                    new SeeToRoundQuestion(asked, reason) { Key = question.ToString() },
                    ("reason", RoundQuestionsPage.Reason(question))
                );
                return handled.IsRefused
                    ? await questions.ForUnit(context, caller, unit, question, handled)
                    : Forms.SeeOther(Paths.RoundQuestions(unit));
            }
        );
    }

    private static async Task<IResult> Asked(
        string unit,
        Caller caller,
        UnitReader units,
        RoundQuestionReader reader,
        AccessLog reads,
        CancellationToken cancel
    )
    {
        if (!await units.Has(caller.Facility, unit, cancel))
        {
            return Answers.Problem(404, "unit-unknown", "There is no such unit.", "unit");
        }

        var asked = await reader.ForUnit(caller.Facility, unit, cancel);
        await reads.Record(caller, AccessPurpose.Rounds, unit, [.. asked.SelectMany(q => q.Stays).Distinct()], cancel);
        return Results.Ok(asked);
    }

    private static async Task<IResult> InTime(
        string unit,
        Caller caller,
        RoundComplianceReader reader,
        AccessLog reads,
        CancellationToken cancel
    )
    {
        if (await reader.ForUnit(caller.Facility, unit, cancel) is not { } lines)
        {
            return Answers.Problem(404, "unit-unknown", "There is no such unit.", "unit");
        }

        await reads.Record(caller, AccessPurpose.Rounds, unit, [.. lines.Select(line => line.Stay)], cancel);
        return Results.Ok(lines);
    }

    private static async Task<IResult> Seen(
        string unit,
        Guid question,
        HttpContext context,
        Caller caller,
        Log log,
        RoundQuestionReader reader
    )
    {
        var (headers, refusal) = CommandHeaders.FromRequest(context.Request, caller);
        var (answer, problem) = await JsonBody.Read<RoundQuestionAnswer>(context.Request, context.RequestAborted);
        return refusal?.Problem()
            ?? problem
            ?? (
                await One(reader, caller, unit, question, context.RequestAborted) is not { } asked
                    ? Answers.Problem(404, "question-unknown", "There is no such question about the checks of the last day.", "question")
                    : (
                        await log.Send(
                            caller.Facility,
                            new(
                                new SeeToRoundQuestion(asked, answer!.Reason) { Key = question.ToString() },
                                caller.Actor,
                                headers!.Request,
                                caller.Source,
                                caller.Origin.Device,
                                caller.Correlation
                            )
                        )
                    ).Result()
            );
    }

    private static async Task<RoundQuestionAsked?> One(
        RoundQuestionReader reader,
        Caller caller,
        string unit,
        Guid question,
        CancellationToken cancel
    ) => (await reader.ForUnit(caller.Facility, unit, cancel)).FirstOrDefault(q => q.Id == question)?.Asked;
}
