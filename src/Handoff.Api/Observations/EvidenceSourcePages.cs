using Handoff.Api.Access;
using Handoff.Domain.Kernel;
using Handoff.Web.Layout;
using Handoff.Web.Observations;

namespace Handoff.Api.Observations;

/// <summary>The pages about sources of evidence.</summary>
public sealed class EvidenceSourcePages(EvidenceSourceReader sources, PageContexts frames)
{
    internal async Task<IResult> List(HttpContext context, Caller caller, Guid? ended, FormResult? handled = null)
    {
        var all = await sources.All(caller.Facility, context.RequestAborted);
        return Forms.Page<EvidenceSourcesPage>(
            new
            {
                PageContext = await frames.ForRequest(context, caller, null, context.RequestAborted),
                Sources = all,
                Ended = all.FirstOrDefault(source => source.Id == ended && source.RevokedAt is not null)?.Name,
                handled?.SubmittedForm,
            },
            handled?.Status ?? StatusCodes.Status200OK
        );
    }

    internal async Task<IResult> One(HttpContext context, Caller caller, Guid id, bool isEnrolled, FormResult? handled = null) =>
        await sources.One(caller.Facility, id, context.RequestAborted) is not { } source
            ? Results.NotFound()
            : Forms.Page<EvidenceSourcePage>(
                new
                {
                    PageContext = await frames.ForRequest(context, caller, null, context.RequestAborted),
                    Source = source,
                    IsEnrolled = isEnrolled,
                    handled?.SubmittedForm,
                },
                handled?.Status ?? StatusCodes.Status200OK
            );
}
