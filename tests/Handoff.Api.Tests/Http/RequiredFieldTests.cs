using System.Text.Json;
using System.Text.Json.Nodes;
using Handoff.Api.Tests.Support;

namespace Handoff.Api.Tests.Http;

/// <summary>What the contract calls required is what is refused where it is not there, and nothing else is.</summary>
public sealed class RequiredFieldTests(App app) : IClassFixture<App>
{
    /// <summary>What only some requests can't be without, and which.</summary>
    private static readonly Dictionary<string, string> OnlySometimes = new()
    {
        ["RecordMeal.percent"] = "unless the meal was declined",
        ["WriteContingency.incident"] = "where it waits for an incident",
        ["WriteContingency.level"] = "where it waits for a level",
        ["WriteContingency.domain"] = "where it waits for a behaviour",
        ["WriteContingency.intensity"] = "where it waits for a behaviour",
        ["WriteContingency.time"] = "where it waits for a time",
    };

    [Fact]
    public async Task Without_a_required_field_every_command_is_refused_and_the_field_is_named()
    {
        var (contract, wrong, count) = (await ServedContract.Of(app), new List<string>(), 0);
        foreach (var (path, operation, command) in contract.Commands)
        {
            using var client = await ServedContract.Permitted(app, command);
            foreach (var field in ServedContract.Required(contract.Schema(command)))
            {
                foreach (var body in new[] { Without(operation, field), AsNull(operation, field) })
                {
                    count++;
                    var said = await client.PostText(Address(path), body);
                    if ((said.Status, said.Code, said.Field) != (400, Missing(field), field) || said.Type != "application/problem+json")
                    {
                        wrong.Add($"{command.Name}.{field}: {said.Status} {said.Code} {said.Field}");
                    }
                }
            }
        }

        wrong.ShouldBeEmpty();
        count.ShouldBeGreaterThan(150);
    }

    [Fact]
    public async Task Without_any_other_field_no_command_is_refused_for_lacking_it()
    {
        var (contract, wrong) = (await ServedContract.Of(app), new List<string>());
        var stay = await Stay();
        foreach (var (path, operation, command) in contract.Commands)
        {
            using var client = await ServedContract.Permitted(app, command);
            var schema = contract.Schema(command);
            foreach (var field in ServedContract.Properties(schema).Except(ServedContract.Required(schema)))
            {
                var said = await client.PostText(Address(path, stay), Without(operation, field));
                if (said.Code == Missing(field) && !OnlySometimes.ContainsKey($"{command.Name}.{field}"))
                {
                    wrong.Add($"{command.Name}.{field}");
                }
            }
        }

        wrong.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_part_of_a_command_is_refused_without_what_it_needs()
    {
        using var machine = app.Machine();
        (await machine.PostText($"/api/group/{Guid.NewGuid()}/record-attendance", """{"rows":[{"status":"Present"}]}""")).ShouldBeProblem(
            400,
            "stay-missing",
            "stay"
        );
    }

    [Fact]
    public async Task So_is_what_is_no_command()
    {
        using var machine = app.Machine();
        using var nobody = app.Anonymous();
        (await nobody.PostText("/api/sign-in", """{"account":"nurse"}""")).ShouldBeProblem(400, "password-missing", "password");
        (await machine.PostText("/api/wording", "{}")).ShouldBeOk();
        var schemas = (await ServedContract.Of(app)).Schemas.ToDictionary(schema => schema.Name, schema => schema.Value);
        ServedContract.Required(schemas["Credentials"]).ShouldBe(["account", "password"], ignoreOrder: true);
        ServedContract.Required(schemas["WordingAsked"]).ShouldBeEmpty();
        ServedContract.Required(schemas["BatchItem"]).ShouldBe(["to", "request"], ignoreOrder: true);
    }

    [Fact]
    public async Task What_is_required_is_never_null()
    {
        var contract = await ServedContract.Of(app);
        foreach (var (_, _, command) in contract.Commands)
        {
            var schema = contract.Schema(command);
            foreach (var field in ServedContract.Required(schema))
            {
                schema
                    .GetProperty("properties")
                    .GetProperty(field)
                    .GetRawText()
                    .ShouldNotContain("\"null\"", customMessage: command.Name + "." + field);
            }
        }
    }

    [Fact]
    public async Task Of_an_answer_everything_is_always_there()
    {
        var contract = await ServedContract.Of(app);
        foreach (var name in new[] { "Written", "Board", "BoardCard", "Stay", "Rounding", "EventPage", "StaffMember" })
        {
            var schema = contract.Schemas.Single(one => one.Name == name).Value;
            ServedContract.Required(schema).ShouldBe(ServedContract.Properties(schema), ignoreOrder: true, name);
        }
    }

    private async Task<Guid> Stay()
    {
        using var machine = app.Machine();
        return (await machine.Get("/api/units/3-east/board")).Json.Cards()[0].Stay();
    }

    private static string Missing(string field) => JsonNamingPolicy.KebabCaseLower.ConvertName(field) + "-missing";

    private static string Without(JsonElement operation, string field)
    {
        var body = ServedContract.Sent(operation);
        body.Remove(field);
        return body.ToJsonString();
    }

    private static string AsNull(JsonElement operation, string field)
    {
        var body = ServedContract.Sent(operation);
        body[field] = null;
        return body.ToJsonString();
    }

    // What is of a patient or a unit is sent to one that there is, so that the rule itself is asked.
    private static string Address(string path, Guid? stay = null) =>
        path.Replace(
            "{id}",
            stay is not { } one ? Guid.NewGuid().ToString()
                : path.Split('/')[2] is "rounding" or "patient-status" or "care" ? one.ToString()
                : path.Split('/')[2] is "unit" ? "2-west"
                : Guid.NewGuid().ToString(),
            StringComparison.Ordinal
        );
}
