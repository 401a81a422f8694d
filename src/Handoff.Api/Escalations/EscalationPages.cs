using Handoff.Api.Access;
using Handoff.Api.Stays;
using Handoff.Api.Store;
using Handoff.Api.Timeline;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;
using Handoff.Web.Escalations;
using Handoff.Web.Layout;
using Handoff.Web.Observations;

namespace Handoff.Api.Escalations;

/// <summary>Pages about concerns. Every one of them is a look at the patient's record.</summary>
public sealed class EscalationPages(Log log, StayPages stays, Histories histories, TimeProvider clock)
{
    internal Task<IResult> New(HttpContext context, Caller caller, Guid stay, FormResult? handled = null) =>
        stays.Show(
            context,
            caller,
            stay,
            AccessPurpose.Stay,
            async (frame, at) =>
            {
                var events = (await histories.ForStay(caller.Facility, stay, context.RequestAborted)).Facts;
                var known = Prefill.ForStay(at.Stay, at.Rounding, events.Select(e => e.Recorded), at.Unit.Time(), clock.GetUtcNow());
                return Forms.Page<ConcernPage>(
                    new
                    {
                        PageContext = frame,
                        Bedside = at,
                        Known = known,
                        handled?.SubmittedForm,
                    },
                    handled?.Status ?? StatusCodes.Status200OK
                );
            }
        );

    internal async Task<IResult> One(HttpContext context, Caller caller, Guid id, FormResult? handled = null)
    {
        var concern = await log.State<Escalation>(caller.Facility, id.ToString(), context.RequestAborted);
        return !concern.IsKnown()
            ? Results.NotFound()
            : await stays.Show(
                context,
                caller,
                concern.Stay,
                AccessPurpose.Concern,
                async (frame, at) =>
                {
                    // Read again: it may have been acknowledged before the page's version was known.
                    var latest = await log.State<Escalation>(caller.Facility, id.ToString(), context.RequestAborted);
                    return Forms.Page<EscalationPage>(
                        new
                        {
                            PageContext = frame,
                            Bedside = at,
                            Concern = latest,
                            handled?.SubmittedForm,
                        },
                        handled?.Status ?? StatusCodes.Status200OK
                    );
                }
            );
    }
}
