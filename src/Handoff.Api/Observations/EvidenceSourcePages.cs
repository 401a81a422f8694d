using Handoff.Api.Access;
using Handoff.Domain.Kernel;
using Handoff.Web.Layout;
using Handoff.Web.Observations;

namespace Handoff.Api.Observations;

/// <summary>The pages about sources of evidence.</summary>
public sealed class EvidenceSourcePages(EvidenceSourceReader sources, Frames frames)
{
    internal async Task<IResult> List(HttpContext context, Caller caller, Guid? ended, Handled? handled = null)
    {
        var all = await sources.All(caller.Facility, context.RequestAborted);
        return Forms.Page<EvidenceSourcesPage>(
            new
            {
                Frame = await frames.Of(context, caller, null, context.RequestAborted),
                Sources = all,
                Ended = all.FirstOrDefault(source => source.Id == ended && source.RevokedAt is not null)?.Name,
                handled?.Attempt,
            },
            handled?.Status ?? StatusCodes.Status200OK
        );
    }

    internal async Task<IResult> One(HttpContext context, Caller caller, Guid id, bool isEnrolled, Handled? handled = null) =>
        await sources.One(caller.Facility, id, context.RequestAborted) is not { } source
            ? Results.NotFound()
            : Forms.Page<EvidenceSourcePage>(
                new
                {
                    Frame = await frames.Of(context, caller, null, context.RequestAborted),
                    Source = source,
                    IsEnrolled = isEnrolled,
                    handled?.Attempt,
                },
                handled?.Status ?? StatusCodes.Status200OK
            );
}
