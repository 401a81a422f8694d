using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Incidents;
using Handoff.Domain.Units;
using Handoff.Web.Incidents;

namespace Handoff.Api.Pages;

/// <summary>Opening an incident, and its live page.</summary>
public static class LiveIncidentEndpoints
{
    public static void MapLiveIncidents(this IEndpointRouteBuilder routes)
    {
        var incidents = routes.MapPages("/units/{unit}/incidents").RequirePermission(Permission.ReadBoard);
        incidents
            .MapGet(
                "/new",
                (string unit, Guid? stay, HttpContext context, Caller caller, LiveIncidentPages pages) =>
                    pages.New(context, caller, unit, stay)
            )
            .RequirePermission(Permission.RecordIncident);
        incidents.MapPost("/new", Open).RequirePermission(Permission.RecordIncident);
        incidents.MapGet(
            "/{incident:guid}",
            (string unit, Guid incident, string? at, HttpContext context, Caller caller, LiveIncidentPages pages) =>
                pages.ForIncident(context, caller, unit, incident, at)
        );
    }

    private static async Task<IResult> Open(
        string unit,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        LiveIncidentPages pages,
        TimeProvider clock
    )
    {
        var time = (await log.State<Unit>(caller.Facility, unit, context.RequestAborted)).Time();
        // The form sent twice is one incident.
        var incident = form.Request(caller, "incident");
        var handled = await log.Send(
            caller,
            form,
            new OpenIncident(
                form.One<IncidentKind>("kind"),
                unit,
                form.Ids("stays"),
                form.Text("place"),
                form.Text("remark"),
                form.Past("at", time, clock.GetUtcNow())
            )
            {
                Key = incident.ToString(),
            }
        );
        return handled.IsRefused
            ? await pages.New(context, caller, unit, null, handled)
            : Forms.SeeOther(IncidentPaths.ForIncident(unit, incident));
    }
}
