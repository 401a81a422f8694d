using System.Security.Cryptography;
using System.Text;
using Handoff.Api.Access;
using Handoff.Api.Boards;
using Handoff.Browser.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Feeds;
using Handoff.Domain.Groups;
using Handoff.Domain.Incidents;
using Handoff.Domain.Notes;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Tasks;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace Handoff.Browser.Tests;

/// <summary>
/// Walks every page that the application has, found by its routes, so that a new page is looked at without anybody remembering to.
/// </summary>
public sealed class EveryPageTests(AppFixture app, Chrome chrome) : IClassFixture<AppFixture>, IClassFixture<Chrome>
{
    private const string Unit = "2-west";

    private static readonly string[] Apart = ["/api", "/openapi", "/docs", "/assets", "/health", "/hubs", "/sign-out"];

    [Fact]
    public async Task Axe_finds_nothing_wrong_on_any_page_and_none_scrolls_sideways()
    {
        var values = await Records();
        var accounts = new List<IPage>();
        foreach (var account in new[] { "charge", "prescriber", "manager" })
        {
            accounts.Add(await app.SignIn(await chrome.Browser.Screen(app, width: 390, height: 844), account, "/units"));
        }

        var (looked, wrong) = (0, new List<string>());
        foreach (var path in Pages().Select(route => Address(route, values)).Distinct())
        {
            if (await Open(accounts, path) is not { } page)
            {
                wrong.Add($"{path}: nobody can open it");
                continue;
            }

            looked++;
            wrong.AddRange((await page.Violations()).Select(what => $"{path}: {what}"));
            wrong.AddRange((await page.Sideways(390)).Select(what => $"{path}: {what}"));
            await page.Widen();
            wrong.AddRange((await page.Sideways(320)).Select(what => $"{path}, in a wider font: {what}"));
            await page.SetViewportSizeAsync(390, 844);
        }

        wrong.ShouldBeEmpty();
        looked.ShouldBeGreaterThan(60);
    }

    private IEnumerable<RoutePattern> Pages() =>
        app
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(s => s.Endpoints)
            .OfType<RouteEndpoint>()
            .Where(e =>
                e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true
                && e.Metadata.GetMetadata<AskedByPagesAttribute>() is null
            )
            .Select(e => new RoutePattern("/" + e.RoutePattern.RawText!.Trim('/')))
            .Where(p =>
                !Apart.Any(apart => p.Text.StartsWith(apart, StringComparison.Ordinal))
                && !p.Text.EndsWith("/part", StringComparison.Ordinal)
                && p.Text != $"/units/{{unit}}/rounds/{{stay:guid}}"
            );

    private static string Address(RoutePattern route, Dictionary<string, string> values)
    {
        var path = new StringBuilder(route.Text);
        foreach (var (name, value) in values)
        {
            path.Replace($"{{{name}:guid}}", value).Replace($"{{{name}}}", value);
        }

        return path + (route.Text.EndsWith("/pin", StringComparison.Ordinal) ? $"?entry={values["entry"]}" : "");
    }

    private static async Task<IPage?> Open(List<IPage> accounts, string path)
    {
        foreach (var page in accounts)
        {
            if (await page.GotoAsync(new Uri(new Uri(page.Url), path).ToString()) is { Ok: true })
            {
                return page;
            }
        }

        return null;
    }

    // One of everything that a page can be about.
    private async Task<Dictionary<string, string>> Records()
    {
        var boards = app.Services.GetRequiredService<BoardReader>();
        var stay = (await boards.ForUnit(AppFixture.Facility, Unit, CancellationToken.None))!.Cards[0].Stay;
        Guid incident = Guid.CreateVersion7(),
            task = Guid.CreateVersion7(),
            note = Guid.CreateVersion7(),
            concern = Guid.CreateVersion7(),
            session = Guid.CreateVersion7();
        Guid source = Guid.CreateVersion7(),
            key = Guid.CreateVersion7();
        using (var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256))
        {
            await app.Record(
                new EnrolEvidenceSource("NFC tags", EvidenceGrade.Nfc, Convert.ToBase64String(pair.ExportSubjectPublicKeyInfo()))
                {
                    Key = $"{source}",
                }
            );
        }

        await app
            .Services.GetRequiredService<ApiKeys>()
            .MakeForFeed(AppFixture.Facility, key, Feed.KeyOf("EHR", "H"), "EHR/H", "Somebody", CancellationToken.None);
        var meal = await app.Record(new RecordMeal(Meal.Lunch, 25) { Key = $"{stay}" });
        var precaution = await app.Record(new StartPrecaution(PrecautionKind.Fall, "Dizzy on standing") { Key = $"{stay}" });
        var opened = await app.Record(new OpenIncident(IncidentKind.Aggression, Unit, [stay], "Day room") { Key = $"{incident}" });
        await app.Record(
            new RaiseTask("Call the sister", new(Role.Nurse), DateTimeOffset.UtcNow.AddHours(2), stay, Unit) { Key = $"{task}" }
        );
        await app.Record(new SignNote(stay, NoteKind.Progress, "Talked for half an hour.") { Key = $"{note}" });
        await app.Record(new EscalateConcern(stay, Urgency.Urgent, "Pale and sweating") { Key = $"{concern}" });
        await app.Record(
            new ScheduleGroup(Unit, GroupType.Educational, "Coping skills", "G. Lindqvist", DateTimeOffset.UtcNow.AddMinutes(20), 45)
            {
                Key = $"{session}",
            }
        );
        return new()
        {
            ["unit"] = Unit,
            ["stay"] = $"{stay}",
            ["domain"] = "mood",
            ["entry"] = $"{meal.Events![0]}",
            ["precaution"] = $"{precaution.Events![0]}",
            ["incident"] = $"{incident}",
            ["step"] = $"{opened.Events![0]}",
            ["task"] = $"{task}",
            ["note"] = $"{note}",
            ["escalation"] = $"{concern}",
            ["session"] = $"{session}",
            ["id"] = await Held(),
            ["feed"] = $"{Feed.KeyOf("EHR", "H")}",
            ["source"] = $"{source}",
            ["key"] = $"{key}",
        };
    }

    // A message that can't be applied.
    private async Task<string> Held()
    {
        using var machine = new HttpClient { BaseAddress = new(app.Address) };
        machine.DefaultRequestHeaders.Add("X-Api-Key", AppFixture.Key);
        using var message = new StringContent(
            "MSH|^~\\&|EHR|H|HO|H|20261121||ADT^A03|every-page|P|2.5\rPID|1||nobody||Doe^Jo\rPV1|1|I|2-west^^",
            Encoding.UTF8,
            "application/hl7-v2"
        );
        await machine.PostAsync("/api/adt", message);
        using var held = System.Text.Json.JsonDocument.Parse(await machine.GetStringAsync("/api/adt/quarantine"));
        var list =
            held.RootElement.ValueKind == System.Text.Json.JsonValueKind.Array
                ? held.RootElement
                : held.RootElement.EnumerateObject().First(p => p.Value.ValueKind == System.Text.Json.JsonValueKind.Array).Value;
        return list[0].GetProperty("id").GetString()!;
    }

    /// <param name="Text">As the route is declared, such as <c>/stays/{stay:guid}/notes</c>.</param>
    private sealed record RoutePattern(string Text);
}
