using System.Text.Json.Nodes;

namespace Handoff.Api.Contract;

/// <summary>The patients that an answer names, wherever in it they stand: who reads it has read of them.</summary>
internal static class NamedPatients
{
    // Under these names states keep the ids of stays.
    public static readonly IReadOnlySet<string> Names = new HashSet<string>
    {
        "stay",
        "stays",
        "notReviewed",
        "spoken",
        "visit",
        "otherVisit",
        "saidOverdue",
    };

    public static IReadOnlyCollection<Guid> In(JsonNode? answer) => Found(answer, false).ToHashSet();

    private static IEnumerable<Guid> Found(JsonNode? node, bool isOfStays) =>
        node switch
        {
            JsonObject parts => parts.SelectMany(part => Found(part.Value, Names.Contains(part.Key))),
            JsonArray list => list.SelectMany(one => Found(one, isOfStays)),
            JsonValue value when isOfStays && value.TryGetValue<string>(out var text) && Guid.TryParseExact(text, "D", out var stay) =>
            [
                stay,
            ],
            _ => [],
        };
}
