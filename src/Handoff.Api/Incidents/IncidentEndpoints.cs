using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Web.Incidents;

namespace Handoff.Api.Incidents;

/// <summary>Crisis incidents: opening one, its live page, and a form for each kind of step.</summary>
public static class IncidentEndpoints
{
    public static void MapIncidents(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/units/{unit}/incidents").WithTags("Incidents").RequirePermission(Permission.ReadBoard);
        api.MapGet(
                "",
                (string unit, string? at, Caller caller, IncidentPages pages, CancellationToken cancel) =>
                    pages.Json(caller, unit, at, cancel)
            )
            .WithSummary("The incidents that go on at a unit, or left something open")
            .Produces<IReadOnlyList<IncidentPicture>>();
        api.MapGet(
                "/{incident:guid}",
                (string unit, Guid incident, string? at, Caller caller, IncidentPages pages, CancellationToken cancel) =>
                    pages.Json(caller, unit, incident, at, cancel)
            )
            .WithSummary("One incident, step by step")
            .Produces<IncidentPicture>()
            .ProducesProblem(404);

        MapPages(routes.MapPages("/units/{unit}/incidents").RequirePermission(Permission.ReadBoard));
    }

    private static void MapPages(RouteGroupBuilder incidents)
    {
        incidents.MapGet(
            "",
            (string unit, string? at, HttpContext context, Caller caller, IncidentPages pages) => pages.On(context, caller, unit, at)
        );
        incidents.MapPost("/{incident:guid}/rate", Rate).RequirePermission(Permission.RecordIncident);
        incidents
            .MapGet(
                "/{incident:guid}/steps/{step:guid}",
                (string unit, Guid incident, Guid step, HttpContext context, Caller caller, IncidentPages pages) =>
                    pages.Step(context, caller, unit, incident, step)
            )
            .RequirePermission(Permission.RecordIncident);
        incidents.MapPost("/{incident:guid}/steps/{step:guid}", Correct).RequirePermission(Permission.RecordIncident);

        Act(
            incidents,
            "signs",
            (form, at) => new RecordWarningSigns(form.Many<WarningSign>("signs"), form.Id("stay"), form.Text("remark"), at)
        );
        Act(
            incidents,
            "attempt",
            (form, at) => new RecordAttempt(form.One<Technique>("technique"), form.Id("stay"), Remark: form.Text("remark"), At: at)
        );
        Act(incidents, "code", (form, at) => new CallCode(form.One<Code>("code"), form.Text("remark"), at));
        Act(
            incidents,
            "notify",
            (form, at) =>
                new NotifyOfIncident(
                    form.One<Party>("party"),
                    form.One<Channel>("channel"),
                    form.Id("stay"),
                    form.Text("name"),
                    form.Text("remark"),
                    at
                )
        );
        Act(incidents, "injury", Injury);
        Act(incidents, "place", (form, at) => new MoveIncident(form.Text("place"), at));
        Act(incidents, "patient", (form, at) => new InvolvePatient(form.Id("stay"), at));
        Act(incidents, "note", (form, at) => new NoteIncident(form.Text("remark"), at));
        Act(incidents, "resolve", (form, at) => new ResolveIncident(form.Text("remark"), at), Permission.ResolveIncident);
        Act(
            incidents,
            "debrief",
            (form, at) =>
                new HoldDebrief(form.One<DebriefOf>("of"), form.Id("stay"), form.Text("held") == "declined", form.Text("remark"), at)
        );
        Act(
            incidents,
            "level",
            (form, at) => new ReviewLevel(form.One<LevelOutcome>("outcome"), form.Id("stay"), form.Text("remark"), at),
            Permission.ReviewLevel
        );
    }

    private static void Act(
        RouteGroupBuilder incidents,
        string act,
        Func<FormPost, DateTimeOffset?, Command<Incident>> command,
        Permission? may = null
    )
    {
        may ??= Permission.RecordIncident;
        incidents
            .MapGet(
                "/{incident:guid}/" + act,
                (string unit, Guid incident, Guid? stay, HttpContext context, Caller caller, IncidentPages pages) =>
                    pages.Act(context, caller, unit, incident, act, stay)
            )
            .RequirePermission(may);
        incidents
            .MapPost(
                "/{incident:guid}/" + act,
                (
                    string unit,
                    Guid incident,
                    HttpContext context,
                    Caller caller,
                    FormPost form,
                    Log log,
                    IncidentPages pages,
                    TimeProvider clock
                ) =>
                    Send(
                        unit,
                        incident,
                        context,
                        caller,
                        form,
                        log,
                        clock,
                        command,
                        handled => pages.Act(context, caller, unit, incident, act, form.Id("stay"), handled)
                    )
            )
            .RequirePermission(may);
    }

    private static Task<IResult> Rate(
        string unit,
        Guid incident,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        IncidentPages pages,
        TimeProvider clock
    ) =>
        Send(
            unit,
            incident,
            context,
            caller,
            form,
            log,
            clock,
            (sent, _) =>
                new RateAttempt(
                    sent.Id("step"),
                    sent.One<Effect>("effect"),
                    sent.Number("minutes"),
                    sent.Text("avoided") == "true" ? true : null
                ),
            handled =>
                Task.FromResult(handled.Answer?.Refusal is { } refusal ? Failures.Refused(refusal) : Results.StatusCode(handled.Status))
        );

    private static Task<IResult> Correct(
        string unit,
        Guid incident,
        Guid step,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        IncidentPages pages,
        TimeProvider clock
    ) =>
        Send(
            unit,
            incident,
            context,
            caller,
            form,
            log,
            clock,
            (sent, at) =>
                sent.Takes("remark").Text("act") == "error"
                    ? new TakeBackStep(step, sent.Text("reason"))
                    : new CorrectStep(step, sent.Text("reason"), at, sent.Text("remark")),
            handled => pages.Step(context, caller, unit, incident, step, handled)
        );

    private static RecordInjury Injury(FormPost form, DateTimeOffset? at) =>
        new(form.One<Injured>("injured"), form.One<Harm>("harm"), form.Id("stay"), form.Text("remark"), at);

    private static async Task<IResult> Send(
        string unit,
        Guid incident,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        TimeProvider clock,
        Func<FormPost, DateTimeOffset?, Command<Incident>> command,
        Func<FormResult, Task<IResult>> refused
    )
    {
        var known = await log.State<Incident>(caller.Facility, incident.ToString(), context.RequestAborted);
        if (known.Unit != unit)
        {
            return Results.NotFound();
        }

        var time = (await log.State<Unit>(caller.Facility, unit, context.RequestAborted)).Time();
        var handled = await log.Send(
            caller,
            form,
            command(form, form.Past("at", time, clock.GetUtcNow())) with
            {
                Key = incident.ToString(),
            }
        );
        return handled.IsRefused ? await refused(handled) : Forms.SeeOther(IncidentPaths.ForIncident(unit, incident));
    }
}
