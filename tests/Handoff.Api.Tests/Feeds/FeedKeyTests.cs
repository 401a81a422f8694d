using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Feeds;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Feeds;

/// <summary>A manager makes, sees and revokes the keys with which a feed sends. A key is shown once, and stands nowhere else.</summary>
public sealed partial class FeedKeyTests(App app) : IClassFixture<App>, IAsyncLifetime
{
    private static readonly Guid Epic = Feed.KeyOf("EPIC", "CEDAR");

    private static string Page => $"/adt/feeds/{Epic}/keys";

    public async Task InitializeAsync() => await app.Record(new KnowFeed("EPIC", "CEDAR") { Key = Epic.ToString() });

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Neither_a_technician_nor_a_feeds_key_itself_makes_sees_or_revokes_one()
    {
        var own = ApiKeys.Fresh();
        var id = await app.Services.GetRequiredService<ApiKeys>().Add(App.Facility, "Hospital feed", Role.Feed, own, default);
        using var feed = app.Machine(own);
        using var tech = await app.As(Role.Technician);
        using var charge = await app.As(Role.ChargeNurse);
        using var machine = app.Machine();
        foreach (var client in (HttpClient[])[feed, tech, charge, machine])
        {
            (await client.Get("/api/adt/keys")).ShouldBeProblem(403, "not-permitted");
            (await client.Post($"/api/adt/feeds/{Epic}/keys", new { name = "Mine" })).ShouldBeProblem(403, "not-permitted");
            (await client.Post($"/api/adt/keys/{id}/revoke", new { reason = "Mine" })).ShouldBeProblem(403, "not-permitted");
        }

        (await app.Press("tech", "/units/2-west/rounds", Page, ("name", "Mine"))).Status.ShouldBe(403);
        (await app.Press("tech", "/units/2-west/rounds", $"/adt/feeds/keys/{id}/revoke", ("reason", "Mine"))).Status.ShouldBe(403);
        (await Sends(own)).ShouldBe(200);
    }

    [Fact]
    public async Task A_key_made_in_the_browser_is_shown_once_sends_and_is_revoked()
    {
        var request = Guid.CreateVersion7().ToString();
        var made = await app.Press("manager", Page, Page, ("name", "EPIC/CEDAR"), ("request", request));
        made.Status.ShouldBe(200);
        var key = Key().Match(made.Text).Value;
        var most = key[..12];
        made.Response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        var again = await app.Press("manager", Page, Page, ("name", "EPIC/CEDAR"), ("request", request));
        again.Text.ShouldContain("not shown again");
        again.Text.ShouldNotContain(key);

        (await Sends(key)).ShouldBe(200);
        using var manager = await app.As(Role.Manager);
        var listed = (await Listed(manager)).Single(one => one.GetProperty("beginning").GetString() == key[..8]);
        listed.GetProperty("name").GetString().ShouldBe("EPIC/CEDAR");
        listed.GetProperty("feed").GetGuid().ShouldBe(Epic);
        listed.GetProperty("madeBy").GetString().ShouldNotBeNullOrEmpty();
        listed.GetProperty("lastUsedAt").GetDateTimeOffset().ShouldBeGreaterThanOrEqualTo(listed.GetProperty("madeAt").GetDateTimeOffset());
        (await manager.GetStringAsync("/adt/feeds")).ShouldContain("EPIC/CEDAR");

        var page = $"/adt/feeds/keys/{listed.GetProperty("id").GetGuid()}";
        (await app.Press("manager", page, $"{page}/revoke", ("reason", ""))).ErrorAt("reason").ShouldBe("Say why the key is revoked.");
        (await Sends(key)).ShouldBe(200);
        (await app.Press("manager", page, $"{page}/revoke", ("reason", "Replaced")))
            .LeadsTo()
            .ShouldBe($"{Page}?revoked={listed.GetProperty("id").GetGuid()}");
        (await app.Press("manager", page, $"{page}/revoke", ("reason", "Replaced"))).Status.ShouldBe(303);
        (await Sends(key)).ShouldBe(401);
        (await manager.GetStringAsync($"{Page}?revoked={listed.GetProperty("id").GetGuid()}")).ShouldContain(
            "is revoked: whoever has it is turned away"
        );

        var told = await app
            .Services.GetRequiredService<LogReader>()
            .Stream(App.Facility, "facility-main", default)
            .Select(logged => logged.Recorded)
            .ToListAsync();
        told.Where(fact => fact.Event is FeedKeyMade { Name: "EPIC/CEDAR" } or FeedKeyRevoked { Reason: "Replaced" })
            .Select(fact => fact.By.Role)
            .ShouldBe([Role.Manager, Role.Manager]);
        told.ShouldAllBe(fact =>
            !JsonSerializer
                .Serialize(fact.Event, fact.Event.GetType(), (JsonSerializerOptions?)null)
                .Contains(most, StringComparison.Ordinal)
        );
        app.Logged.ShouldAllBe(line => !line.Contains(most, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_as_json_with_every_fault_named()
    {
        using var manager = await app.As(Role.Manager);
        (await manager.Post($"/api/adt/feeds/{Guid.NewGuid()}/keys", new { name = "X" })).ShouldBeProblem(404, "feed-unknown", "feed");
        (await manager.Post($"/api/adt/feeds/{Epic}/keys", new { })).ShouldBeProblem(400, "name-missing", "name");
        (await manager.Post($"/api/adt/feeds/{Epic}/keys", new { name = "X", role = "Manager" })).ShouldBeProblem(
            400,
            "field-unknown",
            "role"
        );
        (await manager.Post($"/api/adt/feeds/{Epic}/keys", new { name = new string('x', 101) })).ShouldBeProblem(
            400,
            "text-too-long",
            "name"
        );

        var made = (await manager.Post($"/api/adt/feeds/{Epic}/keys", new { name = "By JSON" }, ("Idempotency-Key", "one"))).ShouldBeOk();
        (await manager.Post($"/api/adt/feeds/{Epic}/keys", new { name = "By JSON" }, ("Idempotency-Key", "one")))
            .ShouldBeOk()["key"]
            .ShouldBeNull();
        (await manager.Post($"/api/adt/feeds/{Epic}/keys", new { name = "by json" })).ShouldBeProblem(400, "key-name-taken", "name");
        (await app.Press("manager", Page, Page, ("name", "By JSON"))).ErrorAt("name").ShouldNotBeNull().ShouldContain("stands already");
        (await Sends(made["key"]!)).ShouldBe(200);

        (await manager.Post($"/api/adt/keys/{made["id"]}/revoke", new { reason = " " })).ShouldBeProblem(400, "reason-missing", "reason");
        (await manager.Post($"/api/adt/keys/{Guid.NewGuid()}/revoke", new { reason = "Lost" })).ShouldBeProblem(404, "key-unknown", "key");
        (await manager.Post($"/api/adt/keys/{made["id"]}/revoke", new { reason = "Lost" }))
            .ShouldBeOk()["revokedBy"]
            .ShouldNotBeNullOrEmpty();
        (await manager.Post($"/api/adt/keys/{made["id"]}/revoke", new { reason = "Lost" })).ShouldBeOk();
        (await Sends(made["key"]!)).ShouldBe(401);
        (await manager.Post($"/api/adt/feeds/{Epic}/keys", new { name = "By JSON" })).ShouldBeOk();
    }

    [Fact]
    public async Task A_key_of_another_role_or_facility_is_none_of_a_feeds()
    {
        var keys = app.Services.GetRequiredService<ApiKeys>();
        using var manager = await app.As(Role.Manager);
        foreach (
            var id in (Guid[])
                [
                    await keys.Add("elsewhere", "Feed", Role.Feed, ApiKeys.Fresh(), default),
                    await keys.Add(App.Facility, "Wall", Role.Display, ApiKeys.Fresh(), default),
                ]
        )
        {
            (await Listed(manager)).ShouldNotContain(one => one.GetProperty("id").GetGuid() == id);
            (await manager.Post($"/api/adt/keys/{id}/revoke", new { reason = "Lost" })).ShouldBeProblem(404, "key-unknown", "key");
            (await manager.GetAsync($"/adt/feeds/keys/{id}")).StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
        }
    }

    private static async Task<List<JsonElement>> Listed(HttpClient manager) =>
        [.. (await manager.Get("/api/adt/keys")).ShouldBeOk().Json.EnumerateArray()];

    private async Task<int> Sends(string key)
    {
        using var machine = app.Machine(key);
        using var message = new StringContent(
            "MSH|^~\\&|EPIC|CEDAR|HO|H|20261121||ADT^A05|"
                + Guid.NewGuid().ToString("N")[..12]
                + "|P|2.5\rEVN|A05|20261121\rPID|1||T1||Test^Ana\rPV1|1|I|2-west",
            Encoding.UTF8
        );
        message.Headers.ContentType = MediaTypeHeaderValue.Parse("application/hl7-v2");
        return (int)(await machine.PostAsync("/api/adt", message)).StatusCode;
    }

    [GeneratedRegex("hf_[A-Za-z0-9_-]{43}", RegexOptions.None, 1000)]
    private static partial Regex Key();
}
