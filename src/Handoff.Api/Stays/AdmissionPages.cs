using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Units;
using Handoff.Web.Layout;
using Handoff.Web.Stays;

namespace Handoff.Api.Stays;

/// <summary>The admission form for a request.</summary>
public sealed class AdmissionPages(Log log, PageContexts frames, FreeBeds beds)
{
    internal async Task<IResult> ForUnit(HttpContext context, Caller caller, string unit, FormResult? handled = null)
    {
        var cancel = context.RequestAborted;
        var here = await log.State<Unit>(caller.Facility, unit, cancel);
        return !here.IsOpen()
            ? Results.NotFound()
            : Forms.Page<AdmitPage>(
                new
                {
                    PageContext = await frames.ForRequest(context, caller, unit, cancel),
                    Unit = here,
                    Free = await beds.OnUnit(caller.Facility, here, cancel),
                    handled?.SubmittedForm,
                },
                handled?.Status ?? StatusCodes.Status200OK
            );
    }
}
