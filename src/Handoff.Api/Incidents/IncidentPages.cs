using Handoff.Api.Access;
using Handoff.Api.Boards;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Units;
using Handoff.Web.Incidents;

namespace Handoff.Api.Incidents;

/// <summary>Incidents for a request, as pages and as JSON. Whose names they show is kept before they are shown.</summary>
public sealed class IncidentPages(IncidentReader incidents, BoardReader boards, Log log, Frames frames, AccessLog reads, TimeProvider clock)
{
    internal async Task<IResult> Json(Caller caller, string unit, string? at, CancellationToken cancel)
    {
        var (then, refusal) = Instant.Asked(at, clock);
        if (refusal is not null)
        {
            return refusal.Problem();
        }

        if (!await boards.Has(caller.Facility, unit, cancel))
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
        if (!await boards.Has(caller.Facility, unit, cancel))
        {
            return Results.NotFound();
        }

        var (frame, then, refused) = (await frames.Of(context, caller, unit, cancel)).Asked(at, context);
        if (refused is not null)
        {
            return refused;
        }

        var all = await incidents.On(caller.Facility, unit, then, cancel);
        await reads.Record(caller, Kind(then), unit, Stays(all), cancel);
        return Forms.Page<IncidentsPage>(new { Frame = frame, Incidents = all });
    }

    internal async Task<IResult> New(HttpContext context, Caller caller, string unit, Guid? stay, Handled? handled = null)
    {
        var cancel = context.RequestAborted;
        if (await boards.Of(caller.Facility, unit, cancel) is not { } board)
        {
            return Results.NotFound();
        }

        await reads.Record(caller, Look.Board, unit, [.. board.Cards.Select(card => card.Stay)], cancel);
        var places = (await log.State<Unit>(caller.Facility, unit, cancel)).Places;
        var frame = await frames.Of(context, caller, unit, cancel);
        return Forms.Page<OpenIncidentPage>(
            new
            {
                Frame = frame,
                Board = board,
                Places = places,
                Stay = stay,
                handled?.Attempt,
            },
            handled?.Status ?? StatusCodes.Status200OK
        );
    }

    internal async Task<IResult> Of(HttpContext context, Caller caller, string unit, Guid incident, string? at)
    {
        var (frame, then, refused) = (await frames.Of(context, caller, unit, context.RequestAborted)).Asked(at, context);
        return refused
            ?? (
                await Known(caller, unit, incident, then, context.RequestAborted) is { } picture
                    ? Forms.Page<IncidentPage>(
                        new
                        {
                            Frame = frame,
                            Incident = picture,
                            Foreseen = then is null ? await Foreseen(caller, picture, context.RequestAborted) : [],
                        }
                    )
                    : Results.NotFound()
            );
    }

    internal Task<IResult> Act(
        HttpContext context,
        Caller caller,
        string unit,
        Guid incident,
        string act,
        Guid? stay,
        Handled? handled = null
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
                var frame = await frames.Of(context, caller, unit, cancel);
                return Forms.Page<IncidentActPage>(
                    new
                    {
                        Frame = frame,
                        Incident = picture,
                        Act = act,
                        Stay = stay,
                        Places = places,
                        Others = others,
                        handled?.Attempt,
                    },
                    handled?.Status ?? StatusCodes.Status200OK
                );
            }
        );

    internal Task<IResult> Step(HttpContext context, Caller caller, string unit, Guid incident, Guid step, Handled? handled = null) =>
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
                            Frame = await frames.Of(context, caller, unit, context.RequestAborted),
                            Incident = picture,
                            Step = known,
                            handled?.Attempt,
                        },
                        handled?.Status ?? StatusCodes.Status200OK
                    )
                    : Results.NotFound()
        );

    internal async Task<IResult> Banners(HttpContext context, Caller caller, string unit)
    {
        var cancel = context.RequestAborted;
        if (await boards.Of(caller.Facility, unit, cancel) is not { } board)
        {
            return Results.NotFound();
        }

        await reads.Record(caller, Look.Board, unit, Stays(board), cancel);
        return Forms.Page<IncidentBannersFragment>(
            new
            {
                Frame = await frames.Of(context, caller, unit, cancel),
                Unit = unit,
                board.Incidents,
            }
        );
    }

    internal async Task<IResult> WallBanners(HttpContext context, Caller caller, string unit, string? names)
    {
        var cancel = context.RequestAborted;
        if (await boards.Of(caller.Facility, unit, cancel) is not { } board)
        {
            return Results.NotFound();
        }

        var isNamed = names == "1" && caller.Actor.May(Permission.ReadBoard);
        await reads.Record(caller, isNamed ? Look.Board : Look.Wall, unit, Stays(board), cancel);
        var shown = isNamed ? board.Incidents : Wall.Of(board).Incidents;
        return Forms.Page<IncidentBannersFragment>(
            new
            {
                Frame = await frames.Of(context, caller, unit, cancel),
                Unit = unit,
                Incidents = shown,
                IsWall = true,
                IsNamed = isNamed,
            }
        );
    }

    private async Task<IResult> Show(
        HttpContext context,
        Caller caller,
        string unit,
        Guid incident,
        Func<IncidentPicture, Task<IResult>> page
    ) => await Known(caller, unit, incident, null, context.RequestAborted) is { } picture ? await page(picture) : Results.NotFound();

    private async Task<IncidentPicture?> Known(Caller caller, string unit, Guid incident, DateTimeOffset? at, CancellationToken cancel)
    {
        var picture = await incidents.Of(caller.Facility, unit, incident, at, cancel);
        if (picture is not null)
        {
            await reads.Record(caller, Kind(at), unit, Stays([picture]), cancel);
        }

        return picture;
    }

    private async Task<List<BoardPerson>> Others(Caller caller, string unit, IncidentPicture picture, CancellationToken cancel)
    {
        var cards = (await boards.Of(caller.Facility, unit, cancel))?.Cards ?? [];
        await reads.Record(caller, Look.Board, unit, [.. cards.Select(card => card.Stay)], cancel);
        return
        [
            .. cards
                .Where(card => picture.Patients.All(patient => patient.Stay != card.Stay || !patient.IsInvolved))
                .OrderBy(card => card.Bed, StringComparer.Ordinal)
                .Select(card => new BoardPerson(card.Stay, card.Name, card.Bed)),
        ];
    }

    private static Look Kind(DateTimeOffset? at) => at is null ? Look.Incident : Look.AsOf;

    // What came true and waits, first; then what may still come true by an incident of this kind.
    private async Task<List<(Guid Stay, string Name, ContingencyLine Line)>> Foreseen(
        Caller caller,
        IncidentPicture picture,
        CancellationToken cancel
    )
    {
        var found = new List<(Guid Stay, string Name, ContingencyLine Line)>();
        foreach (var patient in picture.IsInError ? [] : picture.Patients.Where(p => p.IsInvolved))
        {
            var lines = ContingencyLine.Of(await log.State<Care>(caller.Facility, patient.Stay.ToString(), cancel), clock.GetUtcNow());
            found.AddRange(
                lines
                    .Where(l =>
                        l.Standing == ContingencyStanding.Fired
                        || (
                            picture.IsOpen
                            && l.Standing is ContingencyStanding.Armed or ContingencyStanding.Waiting
                            && l.If is { Kind: ConditionKind.Incident } condition
                            && (condition.Incident ?? picture.Kind) == picture.Kind
                        )
                    )
                    .Select(l => (patient.Stay, patient.Name, l))
            );
        }

        return [.. found.OrderBy(f => f.Line.Standing)];
    }

    private static List<Guid> Stays(IEnumerable<IncidentPicture> all) =>
        [.. all.SelectMany(one => one.Patients.Select(patient => patient.Stay)).Distinct()];

    private static List<Guid> Stays(Board board) =>
        [.. board.Incidents.SelectMany(one => one.Patients.Select(patient => patient.Stay)).Distinct()];
}
