using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Handoff.Api.Access;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Microsoft.AspNetCore.Routing;

namespace Handoff.Api.Tests.Http;

/// <summary>
/// What a request says and nothing reads is refused by its name, by every route there is; <c>at</c> is honoured or refused, and never
/// ignored.
/// </summary>
public sealed partial class UnknownFieldTests(App app) : IClassFixture<App>, IAsyncLifetime
{
    /// <summary>The routes that show the past.</summary>
    private static readonly string[] OfThePast =
    [
        "GET /api/overview",
        "GET /api/stays/{stay:guid}/handoff",
        "GET /api/stays/{stay:guid}/handoffs",
        "GET /api/stays/{stay:guid}/notes",
        "GET /api/stays/{stay:guid}/responsible",
        "GET /api/stays/{stay:guid}/timeline",
        "GET /api/units/{unit}/board",
        "GET /api/units/{unit}/handoff",
        "GET /api/units/{unit}/incidents",
        "GET /api/units/{unit}/incidents/{incident:guid}",
        "GET /api/units/{unit}/meeting",
        "GET /api/units/{unit}/meeting/{stay:guid}",
        "GET /stays/{stay:guid}",
        "GET /stays/{stay:guid}/lanes",
        "GET /stays/{stay:guid}/notes",
        "GET /stays/{stay:guid}/timeline",
        "GET /stays/{stay:guid}/timeline/part",
        "GET /units",
        "GET /units/{unit}/board",
        "GET /units/{unit}/handoff",
        "GET /units/{unit}/handoff/print",
        "GET /units/{unit}/incidents",
        "GET /units/{unit}/incidents/{incident:guid}",
        "GET /units/{unit}/meeting",
        "GET /units/{unit}/meeting/print",
        "GET /units/{unit}/meeting/{stay:guid}",
    ];

    private Guid stay;

    public async Task InitializeAsync()
    {
        using var machine = app.Machine();
        stay = (await machine.Get("/api/units/2-west/board")).Json.Cards()[0].Stay();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private IEnumerable<(string Name, string Method, RouteEndpoint Route)> Ours =>
        app
            .Routes.Where(KnownQuery.IsOurs)
            .SelectMany(route =>
                (route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method =>
                    ($"{method} /{route.RoutePattern.RawText?.Trim('/')}", method, route)
                )
            );

    [Fact]
    public async Task Every_route_refuses_a_parameter_that_it_does_not_read_and_names_it()
    {
        var wrong = new List<string>();
        foreach (var (name, method, route) in Ours)
        {
            var said = await Ask(method, route, "colour=red");
            if ((said.Status, said.Code, said.Field) != (400, "field-unknown", "colour"))
            {
                wrong.Add($"{name}: {said.Status} {said.Code} {said.Field}");
            }
        }

        wrong.ShouldBeEmpty();
        Ours.Count().ShouldBeGreaterThan(150);
    }

    [Fact]
    public async Task Every_route_shows_the_past_or_refuses_to_by_name()
    {
        var honoured = new List<string>();
        foreach (var (name, method, route) in Ours)
        {
            var said = await Ask(method, route, "at=2999-01-01T00:00:00Z");
            var isPage = said.Type == "text/html";
            if (isPage || (said.Status, said.Code, said.Field) != (400, "field-unknown", "at"))
            {
                said.Status.ShouldBe(400, name);
                said.Text.ShouldContain("has not come yet", customMessage: name);
                honoured.Add(name);
            }
        }

        honoured.Order(StringComparer.Ordinal).ShouldBe(OfThePast.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_command_refuses_a_field_that_it_does_not_have_and_names_it()
    {
        foreach (
            var (name, _, route) in Ours.Where(one =>
                one.Method == "POST" && one.Name.StartsWith("POST /api/", StringComparison.Ordinal) && one.Name != "POST /api/adt"
            )
        )
        {
            using var client = await Permitted(route);
            (await client.PostText(Address(route), "{\"colour\":1}"))
                .ShouldBeProblem(400, "field-unknown", "colour")
                .Text.ShouldNotContain(name);
        }
    }

    [Fact]
    public async Task A_time_that_a_command_does_not_have_is_not_dropped()
    {
        foreach (
            var command in EventTypeRegistry.Domain.Commands.Where(c =>
                c.GetCustomAttribute<InternalAttribute>() is null && c.GetProperty("At") is null
            )
        )
        {
            var path = "/api/" + CommandRoutes.Route(command);
            var route = app.Routes.Single(r => r.RoutePattern.RawText == path);
            using var client = await Permitted(route);
            (await client.PostText(Address(route), "{\"at\":\"2026-11-21T14:32:08Z\"}")).ShouldBeProblem(400, "field-unknown", "at");
        }
    }

    [Theory]
    [InlineData(
        "group/{0}/record-attendance",
        "{\"rows\":[{\"stay\":\"01934c5e-0000-7000-8000-000000000001\",\"whenever\":3}]}",
        "whenever"
    )]
    [InlineData("care-task/{0}/raise-task", "{\"text\":\"x\",\"owner\":{\"role\":\"Nurse\",\"room\":\"1\"}}", "room")]
    [InlineData("stay/{0}/discharge", "{\"key\":\"another\"}", "key")]
    [InlineData("stay/{0}/discharge", "{\"permission\":\"ReadBoard\"}", "permission")]
    [InlineData("stay/{0}/discharge", "{\"Maya Brook\":1}", null)]
    public async Task Whatever_its_depth_a_field_that_nothing_reads_is_refused_and_only_a_name_is_said_back(
        string path,
        string json,
        string? field
    )
    {
        using var machine = app.Machine();
        (await machine.PostText("/api/" + string.Format(null, path, Guid.NewGuid()), json))
            .ShouldBeProblem(400, "field-unknown", field)
            .Text.ShouldNotContain("Maya");
    }

    [Fact]
    public async Task A_field_that_is_said_twice_is_not_taken_once()
    {
        using var machine = app.Machine();
        (
            await machine.PostText(
                $"/api/rounding/{Guid.NewGuid()}/record-check",
                "{\"place\":\"Room\",\"place\":\"Hallway\",\"isAsleep\":false}"
            )
        ).ShouldBeProblem(400, "json-invalid", "place");
    }

    [Fact]
    public async Task A_person_reads_in_words_what_was_not_taken()
    {
        using var nurse = await app.As(Role.Nurse);
        nurse.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var page = await nurse.Get("/units/2-west/tasks?at=2026-11-21T14:32:08Z");
        (page.Status, page.Type).ShouldBe((400, "text/html"));
        page.Text.ShouldContain("is not taken here");
    }

    [Fact]
    public async Task Whoever_may_not_ask_is_not_told_what_could_be_asked()
    {
        using var display = await app.As(Role.Display);
        (await display.Get("/api/units/2-west/handoff?colour=red")).ShouldBeProblem(403, "not-permitted");
    }

    private async Task<Said> Ask(string method, RouteEndpoint route, string query)
    {
        using var client = await Permitted(route);
        using var request = new HttpRequestMessage(new(method), Address(route) + "?" + query)
        {
            Content = method == "POST" ? new StringContent("") : null,
        };
        if (request.Content is not null)
        {
            request.Content.Headers.ContentType = route
                .Metadata.GetMetadata<Microsoft.AspNetCore.Http.Metadata.IAcceptsMetadata>()
                ?.ContentTypes
                is [var type, ..]
                ? new(type)
                : null;
        }

        return await (await client.SendAsync(request)).Read();
    }

    // Somebody who may do all that the route needs.
    private Task<HttpClient> Permitted(RouteEndpoint route)
    {
        var needs = route.Metadata.GetOrderedMetadata<RequiresAttribute>();
        return app.As(Enum.GetValues<Role>().First(role => needs.All(need => need.AnyOf.Any(may => may.Usual.Contains(role)))));
    }

    private string Address(RouteEndpoint route) =>
        "/"
        + Parameters()
            .Replace(
                route.RoutePattern.RawText!.Trim('/'),
                match =>
                    match.Groups["name"].Value switch
                    {
                        "unit" => "2-west",
                        "stay" => stay.ToString(),
                        "documentName" => "v1",
                        "domain" => "mood",
                        "name" => "handoff.css",
                        _ => "01934c5e-0000-7000-8000-000000000001",
                    }
            );

    [GeneratedRegex(@"\{(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameters();
}
