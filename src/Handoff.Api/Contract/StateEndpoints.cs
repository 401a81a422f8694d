using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Handoff.Api.Contract;

/// <summary>
/// What commands write can be read again under the same address: <c>GET /api/&lt;noun&gt;/&lt;id&gt;</c> is what all that was recorded on
/// it comes to. Its <c>ETag</c> is the version that a command's <c>If-Match</c> takes.
/// </summary>
public static class StateEndpoints
{
    private static readonly MethodInfo Mapping = typeof(StateEndpoints).GetMethod(
        nameof(MapState),
        BindingFlags.NonPublic | BindingFlags.Static
    )!;

    public static void MapStates(this IEndpointRouteBuilder routes, EventTypeRegistry names)
    {
        var group = routes.MapGroup("/api").WithTags("States");
        foreach (var state in Written(names))
        {
            Mapping.MakeGenericMethod(state).Invoke(null, [group]);
        }

        routes
            .MapGet("/api/units/{unit}/census", Census)
            .WithTags("States")
            .WithName("ReadCensus")
            .RequirePermission(Permission.ReadStay)
            .Produces<Census>()
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>The kinds of states that a client can write.</summary>
    public static IEnumerable<Type> Written(EventTypeRegistry names) =>
        names
            .Commands.Where(command => command.GetCustomAttribute<InternalAttribute>() is null)
            .Select(command => command.BaseType!.GetGenericArguments()[0])
            .Distinct()
            .OrderBy(state => state.Name, StringComparer.Ordinal);

    private static void MapState<T>(RouteGroupBuilder group)
        where T : State, new()
    {
        var (kind, read) = (StateKind<T>.Name, StateRead.ForState(typeof(T)));
        var noun = kind.Replace('_', ' ');
        group
            .MapGet(
                $"/{kind.Replace('_', '-')}/{{id}}",
                (string id, HttpContext context, Caller caller, StateReader states, AccessLog reads, CancellationToken cancel) =>
                    One<T>(id, read.Look, context, caller, states, reads, cancel)
            )
            .RequirePermission(read.May)
            .WithName("Read" + typeof(T).Name)
            .WithSummary($"One {noun} as it stands: all that was recorded on it, taken together")
            .WithDescription(Docstrings.DocstringOf(typeof(T)) + " Its `ETag` is the version that a command’s `If-Match` takes.")
            .Produces<T>()
            .Produces(StatusCodes.Status304NotModified)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .AddOpenApiOperationTransformer(Describe);
    }

    private static async Task<IResult> One<T>(
        string id,
        AccessPurpose look,
        HttpContext context,
        Caller caller,
        StateReader states,
        AccessLog reads,
        CancellationToken cancel
    )
        where T : State, new()
    {
        var stream = StreamId.For(StateKind<T>.Name, Guid.TryParseExact(id, "D", out var uuid) ? uuid.ToString() : id);
        var saved = (await states.Load(caller.Facility, [stream], cancel))[stream];
        if (saved.Version == 0)
        {
            return Answers.Problem(404, StateKind<T>.Name.Replace('_', '-') + "-unknown", "There is no such thing.", "id");
        }

        var answer = JsonSerializer.SerializeToNode((T)saved.State, EventTypeRegistry.Json)!;
        var unit = await Unit(caller.Facility, saved.State, answer, states, cancel);
        if (unit is not null && !caller.Actor.WorksOn(unit))
        {
            return Answers.Problem(403, "unit-not-yours", "You are not assigned to that unit.");
        }

        // Also whoever learns that nothing has changed has looked.
        await Record(caller, look, unit, [.. NamedPatients.In(answer), .. StayOf(saved.State)], reads, cancel);
        return ETags.Answer(context, saved.Version, answer);
    }

    /// <summary>The unit’s census: the stays of everybody who is on the unit now.</summary>
    private static async Task<IResult> Census(string unit, Caller caller, StateReader states, AccessLog reads, CancellationToken cancel)
    {
        string[] streams = [StreamId.For(StateKind<Domain.Units.Unit>.Name, unit), StreamId.For(StateKind<Census>.Name, unit)];
        var saved = await states.Load(caller.Facility, streams, cancel);
        if (!((Domain.Units.Unit)saved[streams[0]].State).IsOpen())
        {
            return Answers.Problem(404, "unit-unknown", "There is no such unit.", "unit");
        }

        var census = (Census)saved[streams[1]].State;
        await reads.Record(caller, AccessPurpose.Board, unit, [.. census.Stays.Select(stay => stay.Id)], cancel);
        return Results.Ok(census);
    }

    private static Guid[] StayOf(State state) => state.OfStay() is { } stay && stay != Guid.Empty ? [stay] : [];

    // A feed's message holds a patient's data also where nobody knows yet whose.
    private static Task Record(Caller caller, AccessPurpose look, string? unit, Guid[] stays, AccessLog reads, CancellationToken cancel) =>
        stays.Length == 0 && look != AccessPurpose.FeedMessage
            ? Task.CompletedTask
            : reads.Record(caller, look, unit, [.. stays.Distinct()], cancel);

    // A patient is where their stay is now; anything else is where it says itself.
    private static async Task<string?> Unit(string facility, State state, JsonNode answer, StateReader states, CancellationToken cancel)
    {
        if (StayOf(state) is not [var about])
        {
            return state.OnUnit() ?? (answer["unit"] as JsonValue)?.ToString();
        }

        var stream = StreamId.For(StateKind<Stay>.Name, about);
        var stay = state as Stay ?? (Stay)(await states.Load(facility, [stream], cancel))[stream].State;
        return stay.Where()?.Unit ?? state.OnUnit();
    }

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(ETags.Parameter);
        if (operation.Responses?.GetValueOrDefault("200") is OpenApiResponse answer)
        {
            (answer.Headers ??= new Dictionary<string, IOpenApiHeader>())["ETag"] = ETags.Header;
        }

        return Task.CompletedTask;
    }
}
