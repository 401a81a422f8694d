using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Handoff.Api.Access;
using Handoff.Domain.Access;
using Handoff.Simulator.Demo;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Access;

public sealed class DemoPeopleTests
{
    [Fact]
    public async Task Every_role_has_an_account_that_signs_in_and_machines_have_a_key()
    {
        var app = await AccessApp.Start();
        var demo = await Create(app, "demo-key");
        demo.Accounts.Where(one => !one.IsRelief)
            .Select(one => one.Role)
            .ShouldBe(Enum.GetValues<Role>().Except([Role.Integration, Role.Feed]));
        foreach (var account in demo.Accounts)
        {
            using var answer = await AccessApp.SignIn(app.Browser(), account.UserName, account.Password);
            answer.StatusCode.ShouldBe(HttpStatusCode.Found);
        }

        demo.ApiKey.ShouldBe("demo-key");
        (await app.Machine("demo-key").GetAsync("/api/units/2w/board")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await app.Stop();
    }

    [Fact]
    public async Task They_are_made_once_and_offered_on_the_sign_in_page()
    {
        var app = await AccessApp.Start();
        (await app.Browser().GetStringAsync("/sign-in")).ShouldNotContain("Demo accounts");
        var (first, second) = (await Create(app, null), await Create(app, null));
        second.Accounts.ShouldBe(first.Accounts);
        second.ApiKey.ShouldNotBe(first.ApiKey);
        (await app.Ask<long>("select count(*) from access.people")).ShouldBe(14);
        var page = await app.Browser().GetStringAsync("/sign-in");
        page.ShouldContain(DemoCast.Password);
        page.IndexOf("Hallway display", StringComparison.Ordinal).ShouldBeLessThan(page.IndexOf("ruiz", StringComparison.Ordinal));
        await app.Stop();
    }

    [Fact]
    public async Task They_are_not_made_where_real_people_work()
    {
        var app = await AccessApp.Start();
        await app.Person(Role.Nurse);
        await Should.ThrowAsync<InvalidOperationException>(() => Create(app, null));
        (await app.Ask<long>("select count(*) from access.people where is_demo")).ShouldBe(0);
        await app.Stop();
    }

    [Fact]
    public async Task Each_crew_has_somebody_in_charge_and_a_token_says_whose_it_is()
    {
        var app = await AccessApp.Start();
        var demo = await Create(app, "demo-key");
        DemoCast.Crews.Count.ShouldBe(3);
        DemoCast.Crews.ShouldAllBe(crew => crew.Select(DemoCast.Named).Count(who => who.Role == Role.ChargeNurse) == 1);
        DemoCast.Crews.SelectMany(crew => crew).ShouldBeSubsetOf(demo.Accounts.Select(account => account.UserName));

        using var browser = app.Browser();
        var token = (
            await (
                await browser.PostAsJsonAsync("/api/sign-in", new { account = "wisniewska", password = DemoCast.Password })
            ).Content.ReadFromJsonAsync<JsonElement>()
        )
            .GetProperty("accessToken")
            .GetString();
        browser.DefaultRequestHeaders.Authorization = new("Bearer", token);
        var me = (await browser.GetFromJsonAsync<JsonElement>("/api/me")).GetProperty("staff");
        (me.GetProperty("id").GetString(), me.GetProperty("name").GetString()).ShouldBe(
            (DemoCast.Named("wisniewska").Id, "Dorota Wiśniewska")
        );
        await app.Stop();
    }

    private static async Task<DemoAccess> Create(AccessApp app, string? key)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DemoPeople>().Create(AccessApp.Facility, key, default);
    }
}
