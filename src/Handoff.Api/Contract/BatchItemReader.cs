using System.Collections.Frozen;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Contract;

/// <summary>Reads one command of several, with the same care as its own route does.</summary>
internal static class BatchItemReader
{
    private static readonly Lazy<FrozenDictionary<string, Type>> Commands = new(() =>
        EventTypeRegistry
            .Domain.Commands.Where(command => command.GetCustomAttribute<InternalAttribute>() is null)
            .ToFrozenDictionary(command => CommandRoutes.Route(command).Replace("{id}", "", StringComparison.Ordinal))
    );

    /// <summary>The request's own id, where there is one that can be read.</summary>
    public static string? Request(JsonElement one) =>
        one.ValueKind == JsonValueKind.Object && one.TryGetProperty("request", out var id) && id.ValueKind == JsonValueKind.String
            ? id.GetString()
            : null;

    public static (CommandEnvelope? Sent, Refusal? Refusal) Read(JsonElement one, Caller caller)
    {
        var (item, wrong) = JsonBody.ReadOrRefuse(typeof(BatchItem), Encoding.UTF8.GetBytes(one.GetRawText()));
        if (wrong is not null)
        {
            return (null, wrong);
        }

        var read = (BatchItem)item!;
        return read.Request.Length == 0 ? (null, RequiredFields.Missing("request"))
            : Addressed(read.To) is not var (type, id)
                ? (null, Refusal.NotFound("command-unknown", "There is no command at that address.", "to"))
            : !caller.Actor.May(CommandRoutes.Sample(type).Permission)
                ? (null, Refusal.NotPermitted("not-permitted", "Your role does not include this. If you need it, ask your manager."))
            : Said(read, type, id, caller);
    }

    private static (CommandEnvelope? Sent, Refusal? Refusal) Said(BatchItem item, Type type, string id, Caller caller)
    {
        var (headers, unread) = CommandHeaders.FromRequest(item.Request, item.IfMatch ?? "", caller);
        var (command, wrong) = JsonBody.ReadOrRefuse(type, Encoding.UTF8.GetBytes(item.Body?.GetRawText() ?? "{}"));
        var refusal = wrong is { } of ? of with { Field = of.Field is null ? "body" : "body." + of.Field } : unread;
        return refusal is not null
            ? (null, refusal)
            : (
                new(
                    CommandRoutes.Keyed((ICommand)command!, id),
                    caller.Actor,
                    headers!.Request,
                    caller.Source,
                    caller.Origin.Device,
                    caller.Correlation,
                    Expected: headers.Expected
                ),
                null
            );
    }

    // /api/rounding/{id}/record-check, also without what all of them begin with.
    private static (Type Command, string Id)? Addressed(string to) =>
        (to.StartsWith("/api/", StringComparison.Ordinal) ? to[5..] : to).Split('/') is [var noun, { Length: > 0 } id, var command]
        && Commands.Value.TryGetValue($"{noun}//{command}", out var type)
            ? (type, Uri.UnescapeDataString(id))
            : null;
}
