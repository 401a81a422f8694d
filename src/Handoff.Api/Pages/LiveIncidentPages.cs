using Handoff.Api.Access;
using Handoff.Api.Boards;
using Handoff.Api.Incidents;
using Handoff.Api.Store;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Units;
using Handoff.Web.Pages;

namespace Handoff.Api.Pages;

/// <summary>
/// The pages of an incident that show more than the incident: who of the board may be in it, and what was foreseen for those who are.
/// </summary>
public sealed class LiveIncidentPages(
    IncidentPages incidents,
    BoardReader boards,
    Log log,
    PageContexts frames,
    AccessLog reads,
    TimeProvider clock
)
{
    internal async Task<IResult> New(HttpContext context, Caller caller, string unit, Guid? stay, FormResult? handled = null)
    {
        var cancel = context.RequestAborted;
        if (await boards.ForUnit(caller.Facility, unit, cancel) is not { } board)
        {
            return Results.NotFound();
        }

        await reads.Record(caller, AccessPurpose.Board, unit, [.. board.Cards.Select(card => card.Stay)], cancel);
        var places = (await log.State<Unit>(caller.Facility, unit, cancel)).Places;
        var frame = await frames.ForRequest(context, caller, unit, cancel);
        return Forms.Page<OpenIncidentPage>(
            new
            {
                PageContext = frame,
                Board = board,
                Places = places,
                Stay = stay,
                handled?.SubmittedForm,
            },
            handled?.Status ?? StatusCodes.Status200OK
        );
    }

    internal async Task<IResult> ForIncident(HttpContext context, Caller caller, string unit, Guid incident, string? at)
    {
        var (frame, then, refused) = (await frames.ForRequest(context, caller, unit, context.RequestAborted)).Asked(at, context);
        return refused
            ?? (
                await incidents.Known(caller, unit, incident, then, context.RequestAborted) is { } picture
                    ? Forms.Page<IncidentPage>(
                        new
                        {
                            PageContext = frame,
                            Incident = picture,
                            Foreseen = then is null ? await Foreseen(caller, picture, context.RequestAborted) : [],
                        }
                    )
                    : Results.NotFound()
            );
    }

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
            var lines = ContingencyLine.ForCare(await log.State<Care>(caller.Facility, patient.Stay.ToString(), cancel), clock.GetUtcNow());
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
}
