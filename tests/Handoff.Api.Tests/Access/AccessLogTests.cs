using System.Net;
using System.Net.Http.Json;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Handoff.Api.Tests.Access;

public sealed class AccessLogTests(AccessApp app) : IClassFixture<AccessApp>
{
    private static readonly Staff Reader = new("7", "Maria Ortiz", Role.Nurse, "RN");

    private AccessLog Log => app.Services.GetRequiredService<AccessLog>();

    [Fact]
    public async Task Who_may_not_audit_sees_no_report()
    {
        var path = $"/api/stays/{Guid.NewGuid()}/access";
        (await app.Browser().GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await AccessApp.Code(await (await app.SignedIn(Role.Nurse)).GetAsync(path))).ShouldBe("not-permitted");
    }

    [Fact]
    public async Task The_report_names_everybody_who_looked_at_the_stay_and_whoever_reads_it()
    {
        var (stay, other) = (Guid.NewGuid(), Guid.NewGuid());
        await Record("2w", stay, other);
        await Record("3e", other);
        var report = await (await app.SignedIn(Role.Auditor)).GetFromJsonAsync<AccessReport>($"/api/stays/{stay}/access");
        report!
            .Looks.Select(look => (look.What, look.Role, look.Unit))
            .ShouldBe([("access-report", "Auditor", null), ("board", "Nurse", "2w")]);
        report
            .Looks[1]
            .ShouldSatisfyAllConditions(
                look => look.UserName.ShouldBe(Reader.Name),
                look => look.Address.ShouldBe("10.1.2.3"),
                look => look.Device.ShouldBe("Tablet 4")
            );
        report.Looks[0].Address.ShouldBe("127.0.0.1");
    }

    [Fact]
    public async Task The_report_is_read_page_by_page()
    {
        var stay = Guid.NewGuid();
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Record("2w", stay)));
        var auditor = await app.SignedIn(Role.Auditor);
        var first = await auditor.GetFromJsonAsync<AccessReport>($"/api/stays/{stay}/access?most=4");
        var rest = await auditor.GetFromJsonAsync<AccessReport>($"/api/stays/{stay}/access?most=4&before={first!.More}");
        first.Looks.Count.ShouldBe(4);
        rest!.Looks.Count.ShouldBe(2);
        rest.More.ShouldBeNull();
    }

    [Fact]
    public async Task Another_facilitys_looks_are_not_shown()
    {
        var stay = Guid.NewGuid();
        await Record("2w", stay);
        (await Log.ForStay("south", stay, null, 10, default)).ShouldBeEmpty();
        (await Log.ForStay(AccessApp.Facility, stay, null, 10, default)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Signing_in_and_failing_to_is_noted()
    {
        var person = await app.Person(Role.Nurse);
        await AccessApp.SignIn(app.Browser(), person.UserName!, "wrong");
        await AccessApp.SignIn(app.Browser(), person.UserName!);
        (await app.Ask<string[]>($"select array_agg(what order by id) from access.access_log where user_id = '{person.Id}'")).ShouldBe([
            "sign-in-refused",
            "sign-in",
        ]);
    }

    [Fact]
    public async Task Looks_at_the_same_moment_share_a_transaction_and_none_is_lost()
    {
        var stay = Guid.NewGuid();
        await Task.WhenAll(Enumerable.Range(0, 400).Select(_ => Record("2w", stay)));
        (await app.Ask<long>($"select count(*) from access.access_log where stays = array['{stay}'::uuid]")).ShouldBe(400);
        (
            await app.Ask<long>($"select count(distinct xmin::text) from access.access_log where stays = array['{stay}'::uuid]")
        ).ShouldBeLessThan(200);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0xD800)]
    public async Task A_look_that_cannot_be_kept_fails_and_takes_no_other_with_it(int unwritable)
    {
        var stay = Guid.NewGuid();
        var looks = Enumerable.Range(0, 50).Select(one => Record(one == 25 ? $"2{(char)unwritable}w" : "2w", stay)).ToList();
        await Should.ThrowAsync<Exception>(() => Task.WhenAll(looks));
        looks[25].IsFaulted.ShouldBeTrue();
        looks.Count(look => look.IsCompletedSuccessfully).ShouldBe(49);
        (await app.Ask<long>($"select count(*) from access.access_log where stays = array['{stay}'::uuid]")).ShouldBe(49);
    }

    [Fact]
    public void A_device_with_a_long_name_is_kept_short_and_whole()
    {
        var context = new DefaultHttpContext();
        context.Request.Headers["X-Device"] = new string('x', 199) + "\U0001F4F1";
        Origin.FromRequest(context).Device.ShouldBe(new string('x', 199));
        context.Request.Headers["X-Device"] = " Tablet\r\n4 ";
        Origin.FromRequest(context).Device.ShouldBe("Tablet  4");
    }

    [Fact]
    public async Task Without_a_database_nobody_is_told_that_it_was_kept()
    {
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Timeout=2");
        await using var log = new AccessLog(nowhere, TimeProvider.System);
        await Should.ThrowAsync<NpgsqlException>(() =>
            log.Record(AccessApp.Facility, Reader, AccessPurpose.Board, "2w", [], new Origin(Guid.NewGuid(), null, null), default)
        );
    }

    [Fact]
    public async Task A_connection_that_died_is_made_anew()
    {
        await Record("2w");
        await app.Ask<long>(
            "select count(pg_terminate_backend(pid, 5000)) from pg_stat_activity where datname = current_database() and pid <> "
                + "pg_backend_pid()"
        );
        var stay = Guid.NewGuid();
        await Record("2w", stay);
        (await app.Ask<long>($"select count(*) from access.access_log where stays = array['{stay}'::uuid]")).ShouldBe(1);
    }

    [Theory]
    [InlineData("update access.access_log set user_name = 'nobody'")]
    [InlineData("delete from access.access_log")]
    [InlineData("truncate access.access_log")]
    [InlineData("alter table access.access_log disable trigger all")]
    [InlineData("delete from access.people")]
    [InlineData("delete from access.api_keys")]
    [InlineData("delete from access.keys")]
    public async Task The_application_itself_cannot_take_back_what_was_noted(string sql)
    {
        await using var database = Schema.Open(app.Database);
        await using var command = database.CreateCommand(sql);
        (await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync())).SqlState.ShouldBe(
            PostgresErrorCodes.InsufficientPrivilege
        );
    }

    [Fact]
    public async Task What_still_waits_when_the_service_stops_is_written()
    {
        var stay = Guid.NewGuid();
        await using var database = Schema.Open(app.Database);
        Task look;
        await using (var log = new AccessLog(database, app.Clock))
        {
            look = log.Record(
                AccessApp.Facility,
                Reader,
                AccessPurpose.Board,
                "2w",
                [stay],
                new Origin(Guid.NewGuid(), null, null),
                default
            );
        }

        await look;
        (await Log.ForStay(AccessApp.Facility, stay, null, 10, default)).ShouldHaveSingleItem();
    }

    private Task Record(string unit, params Guid[] stays) =>
        Log.Record(
            AccessApp.Facility,
            Reader,
            AccessPurpose.Board,
            unit,
            stays,
            new Origin(Guid.NewGuid(), IPAddress.Parse("10.1.2.3"), "Tablet 4"),
            default
        );
}
