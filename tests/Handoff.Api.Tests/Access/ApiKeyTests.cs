using System.Net;
using System.Net.Http.Json;
using Handoff.Api.Access;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Access;

public sealed class ApiKeyTests(AccessApp app) : IClassFixture<AccessApp>
{
    private ApiKeys Keys => app.Services.GetRequiredService<ApiKeys>();

    [Theory]
    [InlineData("made-up")]
    [InlineData("h")]
    [InlineData("")]
    public async Task A_made_up_key_opens_nothing(string key)
    {
        using var answer = await app.Machine(key).GetAsync("/api/units/2w/board");
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AccessApp.Code(answer)).ShouldBe("sign-in-required");
    }

    [Fact]
    public async Task A_page_asked_for_with_a_bad_key_is_a_problem_and_no_redirect() =>
        (await AccessApp.Code(await app.Machine("made-up").GetAsync("/units/2w/board"))).ShouldBe("sign-in-required");

    [Fact]
    public async Task A_bad_key_is_not_made_good_by_a_cookie()
    {
        var browser = await app.SignedIn(Role.Nurse);
        browser.DefaultRequestHeaders.Add("X-Api-Key", "made-up");
        (await browser.GetAsync("/api/units/2w/board")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_key_is_its_facility_and_its_machine()
    {
        var key = await Add("Simulator", Role.Integration);
        var seen = await app.Machine(key.Key).GetFromJsonAsync<AccessApp.Seen>("/api/units/2w/board");
        seen.ShouldBe(new AccessApp.Seen("2w", AccessApp.Facility, "Simulator", Role.Integration, Source.Interface));
    }

    [Fact]
    public async Task Any_key_that_configuration_names_will_do()
    {
        await Keys.Add(AccessApp.Facility, "Short", Role.Integration, "k1", default);
        (await app.Machine("k1").GetAsync("/api/units/2w/board")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await app.Machine("k2").GetAsync("/api/units/2w/board")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_displays_key_shows_the_wall_and_not_the_board()
    {
        var display = app.Machine((await Add("Hallway", Role.Display)).Key);
        (await display.GetAsync("/api/units/2w/wall")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AccessApp.Code(await display.GetAsync("/api/units/2w/board"))).ShouldBe("not-permitted");
    }

    [Fact]
    public async Task No_person_has_a_key() =>
        await Should.ThrowAsync<ArgumentOutOfRangeException>(() =>
            Keys.Add(AccessApp.Facility, "Somebody", Role.Nurse, ApiKeys.Fresh(), default)
        );

    [Fact]
    public async Task A_revoked_key_opens_nothing()
    {
        var (id, key) = await Add("Old feed", Role.Integration);
        var machine = app.Machine(key);
        (await machine.GetAsync("/api/units/2w/board")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await Keys.Revoke("elsewhere", id, default)).ShouldBeFalse();
        (await Keys.Revoke(AccessApp.Facility, id, default)).ShouldBeTrue();
        (await machine.GetAsync("/api/units/2w/board")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await Keys.ForFacility(AccessApp.Facility, default)).Single(one => one.Id == id).Revoked.ShouldNotBeNull();
    }

    [Fact]
    public async Task A_key_that_another_node_revoked_opens_nothing_after_ten_seconds()
    {
        var (id, key) = await Add("Old feed", Role.Integration);
        var machine = app.Machine(key);
        (await machine.GetAsync("/api/units/2w/board")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.Ask<Guid>($"update access.api_keys set revoked = now() where id = '{id}' returning id");
        app.Clock.Pass(TimeSpan.FromSeconds(10));
        (await machine.GetAsync("/api/units/2w/board")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_key_itself_is_nowhere_in_the_database()
    {
        var (id, key) = await Add("Feed", Role.Integration);
        var kept = await app.Ask<string>($"select k::text from access.api_keys k where id = '{id}'");
        kept.ShouldContain(key[..8]);
        kept.ShouldNotContain(key[..12]);
    }

    private async Task<(Guid Id, string Key)> Add(string name, Role role)
    {
        var key = ApiKeys.Fresh();
        return (await Keys.Add(AccessApp.Facility, name, role, key, default), key);
    }
}
