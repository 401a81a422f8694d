using System.Text.Json;
using Handoff.Api.Contract;
using Handoff.Api.Tests.Support;

namespace Handoff.Api.Tests.Http;

/// <summary>Every operation and every property says what it is, with an example.</summary>
public sealed class DescribedTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Every_operation_has_a_summary_a_description_and_an_example() =>
        (await ServedContract.Of(app))
            .Operations.SelectMany(one => Lacking(one.Operation).Select(lacking => $"{one.Method} {one.Path}: {lacking}"))
            .ShouldBeEmpty();

    [Fact]
    public async Task Every_property_has_a_description_and_an_example() =>
        (
            from schema in (await ServedContract.Of(app)).Schemas
            where schema.Value.TryGetProperty("properties", out _)
            from property in schema.Value.GetProperty("properties").EnumerateObject()
            from lacking in new[]
            {
                string.IsNullOrWhiteSpace(ServedContract.Text(property.Value, "description")) ? "description" : null,
                property.Value.TryGetProperty("examples", out var examples) && examples.GetArrayLength() > 0 ? null : "example",
            }.OfType<string>()
            select $"{schema.Name}.{property.Name}: {lacking}"
        ).ShouldBeEmpty();

    [Fact]
    public async Task Every_parameter_of_an_address_has_a_description() =>
        (
            from one in (await ServedContract.Of(app)).Operations
            where one.Operation.TryGetProperty("parameters", out _)
            from parameter in one.Operation.GetProperty("parameters").EnumerateArray()
            where string.IsNullOrWhiteSpace(ServedContract.Text(parameter, "description"))
            select $"{one.Method} {one.Path}: {parameter.GetProperty("name")}"
        ).ShouldBeEmpty();

    [Fact]
    public async Task The_example_of_every_command_is_one_that_can_be_read()
    {
        var (contract, wrong) = (await ServedContract.Of(app), new List<string>());
        foreach (var (path, operation, command) in contract.Commands)
        {
            var (read, refusal) = JsonBody.ReadOrRefuse(command, JsonSerializer.SerializeToUtf8Bytes(ServedContract.Sent(operation)));
            if (read is null)
            {
                wrong.Add($"{path}: {refusal}");
            }
        }

        wrong.ShouldBeEmpty();
        contract.Commands.Count().ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task The_contract_is_the_same_each_time_that_it_is_asked_for()
    {
        using var machine = app.Machine();
        (await machine.Get("/openapi/v1.json")).Text.ShouldBe((await machine.Get("/openapi/v1.json")).Text);
    }

    /// <summary>What nothing needs any more would be read as if it were true.</summary>
    [Fact]
    public async Task No_word_of_the_glossary_is_left_over()
    {
        var contract = await ServedContract.Of(app);
        var names = contract
            .Schemas.SelectMany(schema => ServedContract.Properties(schema.Value))
            .Concat(
                from one in contract.Operations
                where one.Operation.TryGetProperty("parameters", out _)
                from parameter in one.Operation.GetProperty("parameters").EnumerateArray()
                select "?" + parameter.GetProperty("name").GetString()
            );
        Glossary.All.Except(names).ShouldBeEmpty();
    }

    private static IEnumerable<string> Lacking(JsonElement operation)
    {
        foreach (
            var name in new[] { "summary", "description" }.Where(name => string.IsNullOrWhiteSpace(ServedContract.Text(operation, name)))
        )
        {
            yield return name;
        }

        if (!HasExample(operation))
        {
            yield return "example";
        }
    }

    private static bool HasExample(JsonElement operation) =>
        operation.GetRawText().Contains("\"example\":", StringComparison.Ordinal)
        && (
            !operation.TryGetProperty("requestBody", out var body)
            || body.GetProperty("content")
                .EnumerateObject()
                .All(content => content.Value.TryGetProperty("example", out _) || content.Value.TryGetProperty("examples", out _))
        );
}
