using System.Text.Json;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;

namespace Handoff.Api.Tests.Boards;

/// <summary>Boards as they stood, with only what had been recorded by then.</summary>
public sealed class AsOfTests(App app) : IClassFixture<App>, IAsyncLifetime
{
    private readonly string stay = Guid.CreateVersion7().ToString();
    private HttpClient machine = null!;

    public async Task InitializeAsync()
    {
        machine = app.Machine();
        await app.Record(new Admit(stay, "Early", "Bird", "2-west", null) { Key = stay });
        await app.Settle();
    }

    public Task DisposeAsync()
    {
        machine.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Before_the_unit_was_open_there_is_none() =>
        (await machine.Get("/api/units/2-west/board?at=2020-02-29T12:00:00-06:00")).ShouldBeProblem(404, "unit-unknown", "unit");

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("2026-11-21")]
    [InlineData("2026-11-21T14:32:08")]
    [InlineData("2026-02-30T14:32:08Z")]
    [InlineData("1700000000")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("0001-01-01T00:00:00%2B14:00")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    [InlineData("2026-11-21T14:32:08Z&at=2026-11-21T14:32:09Z")]
    public async Task An_instant_that_cannot_be_read_is_refused(string at) =>
        (await machine.Get($"/api/units/2-west/board?at={at}")).ShouldBeProblem(400, "time-invalid", "at");

    [Fact]
    public async Task What_has_not_come_yet_cannot_be_shown() =>
        (await machine.Get($"/api/units/2-west/board?at={At(app.Clock.GetUtcNow().AddMinutes(10))}")).ShouldBeProblem(
            400,
            "time-in-future",
            "at"
        );

    [Fact]
    public async Task Between_two_checks_the_first_is_shown()
    {
        await Seen("Room");
        var between = Later();
        await Seen("Hallway");
        (await Place(between)).ShouldBe("Room");
        (await Place(Later())).ShouldBe("Hallway");
    }

    [Fact]
    public async Task What_was_recorded_later_is_not_shown_however_early_it_happened()
    {
        await Seen("Room");
        var happened = app.Clock.GetUtcNow();
        var before = Later();
        await app.Record(new RecordCheck("Day room", IsAsleep: false, At: happened) { Key = stay });
        (await Place(before)).ShouldBe("Room");
        (await Place(Later())).ShouldBe("Day room");
    }

    [Fact]
    public async Task A_patient_who_moved_is_shown_where_they_were()
    {
        var onWest = Later();
        await app.Record(new Transfer("3-east", null) { Key = stay });
        var onEast = Later();
        await app.Record(new CancelTransfer { Key = stay });
        (await On("2-west", onWest), await On("3-east", onWest)).ShouldBe((true, false));
        (await On("2-west", onEast), await On("3-east", onEast)).ShouldBe((false, true));
        (await On("2-west", Later()), await On("3-east", Later())).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_patient_who_was_discharged_is_shown_as_long_as_they_were_there()
    {
        var before = Later();
        await app.Record(new Discharge { Key = stay });
        (await On("2-west", before), await On("2-west", Later())).ShouldBe((true, false));
    }

    [Fact]
    public async Task A_discharge_entered_late_leaves_the_patient_on_the_board_until_it_was_entered()
    {
        var left = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromDays(40));
        var believed = Later();
        await app.Record(new Discharge(left) { Key = stay });
        (await On("2-west", believed), await On("2-west", Later())).ShouldBe((true, false));
    }

    [Fact]
    public async Task Overdue_is_as_it_was_then()
    {
        await Seen("Room");
        var fresh = Later();
        app.Clock.Advance(TimeSpan.FromMinutes(20));
        (await Card("2-west", fresh))!.Value.GetProperty("isOverdue").GetBoolean().ShouldBeFalse();
        (await Card("2-west", Later()))!.Value.GetProperty("isOverdue").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task The_present_as_it_stands_is_the_board_itself()
    {
        await app.Settle();
        var (now, then) = (
            (await machine.Get("/api/units/3-east/board")).Json,
            (await machine.Get($"/api/units/3-east/board?at={At(app.Clock.GetUtcNow())}")).Json
        );
        then.GetProperty("cards").GetRawText().ShouldBe(now.GetProperty("cards").GetRawText());
    }

    /// <summary>The present, a moment before whatever is recorded next.</summary>
    private DateTimeOffset Later()
    {
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        var instant = app.Clock.GetUtcNow();
        app.Clock.Advance(TimeSpan.FromSeconds(2));
        return instant;
    }

    private async Task Seen(string place) => await app.Record(new RecordCheck(place, IsAsleep: false) { Key = stay });

    private async Task<string?> Place(DateTimeOffset at) =>
        (await Card("2-west", at))!.Value.GetProperty("lastSeen").GetProperty("place").GetString();

    private async Task<bool> On(string unit, DateTimeOffset at) => await Card(unit, at) is not null;

    private async Task<JsonElement?> Card(string unit, DateTimeOffset at) =>
        (await machine.Get($"/api/units/{unit}/board?at={At(at)}")).ShouldBeOk().Json.CardOf(Guid.Parse(stay));

    private static string At(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffffK").Replace("+", "%2B", StringComparison.Ordinal);
}
