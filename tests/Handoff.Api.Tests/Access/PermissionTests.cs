using System.Net;
using System.Net.Http.Json;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Tests.Access;

public sealed class PermissionTests(AccessApp app) : IClassFixture<AccessApp>
{
    private const string Board = "/api/units/2w/board";

    [Fact]
    public async Task Whoever_lacks_the_permission_is_told_so()
    {
        var display = await app.SignedIn(Role.Display);
        using var answer = await display.GetAsync(Board);
        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await AccessApp.Code(answer)).ShouldBe("not-permitted");
        (await display.GetAsync("/units/2w/board")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Whoever_has_it_comes_in_under_their_own_name()
    {
        var nurse = await app.SignedIn(Role.Nurse);
        var seen = await nurse.GetFromJsonAsync<AccessApp.Seen>(Board);
        (seen!.Facility, seen.Role, seen.Source).ShouldBe((AccessApp.Facility, Role.Nurse, Source.Ui));
    }

    [Fact]
    public async Task One_of_several_permissions_is_enough_and_two_said_apart_are_both_needed()
    {
        (await (await app.SignedIn(Role.Display)).GetAsync("/api/units/2w/wall")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await app.SignedIn(Role.Nurse)).GetAsync("/api/both")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await (await app.SignedIn(Role.Prescriber)).GetAsync("/api/both")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_works_on_some_units_sees_no_other()
    {
        var nurse = await app.SignedIn(Role.Nurse, "3e");
        (await nurse.GetAsync("/api/units/3e/board")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await AccessApp.Code(await nurse.GetAsync(Board))).ShouldBe("not-permitted");
    }

    [Fact]
    public async Task The_facilitys_own_scope_of_practice_counts_from_the_next_request()
    {
        var nurse = await app.SignedIn(Role.Nurse);
        app.Scope = app.Scope with { Scope = new Dictionary<Permission, IReadOnlyList<Role>> { [Permission.ReadBoard] = [Role.Manager] } };
        (await nurse.GetAsync(Board)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        app.Scope = new();
        (await nurse.GetAsync(Board)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_actor_may_what_the_facility_lets_the_role_do()
    {
        var may = await (await app.SignedIn(Role.Prescriber)).GetFromJsonAsync<Permission[]>("/api/actor");
        may.ShouldBe(app.Scope.PermissionsOf(Role.Prescriber), ignoreOrder: true);
    }

    [Fact]
    public async Task A_changed_role_has_its_effect_where_somebody_is_signed_in()
    {
        var (browser, person) = await SignedIn();
        await app.Do(async people => await people.Change((await people.Find(person))!, Role.Display, null));
        (await browser.GetAsync(Board)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_ended_account_is_out_at_once()
    {
        var (browser, person) = await SignedIn();
        await app.Do(async people => await people.End((await people.Find(person))!));
        (await browser.GetAsync(Board)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AccessApp.SignIn(app.Browser(), person)).StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Theory]
    [InlineData("ended = now()")]
    [InlineData("security_stamp = 'new'")]
    public async Task An_account_that_another_node_ended_is_out_after_ten_seconds(string change)
    {
        var (browser, person) = await SignedIn();
        (await browser.GetAsync(Board)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.Ask<Guid>($"update access.people set {change} where user_name = '{person}' returning id");
        app.Clock.Pass(TimeSpan.FromSeconds(10));
        (await browser.GetAsync(Board)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("cross-site", "POST", "/api/checks", HttpStatusCode.Forbidden)]
    [InlineData("same-site", "POST", "/api/checks", HttpStatusCode.Forbidden)]
    [InlineData("same-site", "GET", "/hubs/board", HttpStatusCode.Forbidden)]
    [InlineData("same-origin", "POST", "/api/checks", HttpStatusCode.OK)]
    [InlineData("cross-site", "GET", "/units/2w/board", HttpStatusCode.OK)]
    public async Task Another_sites_page_may_link_here_and_no_more(string from, string method, string path, HttpStatusCode expected)
    {
        var browser = await app.SignedIn(Role.Nurse);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("Sec-Fetch-Site", from);
        (await browser.SendAsync(request)).StatusCode.ShouldBe(expected);
    }

    private async Task<(HttpClient Browser, string Account)> SignedIn()
    {
        var (browser, person) = (app.Browser(), await app.Person(Role.Nurse));
        await AccessApp.SignIn(browser, person.UserName!);
        return (browser, person.UserName!);
    }
}
