using Handoff.Api.Access;
using Handoff.Web.Layout;
using Handoff.Web.Observations;

namespace Handoff.Api.Observations;

/// <summary>The questions as a page.</summary>
public sealed class RoundQuestionPages(
    RoundQuestionReader reader,
    RoundComplianceReader compliance,
    RoundQuestionCount count,
    PageContexts frames,
    AccessLog reads
)
{
    internal async Task<IResult> ForUnit(HttpContext context, Caller caller, string unit, Guid? answered = null, FormResult? handled = null)
    {
        if ((await frames.ForRequest(context, caller, unit, context.RequestAborted)).Place is null)
        {
            return Results.NotFound();
        }

        var asked = await reader.ForUnit(caller.Facility, unit, context.RequestAborted);
        count.Keep(caller.Facility, unit, asked);
        var frame = await frames.ForRequest(context, caller, unit, context.RequestAborted);
        var looks = await compliance.ForUnit(caller.Facility, unit, context.RequestAborted) ?? [];
        await reads.Record(
            caller,
            AccessPurpose.Rounds,
            unit,
            [.. asked.SelectMany(q => q.Stays).Concat(looks.Select(line => line.Stay)).Distinct()],
            context.RequestAborted
        );
        return Forms.Page<RoundQuestionsPage>(
            new
            {
                PageContext = frame,
                Unit = unit,
                Questions = asked,
                Looks = looks,
                Answered = answered,
                handled?.SubmittedForm,
            },
            handled?.Status ?? StatusCodes.Status200OK
        );
    }
}
