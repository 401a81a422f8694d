using Handoff.Api.Access;
using Handoff.Api.Stays;
using Handoff.Api.Store;
using Handoff.Api.Units;
using Handoff.Domain.Incidents;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Handoff.Web.Incidents;

namespace Handoff.Api.Incidents;

/// <summary>Incidents for a request, as pages and as JSON. Whose names they show is kept before they are shown.</summary>
public sealed class IncidentPages(
    IncidentReader incidents,
    UnitReader units,
    IBoardOrder boards,
    Log log,
    PageContexts frames,
    AccessLog reads,
    TimeProvider clock
)
{
    internal async Task<IResult> Json(Caller caller, string unit, string? at, CancellationToken cancel)
    {
        var (then, refusal) = Instant.Asked(at, clock);
        if (refusal is not null)
        {
            return refusal.Problem();
        }

        if (!await units.Has(caller.Facility, unit, cancel))
        {
            return Answers.Problem(404, "unit-unknown", "There is no such unit.", "unit");
        }

        var all = await incidents.On(caller.Facility, unit, then, cancel);
        await reads.Record(caller, Kind(then), unit, Stays(all), cancel);
        return Results.Ok(all);
    }

    internal async Task<IResult> Json(Caller caller, string unit, Guid incident, string? at, CancellationToken cancel)
    {
        var (then, refusal) = Instant.Asked(at, clock);
        if (refusal is not null)
        {
            return refusal.Problem();
        }

        if (await Known(caller, unit, incident, then, cancel) is not { } picture)
        {
            return Answers.Problem(404, "incident-unknown", "There is no such incident.", "incident");
        }

        return Results.Ok(picture);
    }

    /// <summary>The unit's incidents that go on or left something to do.</summary>
    internal async Task<IResult> On(HttpContext context, Caller caller, string unit, string? at)
    {
        var cancel = context.RequestAborted;
        if (!await units.Has(caller.Facility, unit, cancel))
        {
            return Results.NotFound();
        }

        var (frame, then, refused) = (await frames.ForRequest(context, caller, unit, cancel)).Asked(at, context);
        if (refused is not null)
        {
            return refused;
        }

        var all = await incidents.On(caller.Facility, unit, then, cancel);
        await reads.Record(caller, Kind(then), unit, Stays(all), cancel);
        return Forms.Page<IncidentsPage>(new { PageContext = frame, Incidents = all });
    }

    internal Task<IResult> Act(
        HttpContext context,
        Caller caller,
        string unit,
        Guid incident,
        string act,
        Guid? stay,
        FormResult? handled = null
    ) =>
        Show(
            context,
            caller,
            unit,
            incident,
            async picture =>
            {
                var cancel = context.RequestAborted;
                var others = act == "patient" ? await Others(caller, unit, picture, cancel) : [];
                var places = (await log.State<Unit>(caller.Facility, unit, cancel)).Places;
                var frame = await frames.ForRequest(context, caller, unit, cancel);
                return Forms.Page<IncidentActPage>(
                    new
                    {
                        PageContext = frame,
                        Incident = picture,
                        Act = act,
                        Stay = stay,
                        Places = places,
                        Others = others,
                        handled?.SubmittedForm,
                    },
                    handled?.Status ?? StatusCodes.Status200OK
                );
            }
        );

    internal Task<IResult> Step(HttpContext context, Caller caller, string unit, Guid incident, Guid step, FormResult? handled = null) =>
        Show(
            context,
            caller,
            unit,
            incident,
            async picture =>
                picture.Steps.FirstOrDefault(one => one.Id == step) is { } known
                    ? Forms.Page<IncidentStepPage>(
                        new
                        {
                            PageContext = await frames.ForRequest(context, caller, unit, context.RequestAborted),
                            Incident = picture,
                            Step = known,
                            handled?.SubmittedForm,
                        },
                        handled?.Status ?? StatusCodes.Status200OK
                    )
                    : Results.NotFound()
        );

    private async Task<IResult> Show(
        HttpContext context,
        Caller caller,
        string unit,
        Guid incident,
        Func<IncidentPicture, Task<IResult>> page
    ) => await Known(caller, unit, incident, null, context.RequestAborted) is { } picture ? await page(picture) : Results.NotFound();

    /// <summary>One as it is, or as it stood; null if there is none. The look at it is kept.</summary>
    internal async Task<IncidentPicture?> Known(Caller caller, string unit, Guid incident, DateTimeOffset? at, CancellationToken cancel)
    {
        var picture = await incidents.Picture(caller.Facility, unit, incident, at, cancel);
        if (picture is not null)
        {
            await reads.Record(caller, Kind(at), unit, Stays([picture]), cancel);
        }

        return picture;
    }

    private async Task<List<BoardPerson>> Others(Caller caller, string unit, IncidentPicture picture, CancellationToken cancel)
    {
        var here = await boards.Patients(caller.Facility, unit, cancel) ?? [];
        await reads.Record(caller, AccessPurpose.Board, unit, [.. here.Select(person => person.Stay)], cancel);
        return
        [
            .. here.Where(person => picture.Patients.All(patient => patient.Stay != person.Stay || !patient.IsInvolved))
                .OrderBy(person => person.Bed, StringComparer.Ordinal),
        ];
    }

    private static AccessPurpose Kind(DateTimeOffset? at) => at is null ? AccessPurpose.Incident : AccessPurpose.AsOf;

    private static List<Guid> Stays(IEnumerable<IncidentPicture> all) =>
        [.. all.SelectMany(one => one.Patients.Select(patient => patient.Stay)).Distinct()];
}
