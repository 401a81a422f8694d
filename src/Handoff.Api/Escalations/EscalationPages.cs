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
    internal Task<IResult> New(HttpContext context, Caller caller, Guid stay, Handled? handled = null) =>
        stays.Show(
            context,
            caller,
            stay,
            Look.Stay,
            async (frame, at) =>
            {
                var events = (await histories.Of(caller.Facility, stay, context.RequestAborted)).Facts;
                var known = Prefill.Of(at.Stay, at.Rounding, events.Select(e => e.Recorded), at.Unit.Time(), clock.GetUtcNow());
                return Forms.Page<ConcernPage>(
                    new
                    {
                        Frame = frame,
                        Bedside = at,
                        Known = known,
                        handled?.Attempt,
                    },
                    handled?.Status ?? StatusCodes.Status200OK
                );
            }
        );

    internal async Task<IResult> One(HttpContext context, Caller caller, Guid id, Handled? handled = null)
    {
        var concern = await log.State<Escalation>(caller.Facility, id.ToString(), context.RequestAborted);
        return !concern.IsKnown()
            ? Results.NotFound()
            : await stays.Show(
                context,
                caller,
                concern.Stay,
                Look.Concern,
                async (frame, at) =>
                {
                    // Read again: it may have been acknowledged before the page's version was known.
                    var latest = await log.State<Escalation>(caller.Facility, id.ToString(), context.RequestAborted);
                    return Forms.Page<EscalationPage>(
                        new
                        {
                            Frame = frame,
                            Bedside = at,
                            Concern = latest,
                            handled?.Attempt,
                        },
                        handled?.Status ?? StatusCodes.Status200OK
                    );
                }
            );
    }
}
