using Handoff.Api.Access;
using Handoff.Web.Layout;
using Handoff.Web.Observations;

namespace Handoff.Api.Observations;

/// <summary>The questions as a page.</summary>
public sealed class RoundQuestionPages(
    RoundQuestionReader reader,
    RoundComplianceReader compliance,
    RoundQuestionCount count,
    Frames frames,
    AccessLog reads
)
{
    internal async Task<IResult> Of(HttpContext context, Caller caller, string unit, Guid? answered = null, Handled? handled = null)
    {
        if ((await frames.Of(context, caller, unit, context.RequestAborted)).Place is null)
        {
            return Results.NotFound();
        }

        var asked = await reader.Of(caller.Facility, unit, context.RequestAborted);
        count.Keep(caller.Facility, unit, asked);
        var frame = await frames.Of(context, caller, unit, context.RequestAborted);
        var looks = await compliance.Of(caller.Facility, unit, context.RequestAborted) ?? [];
        await reads.Record(
            caller,
            Look.Rounds,
            unit,
            [.. asked.SelectMany(q => q.Stays).Concat(looks.Select(line => line.Stay)).Distinct()],
            context.RequestAborted
        );
        return Forms.Page<RoundQuestionsPage>(
            new
            {
                Frame = frame,
                Unit = unit,
                Questions = asked,
                Looks = looks,
                Answered = answered,
                handled?.Attempt,
            },
            handled?.Status ?? StatusCodes.Status200OK
        );
    }
}
