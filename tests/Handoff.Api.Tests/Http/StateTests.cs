using System.Text.Json;
using Handoff.Api.Access;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Http;

/// <summary>What can be written can be read again, with the version that a write takes.</summary>
public sealed class StateTests(App app) : IClassFixture<App>
{
    private static readonly object Seen = new { place = "Room", isAsleep = false };

    [Fact]
    public async Task A_display_reads_no_state()
    {
        using var display = await app.As(Role.Display);
        var stay = await Stay();
        foreach (var noun in new[] { "stay", "rounding", "patient-status", "care", "note" })
        {
            (await display.Get($"/api/{noun}/{stay}")).ShouldBeProblem(403, "not-permitted");
        }

        (await display.Get("/api/units/2-west/census")).ShouldBeProblem(403, "not-permitted");
        (await display.Get("/api/staff")).ShouldBeProblem(403, "not-permitted");
    }

    [Fact]
    public async Task Whoever_works_on_another_unit_reads_nothing_of_this_one()
    {
        using var elsewhere = app.Bearer((await app.Hire(Role.Nurse, "3-east")).Token);
        var stay = await Stay();
        foreach (var path in new[] { $"stay/{stay}", $"rounding/{stay}", $"patient-status/{stay}", $"care/{stay}", "unit/2-west" })
        {
            (await elsewhere.Get("/api/" + path)).ShouldBeProblem(403, "unit-not-yours");
        }

        (await elsewhere.Get("/api/units/2-west/census")).ShouldBeProblem(403, "not-permitted");
    }

    [Fact]
    public async Task Whatever_a_client_can_write_it_can_read()
    {
        var contract = await ServedContract.Of(app);
        var reads = contract.Operations.Where(one => one.Method == "get").Select(one => one.Path).ToHashSet();
        contract
            .Commands.Select(one => one.Path[..one.Path.LastIndexOf('/')])
            .Distinct()
            .Where(path => !reads.Contains(path))
            .ShouldBeEmpty();
        foreach (var path in new[] { "/api/units/{unit}/census", "/api/staff", "/api/staff/{person}", "/api/units", "/api/events" })
        {
            reads.ShouldContain(path);
        }
    }

    [Theory]
    [InlineData("facility/main", "name")]
    [InlineData("unit/2-west", "beds")]
    [InlineData("stay/{stay}", "patient")]
    [InlineData("rounding/{stay}", "level")]
    [InlineData("patient-status/{stay}", "precautions")]
    [InlineData("care/{stay}", "holder")]
    public async Task A_state_is_answered_whole_with_its_version(string path, string field)
    {
        using var machine = app.Machine();
        var said = (await machine.Get("/api/" + path.Replace("{stay}", (await Stay()).ToString(), StringComparison.Ordinal))).ShouldBeOk();
        said.Json.TryGetProperty(field, out _).ShouldBeTrue(said.Text);
        said.Response.Headers.ETag!.Tag.ShouldMatch("^\"[1-9][0-9]*\"$");
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_by_the_name_of_its_kind()
    {
        using var machine = app.Machine();
        (await machine.Get($"/api/care-task/{Guid.NewGuid()}")).ShouldBeProblem(404, "care-task-unknown", "id");
        (await machine.Get("/api/units/9-north/census")).ShouldBeProblem(404, "unit-unknown", "unit");
        (await machine.Get("/api/staff/nobody")).ShouldBeProblem(404, "person-unknown", "person");
    }

    [Fact]
    public async Task The_tag_of_a_read_is_what_a_write_takes_and_an_old_one_is_refused()
    {
        using var machine = app.Machine();
        var path = $"/api/rounding/{await Stay()}";
        var tag = (await machine.Get(path)).ShouldBeOk().Response.Headers.ETag!.Tag;
        (await machine.Post(path + "/record-check", Seen, ("If-Match", tag))).ShouldBeOk();
        (await machine.Post(path + "/record-check", Seen, ("If-Match", tag))).ShouldBeProblem(409, "moved-meanwhile");
        (await machine.Get(path)).Response.Headers.ETag!.Tag.ShouldNotBe(tag);
    }

    [Fact]
    public async Task Who_has_the_newest_already_is_told_so_and_has_read_all_the_same()
    {
        using var machine = app.Machine();
        var (stay, before) = (await Stay(), 0);
        var tag = (await machine.Get($"/api/stay/{stay}")).Response.Headers.ETag!.Tag;
        before = await Looks(stay);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/stay/{stay}");
        request.Headers.TryAddWithoutValidation("If-None-Match", tag);
        var said = await (await machine.SendAsync(request)).Read();
        (said.Status, said.Text).ShouldBe((304, ""));
        (await Looks(stay)).ShouldBe(before + 1);
    }

    [Fact]
    public async Task Every_read_of_a_patient_is_in_the_access_log()
    {
        using var machine = app.Machine();
        var stay = await Stay();
        foreach (var path in new[] { $"stay/{stay}", $"rounding/{stay}", $"patient-status/{stay}", $"care/{stay}", "units/2-west/census" })
        {
            var before = await Looks(stay);
            (await machine.Get("/api/" + path)).ShouldBeOk();
            (await Looks(stay)).ShouldBe(before + 1, path);
        }
    }

    [Fact]
    public async Task A_census_tells_who_is_on_the_board()
    {
        using var machine = app.Machine();
        var board = (await machine.Get("/api/units/2-west/board")).Json.Cards().Select(card => card.Stay());
        var census = (await machine.Get("/api/units/2-west/census")).ShouldBeOk().Json.GetProperty("stays").EnumerateArray();
        census.Select(stay => stay.GetProperty("id").GetGuid()).ShouldBe(board, ignoreOrder: true);
    }

    [Fact]
    public async Task Staff_are_told_with_the_ids_that_commands_take()
    {
        using var nurse = await app.As(Role.Nurse);
        var me = (await nurse.Get("/api/me")).ShouldBeOk().Json.GetProperty("staff");
        var all = (await nurse.Get("/api/staff")).ShouldBeOk().Json.EnumerateArray().Select(one => one.GetProperty("who")).ToList();
        all.Single(one => one.GetProperty("id").GetString() == me.GetProperty("id").GetString()).GetRawText().ShouldBe(me.GetRawText());
        (await nurse.Get($"/api/staff/{me.GetProperty("id").GetString()}")).ShouldBeOk();
    }

    private async Task<int> Looks(Guid stay) =>
        (await app.Services.GetRequiredService<AccessLog>().ForStay(App.Facility, stay, null, 1000, default)).Count;

    private async Task<Guid> Stay()
    {
        using var machine = app.Machine();
        return (await machine.Get("/api/units/2-west/board"))
            .Json.Cards()
            .First(card => card.GetProperty("away").ValueKind == JsonValueKind.Null)
            .Stay();
    }
}
