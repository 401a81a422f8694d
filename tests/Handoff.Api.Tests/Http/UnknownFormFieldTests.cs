using System.Reflection;
using System.Text.RegularExpressions;
using Handoff.Api.Access;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Groups;
using Handoff.Domain.Incidents;
using Microsoft.AspNetCore.Routing;

namespace Handoff.Api.Tests.Http;

/// <summary>
/// What a form holds and nothing reads is refused by its name before anything is stored, by every route that takes a form.
/// </summary>
public sealed partial class UnknownFormFieldTests(App app) : IClassFixture<App>, IAsyncLifetime
{
    private readonly Dictionary<Role, (HttpClient Browser, string Token)> signedIn = [];
    private readonly Guid incident = Guid.NewGuid();
    private readonly Guid session = Guid.NewGuid();
    private Guid stay;

    public async Task InitializeAsync()
    {
        using var machine = app.Machine();
        stay = (await machine.Get("/api/units/2-west/board")).Json.Cards()[0].Stay();
        await app.Record(
            new ScheduleGroup("2-west", GroupType.Recreational, "Walk", "A. Ruiz", app.Clock.GetUtcNow().AddHours(2), 45)
            {
                Key = session.ToString(),
            }
        );
        await app.Record(new OpenIncident(IncidentKind.Fall, "2-west") { Key = incident.ToString() });
    }

    public Task DisposeAsync()
    {
        foreach (var (browser, _) in signedIn.Values)
        {
            browser.Dispose();
        }

        return Task.CompletedTask;
    }

    private IEnumerable<RouteEndpoint> Routes =>
        app.Routes.Where(route =>
            route.Metadata.GetMetadata<MethodInfo>()?.GetParameters().Any(p => p.ParameterType == typeof(FormPost)) == true
        );

    [Fact]
    public async Task Every_form_refuses_a_field_that_it_does_not_have_and_names_it()
    {
        var wrong = new List<string>();
        foreach (var route in Routes)
        {
            var said = await Send(route, new() { ["colour"] = "red" });
            if ((said.Status, said.Code, said.Field) != (400, "field-unknown", "colour"))
            {
                wrong.Add($"{route.RoutePattern.RawText}: {said.Status} {said.Code} {said.Field}");
            }
        }

        wrong.ShouldBeEmpty();
        Routes.Count().ShouldBeGreaterThan(80);
    }

    [Fact]
    public async Task Of_a_form_with_a_field_that_nothing_reads_nothing_is_stored_and_without_it_all()
    {
        var before = await Told();
        var fields = new Dictionary<string, string>
        {
            ["meal"] = "Lunch",
            ["eaten"] = "50",
            ["remark"] = "Ate slowly",
            ["at"] = "",
            ["seen"] = "twice",
        };
        (await Post(Role.Nurse, $"/stays/{stay}/meal", new(fields))).ShouldBeProblem(400, "field-unknown", "seen");
        (await Told()).ShouldBe(before);
        fields.Remove("seen");
        (await Post(Role.Nurse, $"/stays/{stay}/meal", fields)).Status.ShouldBe(303);
        (await Told()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_person_reads_in_words_which_field_was_not_taken_and_a_name_that_is_none_is_not_said_back()
    {
        var page = await Post(Role.Nurse, $"/stays/{stay}/meal", new() { ["meal"] = "Lunch", ["colour"] = "red" }, "text/html");
        (page.Status, page.Type).ShouldBe((400, "text/html"));
        page.Text.ShouldContain("is not a field that is taken here");
        (await Post(Role.Nurse, $"/stays/{stay}/meal", new() { ["Maya Brook"] = "1" }))
            .ShouldBeProblem(400, "field-unknown")
            .Text.ShouldNotContain("Maya");
    }

    [Fact]
    public async Task Signing_in_takes_no_field_besides_its_own() =>
        (
            await Post(
                Role.Nurse,
                "/sign-in",
                new()
                {
                    ["account"] = "nurse",
                    ["password"] = "x",
                    ["colour"] = "red",
                }
            )
        ).ShouldBeProblem(400, "field-unknown", "colour");

    private async Task<int> Told()
    {
        using var machine = app.Machine();
        return MealText().Count((await machine.Get($"/api/stays/{stay}/timeline")).ShouldBeOk().Text);
    }

    // Somebody who may do all that the route needs.
    private Task<Said> Send(RouteEndpoint route, Dictionary<string, string> fields)
    {
        var needs = route.Metadata.GetOrderedMetadata<RequiresAttribute>();
        return Post(
            Enum.GetValues<Role>().First(role => needs.All(need => need.AnyOf.Any(may => may.Usual.Contains(role)))),
            Address(route),
            fields
        );
    }

    private async Task<Said> Post(Role role, string path, Dictionary<string, string> fields, string accept = "application/json")
    {
        var (browser, token) = await Browser(role);
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent([
                .. fields,
                new("request", Guid.NewGuid().ToString()),
                new("__RequestVerificationToken", token),
            ]),
        };
        request.Headers.Accept.ParseAdd(accept);
        return await (await browser.SendAsync(request)).Read();
    }

    private async Task<(HttpClient Browser, string Token)> Browser(Role role)
    {
        if (!signedIn.TryGetValue(role, out var known))
        {
            var browser = app.Anonymous();
            browser.DefaultRequestHeaders.Add("Cookie", await app.Cookie((await app.Account(role)).UserName));
            var page = await browser.GetAsync("/units");
            browser.DefaultRequestHeaders.Add(
                "Cookie",
                page.Headers.TryGetValues("Set-Cookie", out var set) ? set.Select(c => c.Split(';')[0]) : []
            );
            signedIn[role] = known = (browser, TokenText().Match(await page.Content.ReadAsStringAsync()).Groups["token"].Value);
        }

        return known;
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
                        "incident" => incident.ToString(),
                        "session" => session.ToString(),
                        "domain" => "mood",
                        _ => "01934c5e-0000-7000-8000-000000000001",
                    }
            );

    [GeneratedRegex(@"\{(?<name>\w+)[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameters();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TokenText();

    [GeneratedRegex("Ate slowly", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MealText();
}
