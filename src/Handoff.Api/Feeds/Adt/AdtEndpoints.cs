using Handoff.Api.Access;
using Handoff.Api.Feeds.Mllp;
using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Microsoft.AspNetCore.Mvc;

namespace Handoff.Api.Feeds.Adt;

/// <summary>Every message that is held for one cause is set aside, for a reason.</summary>
/// <param name="Cause">The code of the fault.</param>
/// <param name="UpTo">The position of the newest message that is meant; all of them if not given.</param>
public sealed record AsideAll(string? Cause, string? Reason, long? UpTo = null);

/// <summary>A message to be tried.</summary>
public sealed record Pasted(string? Text);

/// <summary>A held message as somebody mended it.</summary>
public sealed record Mended(string? Text = null);

/// <summary>The hospital's feed over HTTP, and what of it waits to be mended.</summary>
public static class AdtEndpoints
{
    private const string Hl7 = "application/hl7-v2";
    private const int MostBytes = FeedLimits.MostBytes;
    private const int MostHeard = 16 * MostBytes;

    public static IEndpointRouteBuilder MapAdt(this IEndpointRouteBuilder routes)
    {
        var adt = routes.MapGroup("/api/adt").WithTags("Admissions feed").WithMetadata(new RequestSizeLimitAttribute(MostHeard));
        adt.MapPost("", Receive)
            .RequirePermission(Permission.SendFeed)
            .Accepts<string>(Hl7, "application/hl7-v2+er7", "x-application/hl7-v2+er7", "text/plain")
            .Produces<string>(200, Hl7)
            .ProducesProblem(413)
            .ProducesProblem(415)
            .ProducesProblem(503)
            .WithSummary("Send one HL7 v2 ADT message; the answer is its acknowledgement, also where that is AE or AR.");

        var held = adt.MapGroup("/quarantine").RequirePermission(Permission.MendFeed);
        held.MapGet("", List)
            .Produces<IReadOnlyList<HeldMessage>>()
            .WithSummary("Messages that could not be applied, the newest first; the next page begins before the last one's position.");
        held.MapGet("/causes", (Caller caller, Quarantine quarantine, CancellationToken cancel) => quarantine.Causes(caller, cancel))
            .Produces<IReadOnlyList<Store.HeldCause>>()
            .WithSummary("Why messages are held, and how many for each cause.");
        held.MapPost("/dismiss", DismissAll)
            .Accepts<AsideAll>("application/json")
            .Produces<SetAside>()
            .ProducesProblem(400)
            .WithSummary("Set aside every message that is held for one cause, with a reason.");
        adt.MapPost("/try", Try)
            .RequirePermission(Permission.ConfigureFacility)
            .Accepts<Pasted>("application/json")
            .Produces<IReadOnlyList<TriedMessage>>()
            .ProducesProblem(400)
            .WithSummary("What a message, or a batch, would do if it were sent now. Nothing is changed.");
        held.MapGet("/{id:guid}", Open)
            .Produces<HeldWhole>()
            .ProducesProblem(404)
            .WithSummary("One held message with its text. Reading it is recorded.");
        held.MapPost("/{id:guid}/replay", Replay)
            .Accepts<Mended>(isOptional: true, "application/json", Hl7, "text/plain")
            .Produces<Replayed>()
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422)
            .WithSummary("Try a held message again, as it came or mended.");
        return routes;
    }

    private static async Task<IResult> Receive(HttpRequest request, Caller caller, Admissions admissions, CancellationToken cancel) =>
        Results.Bytes(
            await admissions.Receive(caller.Facility, caller.Actor, await Body(request, cancel), caller.Origin.Device, cancel),
            Hl7
        );

    private static async Task<IResult> DismissAll(HttpRequest request, Caller caller, Quarantine quarantine, CancellationToken cancel)
    {
        var (asked, problem) = await JsonBody.Read<AsideAll>(request, cancel, isNeeded: true);
        if (problem is not null)
        {
            return problem;
        }

        if (string.IsNullOrWhiteSpace(asked!.Cause))
        {
            return Answers.Problem(400, "cause-missing", "Say for which cause, as the list names it.", "cause");
        }

        var (done, refusal) = await quarantine.SetAsideAll(caller, asked.Cause, asked.Reason, asked.UpTo, cancel);
        return refusal?.Problem() ?? Results.Ok(done);
    }

    private static async Task<IResult> Try(HttpRequest request, Caller caller, DryRun dryRun, CancellationToken cancel)
    {
        var (pasted, problem) = await JsonBody.Read<Pasted>(request, cancel, isNeeded: true);
        return problem
            ?? (
                string.IsNullOrWhiteSpace(pasted!.Text)
                    ? Answers.Problem(400, "text-missing", "Send a message to be tried as text.", "text")
                    : Results.Ok(await dryRun.Try(caller, pasted.Text, UnitTime.Utc, cancel))
            );
    }

    private static async Task<IResult> List(long? before, int? most, Caller caller, Quarantine quarantine, CancellationToken cancel) =>
        Results.Ok(await quarantine.List(caller, before, most, cancel));

    private static async Task<IResult> Open(Guid id, Caller caller, Quarantine quarantine, CancellationToken cancel) =>
        await quarantine.Open(caller, id, cancel) is { } message ? Results.Ok(message) : Unknown();

    private static async Task<IResult> Replay(Guid id, HttpRequest request, Caller caller, Quarantine quarantine, CancellationToken cancel)
    {
        var body = await Body(request, cancel);
        if (!request.HasJsonContentType())
        {
            return Answer(await quarantine.Replay(caller, id, body.Length == 0 ? default(ReadOnlyMemory<byte>?) : body, cancel));
        }

        var (mended, problem) = JsonBody.Read<Mended>(body);
        return problem ?? Answer(await quarantine.Replay(caller, id, mended!.Text, cancel));
    }

    private static IResult Answer(Replayed? replayed) =>
        replayed switch
        {
            null => Unknown(),
            { Fault: { } fault } => Problem(fault),
            _ => Results.Ok(replayed),
        };

    private static IResult Unknown() => Answers.Problem(404, "message-unknown", "No such message is held.");

    private static IResult Problem(Fault fault) =>
        Results.Problem(
            title: fault.Says,
            statusCode: fault.Code switch
            {
                "message-not-held" => 409,
                "not-permitted" or "unit-not-yours" => 403,
                _ => 422,
            },
            type: "urn:handoff:" + fault.Code,
            extensions: new Dictionary<string, object?>
            {
                ["code"] = fault.Code,
                ["segment"] = fault.Segment,
                ["field"] = fault.Field,
            }
        );

    private static async Task<byte[]> Body(HttpRequest request, CancellationToken cancel) =>
        await RequestBytes.Read(request.Body, MostBytes, cancel)
        ?? throw new BadHttpRequestException("The message is too large.", StatusCodes.Status413PayloadTooLarge);
}
