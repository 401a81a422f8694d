using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Handoff.Api.Contract;
using Handoff.Api.Live;
using Handoff.Api.Tests.Support;

namespace Handoff.Api.Tests.Http;

/// <summary>What is said over the hub is described as it is said.</summary>
public sealed partial class HubDocumentTests(App app) : IClassFixture<App>
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../.."));

    [Fact]
    public async Task It_is_served_to_everybody_and_holds_no_patient_s_data()
    {
        using var nobody = app.Anonymous();
        var said = (await nobody.Get("/openapi/hub.json")).ShouldBeOk().Json;
        said.GetProperty("hub").GetString().ShouldBe(BoardHub.Path);
        said.GetProperty("methods").EnumerateArray().Select(Name).ShouldBe(["Unwatch", "Watch", "WatchPage"]);
    }

    [Fact]
    public void Every_message_that_is_sent_is_described_and_no_other() =>
        Directory
            .EnumerateFiles(Path.Combine(Root, "src/Handoff.Api"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Sending().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["name"].Value)
            .Distinct()
            .ShouldBe(HubDocument.Messages.Select(message => message.Name), ignoreOrder: true);

    [Fact]
    public void Every_method_message_and_field_says_what_it_is()
    {
        var document = JsonSerializer.SerializeToElement(HubDocument.Written());
        var silent = new List<string>();
        foreach (var one in document.GetProperty("methods").EnumerateArray().Concat(document.GetProperty("messages").EnumerateArray()))
        {
            Silent(one, Name(one)!, silent);
        }

        silent.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_message_has_the_shape_that_is_described()
    {
        using var machine = app.Machine();
        await using var hub = await app.Hub();
        var board = await hub.Watch("2-west");
        Keys(board).ShouldBe(Described("methods", "Watch", "returns"), ignoreOrder: true);
        var stay = board.Cards().First(card => card.GetProperty("away").ValueKind == JsonValueKind.Null).Stay();
        (await machine.Post($"/api/rounding/{stay}/record-check", new { place = "Room", isAsleep = false })).ShouldBeOk();
        Keys(await hub.Card()).ShouldBe(Described("messages", "CardChanged", "schema"), ignoreOrder: true);
    }

    /// <summary>The page that people read. Where it differs, what it should be is left beside it.</summary>
    [Fact]
    public void The_page_says_what_the_document_does()
    {
        var (path, page) = (Path.Combine(Root, "docs/hub.md"), Page(HubDocument.Written()));
        if (!File.Exists(path) || File.ReadAllText(path).ReplaceLineEndings("\n") != page)
        {
            File.WriteAllText(Path.ChangeExtension(path, ".received.md"), page);
            Assert.Fail("docs/hub.md is not what the hub is. If the change is meant, move docs/hub.received.md over it.");
        }
    }

    private static string Page(JsonObject document)
    {
        var text = new StringBuilder(
            $"# The hub {document["hub"]}\n\n{document["description"]}\n\nThe same for machines: `/openapi/hub.json`.\n"
        );
        foreach (
            var (title, part, shape) in new[] { ("What a client calls", "methods", "returns"), ("What it is sent", "messages", "schema") }
        )
        {
            text.Append($"\n## {title}\n");
            foreach (var one in document[part]!.AsArray().Select(node => node!.AsObject()))
            {
                text.Append($"\n### {one["name"]}\n\n{one["description"]}\n");
                foreach (var parameter in one["parameters"]?.AsArray() ?? [])
                {
                    text.Append($"\n- `{parameter!["name"]}`: {parameter["description"]}");
                }

                text.Append(one["refusals"] is { } refusals ? $"\n\nRefused: {refusals}\n" : "\n");
                foreach (var of in Shapes(one[shape]))
                {
                    Fields(text, of);
                }
            }
        }

        return text.ToString().Replace("\n\n\n", "\n\n", StringComparison.Ordinal);
    }

    private static void Fields(StringBuilder text, JsonObject shape)
    {
        text.Append($"\n{shape["description"]}\n\n| field | what it is |\n| --- | --- |\n");
        foreach (var (name, field) in shape["properties"]!.AsObject())
        {
            text.Append($"| `{name}` | {field!["description"]} |\n");
        }
    }

    private static IEnumerable<JsonObject> Shapes(JsonNode? schema) =>
        schema is not JsonObject one ? []
        : one["oneOf"] is JsonArray several ? several.Select(node => node!.AsObject())
        : [one];

    private static List<string> Described(string part, string name, string shape) =>
        [
            .. Shapes(HubDocument.Written()[part]!.AsArray().Single(one => (string?)one!["name"] == name)![shape]).First()["properties"]!
                .AsObject()
                .Select(property => property.Key),
        ];

    private static IEnumerable<string> Keys(JsonElement json) => json.EnumerateObject().Select(property => property.Name);

    private static string? Name(JsonElement one) => one.GetProperty("name").GetString();

    private static void Silent(JsonElement one, string path, List<string> found)
    {
        if (!one.TryGetProperty("description", out var says) || string.IsNullOrWhiteSpace(says.GetString()))
        {
            found.Add(path);
        }

        foreach (var part in one.TryGetProperty("parameters", out var given) ? given.EnumerateArray() : default)
        {
            Silent(part, path + "(" + Name(part) + ")", found);
        }

        foreach (
            var shape in new[] { "returns", "schema" }.Where(name =>
                one.TryGetProperty(name, out var s) && s.ValueKind == JsonValueKind.Object
            )
        )
        {
            foreach (var of in Shapes(JsonNode.Parse(one.GetProperty(shape).GetRawText())).Where(of => of["properties"] is not null))
            {
                found.AddRange(
                    of["properties"]!.AsObject().Where(field => field.Value!["description"] is null).Select(field => path + "." + field.Key)
                );
            }
        }
    }

    private static string Here([CallerFilePath] string path = "") => path;

    [GeneratedRegex(@"SendAsync\(""(?<name>\w+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Sending();
}
