using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Api.Handoffs;

/// <summary>Handoffs as JSON; as pages they are in <see cref="HandoffForms"/>.</summary>
public static class HandoffEndpoints
{
    public static void MapHandoffs(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Handoffs");
        api.MapGet("/units/{unit}/handoff", OfUnit).RequirePermission(Permission.ReadBoard).Produces<UnitHandoff>().ProducesProblem(404);
        api.MapGet("/stays/{stay:guid}/handoff", OfStay)
            .RequirePermission(Permission.ReadStay)
            .Produces<PatientHandoff>()
            .ProducesProblem(403)
            .ProducesProblem(404);
        api.MapGet("/stays/{stay:guid}/handoffs", Notes)
            .RequirePermission(Permission.ReadStay)
            .Produces<IReadOnlyList<GivenNote>>()
            .ProducesProblem(403)
            .ProducesProblem(404);
        api.MapGet("/stays/{stay:guid}/responsible", Responsible)
            .RequirePermission(Permission.ReadStay)
            .Produces<IReadOnlyList<ResponsibilityPeriod>>()
            .ProducesProblem(403)
            .ProducesProblem(404);
        api.MapPost("/care/{stay:guid}/submit-handoff", Submit)
            .RequirePermission(Permission.HandOver)
            .Produces<Written>()
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(422)
            .AddOpenApiOperationTransformer(CommandHeaders.Describe);
        Receive<ReadBackAsked>(
            api,
            "give-read-back",
            "Say back what is urgent about a patient, before accepting them",
            async (asked, handing, caller, stay, cancel) => await handing.ReadBack(caller, stay, asked.Words, cancel)
        );
        Receive<AcceptanceAsked>(
            api,
            "accept-handoff",
            "Accept a patient: from now on the caller is responsible for them",
            async (asked, handing, caller, stay, cancel) => await handing.Acceptance(caller, stay, asked.Shift, cancel)
        );
        routes.MapHandoffForms();
        StayHandoffPages.Map(routes);
        routes.MapAssignments();
        routes.MapStaffing();
    }

    /// <summary>The handoff of a unit’s present shift: all of its patients, in the order in which they need somebody.</summary>
    private static async Task<IResult> OfUnit(
        string unit,
        string? at,
        Caller caller,
        HandoffReader handoffs,
        AccessLog reads,
        TimeProvider clock,
        CancellationToken cancel
    )
    {
        var (then, refusal) = Instant.Asked(at, clock);
        if (refusal is not null)
        {
            return refusal.Problem();
        }

        if (await handoffs.ForUnit(caller.Facility, unit, cancel, then) is not { } handoff)
        {
            return Answers.Problem(404, "unit-unknown", "There is no such unit.", "unit");
        }

        await reads.Record(
            caller,
            then is null ? AccessPurpose.Handoff : AccessPurpose.AsOf,
            unit,
            [.. handoff.Patients.Select(p => p.Stay)],
            cancel
        );
        return Results.Ok(handoff);
    }

    /// <summary>The handoff of one patient, as it stands now or was given.</summary>
    private static Task<IResult> OfStay(
        Guid stay,
        HandoffWindow? window,
        string? at,
        Caller caller,
        Log log,
        HandoffReader handoffs,
        AccessLog reads,
        TimeProvider clock,
        CancellationToken cancel
    ) =>
        Seen(
            stay,
            at,
            clock,
            caller,
            log,
            reads,
            async then =>
                await handoffs.ForStay(caller.Facility, stay, window ?? HandoffWindow.Shift, cancel, then) is { } handoff
                    ? Results.Ok(handoff)
                    : Unknown,
            cancel
        );

    /// <summary>Every handoff that was accepted, whole, the latest first.</summary>
    private static Task<IResult> Notes(
        Guid stay,
        string? at,
        Caller caller,
        Log log,
        HandoffReader handoffs,
        AccessLog reads,
        TimeProvider clock,
        CancellationToken cancel
    ) =>
        Seen(
            stay,
            at,
            clock,
            caller,
            log,
            reads,
            async then => Results.Ok(await handoffs.Notes(caller.Facility, stay, cancel, then)),
            cancel
        );

    /// <summary>Who was responsible for a patient, and from when until when.</summary>
    private static Task<IResult> Responsible(
        Guid stay,
        string? at,
        Caller caller,
        Log log,
        HandoffReader handoffs,
        AccessLog reads,
        TimeProvider clock,
        CancellationToken cancel
    ) =>
        Seen(
            stay,
            at,
            clock,
            caller,
            log,
            reads,
            async then => Results.Ok(await handoffs.Stints(caller.Facility, stay, cancel, then)),
            cancel
        );

    /// <summary>Give the handoff of a patient to whoever has them next. Until it is accepted the giver is responsible.</summary>
    /// <param name="watermark">The position of the answer from which the giver speaks; none for now.</param>
    private static async Task<IResult> Submit(
        Guid stay,
        long? watermark,
        HandoffWindow? window,
        HttpContext context,
        Caller caller,
        HandoffActions handing
    )
    {
        var (headers, refusal) = CommandHeaders.FromRequest(context.Request, caller);
        var (_, problem) = await JsonBody.Read<NoFields>(context.Request, context.RequestAborted);
        return refusal?.Problem()
            ?? problem
            ?? (
                await handing.Give(caller, stay, watermark, window ?? HandoffWindow.Shift, headers!.Request, context.RequestAborted)
            )?.Result()
            ?? Unknown;
    }

    private static void Receive<T>(
        RouteGroupBuilder api,
        string act,
        string says,
        Func<T, HandoffActions, Caller, Guid, CancellationToken, Task<ICommand>> command
    )
        where T : class =>
        api.MapPost(
                "/care/{stay:guid}/" + act,
                async (Guid stay, HttpContext context, Caller caller, Log log, HandoffActions handing) =>
                {
                    var (headers, refusal) = CommandHeaders.FromRequest(context.Request, caller);
                    var (asked, problem) = await JsonBody.Read<T>(context.Request, context.RequestAborted);
                    return refusal?.Problem()
                        ?? problem
                        ?? (
                            await log.Send(
                                caller.Facility,
                                new(
                                    await command(asked!, handing, caller, stay, context.RequestAborted),
                                    caller.Actor,
                                    headers!.Request,
                                    caller.Source,
                                    caller.Origin.Device,
                                    caller.Correlation,
                                    Expected: headers.Expected
                                )
                            )
                        ).Result();
                }
            )
            .RequirePermission(Permission.HandOver)
            .WithSummary(says)
            .Accepts<T>("application/json")
            .Produces<Written>()
            .ProducesProblem(400)
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422)
            .AddOpenApiOperationTransformer(CommandHeaders.Describe);

    private static async Task<IResult> Seen(
        Guid stay,
        string? at,
        TimeProvider clock,
        Caller caller,
        Log log,
        AccessLog reads,
        Func<DateTimeOffset?, Task<IResult>> answer,
        CancellationToken cancel
    )
    {
        var (then, refusal) = Instant.Asked(at, clock);
        if (refusal is not null)
        {
            return refusal.Problem();
        }

        var known = await log.State<Stay>(caller.Facility, stay.ToString(), cancel);
        if (known.Where() is not { } where)
        {
            return Unknown;
        }

        if (!caller.Actor.WorksOn(where.Unit))
        {
            return Answers.Problem(403, "unit-not-yours", "You are not assigned to that unit.");
        }

        await reads.Record(caller, then is null ? AccessPurpose.Handoff : AccessPurpose.AsOf, where.Unit, [stay], cancel);
        return await answer(then);
    }

    /// <param name="Words">In one's own words; nothing if it was said aloud.</param>
    internal sealed record ReadBackAsked(string? Words = null);

    /// <param name="Shift">The shift on which one is; the one for which the patient is assigned to one, if it isn't given.</param>
    internal sealed record AcceptanceAsked(string? Shift = null);

    private static IResult Unknown => Answers.Problem(404, "stay-unknown", "There is no such stay.", "stay");
}
