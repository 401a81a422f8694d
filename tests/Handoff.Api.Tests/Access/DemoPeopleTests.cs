using System.Net;
using Handoff.Api.Access;
using Handoff.Domain.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Access;

public sealed class DemoPeopleTests
{
    [Fact]
    public async Task Every_role_has_an_account_that_signs_in_and_machines_have_a_key()
    {
        var app = await AccessApp.Start();
        var demo = await Create(app, "demo-key");
        demo.Accounts.Select(one => one.Role).ShouldBe(Enum.GetValues<Role>().Except([Role.Integration]));
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
        (await app.Ask<long>("select count(*) from access.people")).ShouldBe(8);
        (await app.Browser().GetStringAsync("/sign-in")).ShouldContain(DemoPeople.Password);
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

    private static async Task<DemoAccess> Create(AccessApp app, string? key)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DemoPeople>().Create(AccessApp.Facility, key, default);
    }
}
