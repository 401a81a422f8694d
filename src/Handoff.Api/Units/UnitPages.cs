using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Web.Layout;
using Handoff.Web.Units;

namespace Handoff.Api.Units;

/// <summary>The pages that set units up.</summary>
public sealed class UnitPages(Log log, PageContexts frames, UnitReader units)
{
    internal async Task<IResult> SetUp(
        HttpContext context,
        Caller caller,
        string unit,
        string? saved,
        string? part = null,
        FormResult? handled = null
    )
    {
        var known = await log.State<Unit>(caller.Facility, unit, context.RequestAborted);
        return !known.IsOpen()
            ? Results.NotFound()
            : Forms.Page<SetUpPage>(
                new
                {
                    PageContext = await frames.ForRequest(context, caller, unit, context.RequestAborted),
                    Unit = known,
                    Saved = saved,
                    Refused = part,
                    handled?.SubmittedForm,
                },
                handled?.Status ?? StatusCodes.Status200OK
            );
    }

    internal async Task<IResult> New(HttpContext context, Caller caller, FormResult? handled = null) =>
        Forms.Page<NewUnitPage>(
            new
            {
                PageContext = await frames.ForRequest(context, caller, null, context.RequestAborted),
                (await units.ForCaller(caller, context.RequestAborted)).FirstOrDefault()?.Zone,
                handled?.SubmittedForm,
            },
            handled?.Status ?? StatusCodes.Status200OK
        );
}
