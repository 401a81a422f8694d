using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Handoff.Web.Layout;

namespace Handoff.Api.Stays;

/// <summary>Admitting by hand, for units without a feed.</summary>
public static class AdmissionEndpoints
{
    public static void MapAdmissions(this IEndpointRouteBuilder routes)
    {
        var admissions = routes.MapPages("/units/{unit}/admit").RequirePermission(Permission.MovePatients);
        admissions.MapGet(
            "",
            (string unit, HttpContext context, Caller caller, AdmissionPages pages) => pages.ForUnit(context, caller, unit)
        );
        admissions.MapPost("", Admit);
    }

    private static async Task<IResult> Admit(
        string unit,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        AdmissionPages pages,
        TimeProvider clock
    )
    {
        var time = (await log.State<Unit>(caller.Facility, unit, context.RequestAborted)).Time();
        // The form sent twice is one stay.
        var stay = form.Request(caller, "stay");
        var handled = await log.Send(
            caller,
            form,
            new Admit(
                form.Text("mrn"),
                form.Text("family"),
                form.Text("given"),
                unit,
                form.Text("bed"),
                form.Past("at", time, clock.GetUtcNow()),
                Preferred: form.Text("preferred"),
                Born: form.Date("born")
            )
            {
                Key = stay.ToString(),
            }
        );
        return handled.IsRefused ? await pages.ForUnit(context, caller, unit, handled) : Forms.SeeOther(Paths.Stay(stay.ToString()));
    }
}
