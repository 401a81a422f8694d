using Handoff.Api.Access;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;

namespace Handoff.Api.Meetings;

/// <summary>Team meetings as JSON; as pages they are in <see cref="MeetingForms"/>.</summary>
public static class MeetingEndpoints
{
    public static void MapMeetings(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api").WithTags("Meetings");
        api.MapGet("/units/{unit}/meeting", OfUnit)
            .RequirePermission(Permission.ReadStay)
            .Produces<UnitMeeting>()
            .ProducesProblem(403)
            .ProducesProblem(404);
        api.MapGet("/units/{unit}/meeting/{stay:guid}", OfPatient)
            .RequirePermission(Permission.ReadStay)
            .Produces<PatientMeeting>()
            .ProducesProblem(403)
            .ProducesProblem(404);
        api.MapPost("/case-review/{stay:guid}/review-patient", Review)
            .RequirePermission(Permission.ReviewPatients)
            .Produces<Written>()
            .ProducesProblem(400)
            .ProducesProblem(403)
            .ProducesProblem(404)
            .ProducesProblem(422)
            .AddOpenApiOperationTransformer(CommandHeaders.Describe);
        routes.MapMeetingForms();
    }

    /// <summary>The team meeting of a unit: who was reviewed, and what changed with each patient since the last one.</summary>
    private static async Task<IResult> OfUnit(
        string unit,
        string? at,
        Caller caller,
        MeetingReader meetings,
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

        if (await meetings.ForUnit(caller.Facility, unit, cancel, then) is not { } meeting)
        {
            return Answers.Problem(404, "unit-unknown", "There is no such unit.", "unit");
        }

        await reads.Record(
            caller,
            then is null ? AccessPurpose.Meeting : AccessPurpose.AsOf,
            unit,
            [.. meeting.Patients.Select(p => p.Stay)],
            cancel
        );
        return Results.Ok(meeting);
    }

    /// <summary>One patient in the team meeting: the figures and entries since they were last reviewed.</summary>
    private static async Task<IResult> OfPatient(
        string unit,
        Guid stay,
        string? at,
        Caller caller,
        MeetingReader meetings,
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

        if (await meetings.ForStay(caller.Facility, unit, stay, cancel, then) is not { } opened)
        {
            return Answers.Problem(404, "stay-unknown", "The patient is not on that unit.", "stay");
        }

        await reads.Record(caller, then is null ? AccessPurpose.Meeting : AccessPurpose.AsOf, unit, [stay], cancel);
        return Results.Ok(opened.Meeting);
    }

    /// <summary>Say that the team has reviewed a patient in a meeting.</summary>
    /// <param name="meeting">The meeting's key, from the answer that was looked at.</param>
    /// <param name="upTo">The position up to which that answer spoke: <c>since.upTo</c>.</param>
    private static async Task<IResult> Review(
        Guid stay,
        string? meeting,
        long? upTo,
        HttpContext context,
        Caller caller,
        Reviewing reviewing
    )
    {
        var (headers, refusal) = CommandHeaders.FromRequest(context.Request, caller);
        var (_, problem) = await JsonBody.Read<NoFields>(context.Request, context.RequestAborted);
        return refusal is not null ? refusal.Problem()
            : problem is not null ? problem
            : upTo is null or < 0 ? Refusal.Missing("upTo", "Say up to which position of the log you looked.").Problem()
            : (await reviewing.Reviewed(caller, stay, meeting, upTo.Value, headers!.Request, context.RequestAborted)).Result();
    }
}
