using System.Text.Json;
using Handoff.Api.Tests.Support;

namespace Handoff.Api.Tests.Http;

/// <summary>The contract that machines are generated from.</summary>
public sealed class ContractTests(App app) : IClassFixture<App>
{
    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_and_says_that_it_may_not_know_who_asks()
    {
        var operations = (await Operations()).ToList();
        operations.Count.ShouldBeGreaterThan(100);
        operations.Select(o => Id(o.Operation)).ShouldAllBe(id => id.Length > 0 && id.All(char.IsAsciiLetterOrDigit));
        operations.GroupBy(o => Id(o.Operation)).Where(same => same.Count() > 1).Select(same => same.Key).ShouldBeEmpty();
        operations
            .Where(o => !o.Operation.GetProperty("responses").TryGetProperty("401", out _))
            .Select(o => o.Path)
            .ShouldBe(["/api/training/clock"]);
    }

    [Fact]
    public async Task A_refusal_is_described_with_its_code_and_the_field_that_is_to_blame()
    {
        using var machine = app.Machine();
        var refusal = (await machine.Get("/openapi/v1.json"))
            .Json.GetProperty("components")
            .GetProperty("schemas")
            .GetProperty("ProblemDetails");
        refusal.GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldContain("code");
        refusal.GetProperty("properties").EnumerateObject().Select(property => property.Name).ShouldContain("field");
        refusal.GetProperty("properties").GetProperty("code").GetProperty("type").GetString().ShouldBe("string");
    }

    private static string Id(JsonElement operation) => operation.TryGetProperty("operationId", out var id) ? id.GetString()! : "";

    private async Task<IEnumerable<(string Path, JsonElement Operation)>> Operations()
    {
        using var machine = app.Machine();
        return from path in (await machine.Get("/openapi/v1.json")).ShouldBeOk().Json.GetProperty("paths").EnumerateObject()
            from operation in path.Value.EnumerateObject()
            select (path.Name, operation.Value);
    }
}
