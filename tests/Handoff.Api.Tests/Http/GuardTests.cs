using System.Net;
using Handoff.Api.Tests.Access;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Units;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Handoff.Api.Tests.Http;

/// <summary>Every route of the whole application: who may not.</summary>
public sealed class GuardTests(App app) : IClassFixture<App>
{
    private static readonly IReadOnlyList<string> Public =
    [
        .. EveryRouteTests.Public,
        "GET /assets/{name}",
        "ANY /health/live",
        "ANY /health/ready",
        "GET /openapi/{documentName}.json",
        "GET /openapi/hub.json",
        "GET /api/training/clock",
    ];

    [Fact]
    public void Every_route_needs_a_permission_or_is_named_as_public() => EveryRoute.Unguarded(app.DataSources, Public).ShouldBeEmpty();

    [Fact]
    public async Task Nobody_gets_in_without_signing_in()
    {
        using var nobody = app.Anonymous();
        foreach (var (method, path) in Guarded())
        {
            var said = await Ask(nobody, method, path);
            if (said.Status == 302)
            {
                said.Response.Headers.Location!.ToString().ShouldStartWith("/sign-in");
            }
            else
            {
                said.ShouldBeProblem(401, "sign-in-required");
            }
        }
    }

    [Fact]
    public async Task An_unknown_key_gets_in_nowhere()
    {
        using var machine = app.Machine("hf_not-a-key");
        foreach (var (method, path) in Guarded())
        {
            (await Ask(machine, method, path)).ShouldBeProblem(401, "sign-in-required");
        }
    }

    [Fact]
    public async Task Whoever_has_no_permission_is_forbidden_everywhere()
    {
        await using var strict = await App.Start();
        foreach (var permission in Permission.All)
        {
            await strict.Record(
                new ChangeScope(permission, [.. permission.Usual.Where(role => role != Role.Auditor)]) { Key = Facility.OnlyKey }
            );
        }

        using var auditor = await strict.As(Role.Auditor);
        foreach (var (method, path) in Guarded())
        {
            (await Ask(auditor, method, path)).ShouldBeProblem(403, "not-permitted");
        }
    }

    [Fact]
    public async Task Whoever_does_not_work_on_a_unit_is_forbidden_on_its_every_route()
    {
        using var elsewhere = app.Bearer((await app.Hire(Role.Manager, "3-east")).Token);
        foreach (
            var (method, path) in Guarded()
                .Where(route =>
                    route.Path.Contains("2-west", StringComparison.Ordinal)
                    && !route.Path.StartsWith("/api/unit/", StringComparison.Ordinal)
                )
        )
        {
            (await Ask(elsewhere, method, path)).ShouldBeProblem(403, "not-permitted");
        }

        (await elsewhere.Get("/api/units/3-east/board")).ShouldBeOk();
        (await elsewhere.Get("/api/units")).Json.EnumerateArray().Select(unit => unit.GetProperty("id").GetString()).ShouldBe(["3-east"]);
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/docs/index.html")]
    [InlineData("/sign-in")]
    public async Task Public_pages_are_public(string path)
    {
        using var nobody = app.Anonymous();
        (await nobody.Get(path)).ShouldBeOk();
    }

    [Fact]
    public async Task A_page_that_is_not_there_is_a_page_for_people_and_a_problem_for_machines()
    {
        using var person = await app.As(Role.Nurse);
        (await person.Get("/api/nothing")).ShouldBeProblem(404, "not-found");
        person.DefaultRequestHeaders.Add("Accept", "text/html");
        var page = await person.Get("/nothing");
        (page.Status, page.Type).ShouldBe((404, "text/html"));
        page.Text.ShouldContain("<h1");
        (await person.Get("/api/nothing")).ShouldBeProblem(404, "not-found");
    }

    private IEnumerable<(string Method, string Path)> Guarded() =>
        from route in app.Routes
        where route.Metadata.GetMetadata<IAllowAnonymous>() is null
        from method in route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, Filled(route));

    private static string Filled(RouteEndpoint route) =>
        "/"
        + string.Join(
            '/',
            route.RoutePattern.PathSegments.Select(segment =>
                string.Concat(
                    segment.Parts.Select(part =>
                        part switch
                        {
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart { Name: "unit" } => "2-west",
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart => "01934c5e-0000-7000-8000-000000000001",
                            Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
                            _ => "",
                        }
                    )
                )
            )
        );

    private static async Task<Said> Ask(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        request.Content =
            method == "POST"
                ? new StringContent("{}", System.Text.Encoding.UTF8, path == "/api/adt" ? "application/hl7-v2" : "application/json")
                : null;
        var said = await (await client.SendAsync(request)).Read();
        if (said.Status is not (401 or 403 or 302))
        {
            throw new ShouldAssertException($"{method} {path} answered {said.Status}: {said.Text}");
        }

        return said;
    }
}
