using System.Net.WebSockets;
using System.Text.Json;
using Handoff.Api.Access;
using Handoff.Api.Live;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Live;

/// <summary>Boards as they are pushed.</summary>
public sealed class BoardHubTests(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData(null, "hf_not-a-key")]
    [InlineData("not-a-token", null)]
    [InlineData(null, null)]
    public async Task Nobody_connects_without_signing_in(string? token, string? key) =>
        (await Should.ThrowAsync<WebSocketException>(() => HubClient.Connect(app.Address, token, key))).Message.ShouldContain("401");

    [Fact]
    public async Task A_unit_that_is_not_theirs_is_not_watched()
    {
        await using var hub = await app.Hub((await app.Hire(Role.Nurse, "3-east")).Token);
        (await hub.Call("Watch", "2-west")).Error.ShouldNotBeNull().ShouldEndWith("not-permitted");
        (await hub.Watch("3-east")).Cards().ShouldNotBeEmpty();
        await app.Record(new RecordCheck("Room", IsAsleep: false) { Key = await Somebody("2-west") });
        (await hub.Cards()).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("9-north")]
    [InlineData("")]
    [InlineData("\u0000")]
    [InlineData("2-WEST")]
    public async Task A_unit_that_is_not_there_is_not_watched(string unit)
    {
        await using var hub = await app.Hub();
        (await hub.Call("Watch", unit)).Error.ShouldNotBeNull().ShouldEndWith("unit-unknown");
        (await hub.Watch("2-west")).Cards().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Watching_answers_with_the_same_board_as_the_address()
    {
        using var machine = app.Machine();
        await using var hub = await app.Hub();
        var (pushed, read) = (await hub.Watch("3-east"), (await machine.Get("/api/units/3-east/board")).Json);
        Names(pushed).ShouldBe(Names(read));
        pushed.GetProperty("cards").GetRawText().ShouldBe(read.GetProperty("cards").GetRawText());
    }

    [Fact]
    public async Task A_check_is_pushed_as_a_newer_card_of_the_same_shape()
    {
        await using var hub = await app.Hub();
        var stay = await Somebody("2-west");
        var before = (await hub.Watch("2-west")).CardOf(Guid.Parse(stay))!.Value;
        await app.Record(new RecordCheck("Quiet room", IsAsleep: false, Remark: "Talked about home") { Key = stay });
        var after = await hub.Card(card =>
            card.Stay() == Guid.Parse(stay)
            && card.GetProperty("lastSeen").ValueKind == JsonValueKind.Object
            && card.GetProperty("lastSeen").GetProperty("place").GetString() == "Quiet room"
        );
        Names(after).ShouldBe(Names(before));
        after.GetProperty("version").GetInt64().ShouldBeGreaterThan(before.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task A_patient_who_moves_leaves_one_board_and_comes_onto_the_other()
    {
        await using var west = await app.Hub();
        await using var east = await app.Hub();
        await west.Watch("2-west");
        await east.Watch("3-east");
        var stay = await Somebody("2-west", 5);
        await app.Record(new Transfer("3-east", null) { Key = stay });
        var gone = await west.Card(card => card.Stay().ToString() == stay);
        (gone.GetProperty("isGone").GetBoolean(), gone.GetProperty("name").GetString(), gone.GetProperty("mrn").ValueKind).ShouldBe(
            (true, "", JsonValueKind.Null)
        );
        var come = await east.Card(card => card.Stay().ToString() == stay);
        (come.GetProperty("isGone").GetBoolean(), come.GetProperty("unit").GetString(), come.GetProperty("level").GetString()).ShouldBe(
            (false, "3-east", "Q15")
        );
        await app.Settle();
        await using var fresh = await app.Hub();
        var final = (await fresh.Watch("3-east")).CardOf(Guid.Parse(stay))!.Value;
        final.GetProperty("level").GetString().ShouldBe("Q15");
        while (Timeless(come) != Timeless(final))
        {
            come = await east.Card(card => card.Stay().ToString() == stay);
        }
    }

    [Fact]
    public async Task An_admission_comes_onto_the_board_and_gets_its_level()
    {
        await using var hub = await app.Hub();
        await hub.Watch("3-east");
        var stay = await Admitted("3-east");
        // One push or two: what is on one page of the log is pushed once.
        var levelled = await hub.Card(card => card.Stay() == stay && card.GetProperty("level").ValueKind == JsonValueKind.String);
        (levelled.GetProperty("name").GetString(), levelled.GetProperty("nextDue").ValueKind).ShouldBe(
            ("New, Patient", JsonValueKind.String)
        );
    }

    [Fact]
    public async Task A_leave_pauses_the_card_and_a_discharge_takes_it_away()
    {
        await using var hub = await app.Hub();
        await hub.Watch("2-west");
        var stay = await Admitted("2-west");
        await app.Settle();
        await app.Record(new StartLeave(LeaveKind.Pass, app.Clock.GetUtcNow().AddHours(2)) { Key = stay.ToString() });
        var away = await hub.Card(card =>
            card.Stay() == stay
            && card.GetProperty("away").ValueKind == JsonValueKind.Object
            && card.GetProperty("nextDue").ValueKind == JsonValueKind.Null
        );
        away.GetProperty("away").GetProperty("reason").GetString().ShouldBe("on a pass");
        await app.Record(new Discharge { Key = stay.ToString() });
        (await hub.Card(card => card.Stay() == stay && card.GetProperty("isGone").GetBoolean()))
            .GetProperty("version")
            .GetInt64()
            .ShouldBeGreaterThan(away.GetProperty("version").GetInt64());
    }

    [Fact]
    public async Task Who_shares_a_bed_is_pushed_as_sharing_it()
    {
        await using var hub = await app.Hub();
        var first = (await hub.Watch("2-west")).Cards().First(card => card.GetProperty("bed").ValueKind == JsonValueKind.String);
        var (bed, whose) = (first.GetProperty("bed").GetString(), first.Stay());
        var stay = Guid.CreateVersion7();
        await app.Record(new Admit("9", "Second", "Patient", "2-west", bed, BedMayBeTaken: true) { Key = stay.ToString() });
        (await hub.Card(card => card.Stay() == stay)).GetProperty("isBedShared").GetBoolean().ShouldBeTrue();
        await hub.Card(card => card.Stay() == whose && card.GetProperty("isBedShared").GetBoolean());
        await app.Record(new Discharge { Key = stay.ToString() });
        await hub.Card(card => card.Stay() == whose && !card.GetProperty("isBedShared").GetBoolean());
    }

    [Fact]
    public async Task Whoever_watches_when_a_patient_comes_is_in_the_access_log()
    {
        using var auditor = await app.As(Role.Auditor);
        await using var hub = await app.Hub(await app.Token(Role.Clinician));
        await hub.Watch("3-east");
        var stay = await Admitted("3-east");
        await hub.Card(card => card.Stay() == stay);
        (await auditor.Get($"/api/stays/{stay}/access"))
            .Json.GetProperty("looks")
            .EnumerateArray()
            .ShouldContain(look =>
                look.GetProperty("userName").GetString() == "Grace Lindqvist" && look.GetProperty("what").GetString() == "board"
            );
    }

    [Fact]
    public async Task A_display_is_pushed_initials_only()
    {
        await using var wall = await app.Hub(await app.Token(Role.Display));
        var board = await wall.Watch("2-west");
        board.GetProperty("isHallwaySafe").GetBoolean().ShouldBeTrue();
        board.Cards().ShouldAllBe(card => card.GetProperty("name").GetString()!.Length <= 4 && !HasNumber(card));
        await app.Record(new RecordCheck("Room", IsAsleep: false, Remark: "Talked about home") { Key = await Somebody("2-west") });
        var card = await wall.Card();
        card.GetProperty("name").GetString()!.Length.ShouldBe(4);
        (HasNumber(card), card.TryGetProperty("lastSeen", out _), card.GetRawText().Contains("home", StringComparison.Ordinal)).ShouldBe(
            (false, false, false)
        );
    }

    [Fact]
    public async Task Who_no_longer_watches_hears_nothing_more()
    {
        await using var hub = await app.Hub();
        await using var other = await app.Hub();
        await hub.Watch("2-west");
        await other.Watch("2-west");
        await hub.Call("Unwatch", "2-west");
        await app.Record(new RecordCheck("Room", IsAsleep: false) { Key = await Somebody("2-west") });
        await other.Card();
        (await hub.Cards()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_connection_that_missed_something_has_the_whole_truth_when_it_watches_again()
    {
        var stay = await Somebody("3-east", 2);
        await using (var lost = await app.Hub())
        {
            await lost.Watch("3-east");
        }

        await app.Record(new RecordCheck("Courtyard", IsAsleep: false) { Key = stay });
        await using var back = await app.Hub();
        (await back.Watch("3-east"))
            .CardOf(Guid.Parse(stay))!
            .Value.GetProperty("lastSeen")
            .GetProperty("place")
            .GetString()
            .ShouldBe("Courtyard");
    }

    [Fact]
    public async Task Watching_is_kept_in_the_access_log()
    {
        using var auditor = await app.As(Role.Auditor);
        await using var hub = await app.Hub(await app.Token(Role.Clinician));
        var stay = (await hub.Watch("3-east")).Cards()[0].Stay();
        (await auditor.Get($"/api/stays/{stay}/access"))
            .Json.GetProperty("looks")
            .EnumerateArray()
            .ShouldContain(look =>
                look.GetProperty("userName").GetString() == "Grace Lindqvist" && look.GetProperty("what").GetString() == "board"
            );
    }

    [Fact]
    public async Task Whose_account_has_ended_is_cut_off()
    {
        var (person, token) = await app.Hire(Role.Nurse, "2-west");
        await using var hub = await app.Hub(token);
        await hub.Watch("2-west");
        await app.Services.GetRequiredService<Watchers>().LookAgain(CancellationToken.None);
        await hub.Watch("2-west");
        await Change(person, (people, one) => people.End(one));
        await app.Services.GetRequiredService<Watchers>().LookAgain(CancellationToken.None);
        await hub.Ended();
    }

    [Fact]
    public async Task Whose_unit_is_another_now_is_cut_off()
    {
        var (person, token) = await app.Hire(Role.Nurse, "2-west");
        await using var hub = await app.Hub(token);
        await hub.Watch("2-west");
        await Change(person, (people, one) => people.Change(one, Role.Nurse, ["3-east"]));
        await app.Services.GetRequiredService<Watchers>().LookAgain(CancellationToken.None);
        await hub.Ended();
    }

    [Fact]
    public async Task Whose_role_shrinks_and_watches_again_hears_only_what_is_left()
    {
        var (person, token) = await app.Hire(Role.Nurse);
        await using var hub = await app.Hub(token);
        await hub.Watch("2-west");
        await Change(person, (people, one) => people.Change(one, Role.Display, null));
        (await hub.Watch("2-west")).GetProperty("isHallwaySafe").GetBoolean().ShouldBeTrue();
        await app.Record(new RecordCheck("Room", IsAsleep: false) { Key = await Somebody("2-west") });
        HasNumber(await hub.Card()).ShouldBeFalse();
        (await hub.Cards()).ShouldAllBe(card => !HasNumber(card));
    }

    [Fact]
    public async Task Whose_sign_in_has_run_out_is_cut_off_although_nothing_was_asked()
    {
        await using var brief = await App.Start(new() { Settings = new() { ["Access:IdleMinutes"] = "0.05" } });
        await using var hub = await HubClient.Connect(brief.Address, token: null, key: null, await brief.Cookie("nurse"));
        await hub.Watch("2-west");
        await hub.Ended();
    }

    [Fact]
    public async Task A_unit_that_is_no_longer_watched_cuts_nobody_off()
    {
        var (person, token) = await app.Hire(Role.Nurse);
        await using var hub = await app.Hub(token);
        await hub.Watch("2-west");
        await hub.Watch("3-east");
        await hub.Call("Unwatch", "2-west");
        await Change(person, (people, one) => people.Change(one, Role.Nurse, ["3-east"]));
        await app.Services.GetRequiredService<Watchers>().LookAgain(CancellationToken.None);
        (await hub.Watch("3-east")).Cards().ShouldNotBeEmpty();
    }

    [Fact]
    public async Task Between_the_board_and_the_first_push_nothing_is_lost()
    {
        await using var busy = await App.Start();
        using var machine = busy.Machine();
        var stays = (await machine.Get("/api/units/2-west/board"))
            .Json.Cards()
            .Where(card => card.GetProperty("away").ValueKind == JsonValueKind.Null)
            .Select(card => card.Stay())
            .ToList();
        using var enough = new CancellationTokenSource();
        var writing = Task.WhenAll(
            Enumerable.Range(0, 3).Select(writer => Write(busy, [.. stays.Where((_, i) => i % 3 == writer)], enough.Token))
        );
        var watching = await Task.WhenAll(
            Enumerable
                .Range(0, 30)
                .Select(async i =>
                {
                    await Task.Delay(i * 10);
                    var hub = await busy.Hub();
                    return (Hub: hub, Board: await hub.Watch("2-west"));
                })
        );
        await enough.CancelAsync();
        await writing;
        await busy.Settle();
        var head = (await machine.Get("/api/units/2-west/board")).Json;
        await Pushed(busy, (await busy.Record(new RecordCheck("The last of all", IsAsleep: false) { Key = stays[0].ToString() })).Position);
        var final = (await machine.Get("/api/units/2-west/board")).Json.Cards().ToDictionary(card => card.Stay(), Timeless);
        foreach (var (hub, board) in watching)
        {
            var cards = board.Cards().ToDictionary(card => card.Stay());
            await Apply(hub, cards);
            cards
                .Where(card => !card.Value.GetProperty("isGone").GetBoolean())
                .ToDictionary(card => card.Key, card => Timeless(card.Value))
                .ShouldBe(final, ignoreOrder: true);
            await hub.DisposeAsync();
        }

        head.GetProperty("position").GetInt64().ShouldBeGreaterThan(watching[0].Board.GetProperty("position").GetInt64());
    }

    // What a client does: a card replaces an older one.
    private static async Task Apply(HubClient hub, Dictionary<Guid, JsonElement> cards)
    {
        foreach (var card in await hub.Cards())
        {
            if (
                !cards.TryGetValue(card.Stay(), out var known)
                || known.GetProperty("version").GetInt64() <= card.GetProperty("version").GetInt64()
            )
            {
                cards[card.Stay()] = card;
            }
        }
    }

    // The follower has pushed everything up to its position.
    private static async Task Pushed(App app, long position)
    {
        var follower = app.Services.GetRequiredService<NodeFollower>();
        while (follower.Position(App.Facility) < position)
        {
            await Task.Delay(10);
        }
    }

    private static async Task Write(App busy, List<Guid> stays, CancellationToken enough)
    {
        for (var round = 0; !enough.IsCancellationRequested; round++)
        {
            await busy.Record(new RecordCheck($"Place {round}", IsAsleep: false) { Key = stays[round % (stays.Count - 1)].ToString() });
            await busy.Record(new Transfer(round % 2 == 0 ? "3-east" : "2-west", null) { Key = stays[^1].ToString() });
        }
    }

    // Whether a check is due by now is the reader's clock, not the card's; a card pushed for a neighbour's move has the move's version.
    private static string Timeless(JsonElement card) =>
        string.Join(
            '|',
            card.EnumerateObject()
                .Where(property => property.Name is not ("isDue" or "isOverdue" or "risk" or "version"))
                .Select(property => property.ToString())
        );

    private static bool HasNumber(JsonElement card) => card.TryGetProperty("mrn", out _);

    private static string[] Names(JsonElement of) => [.. of.EnumerateObject().Select(property => property.Name)];

    private async Task Change(Person person, Func<People, Person, Task> change)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var people = scope.ServiceProvider.GetRequiredService<People>();
        await change(people, (await people.Find(person.UserName!))!);
    }

    private async Task<Guid> Admitted(string unit)
    {
        var stay = Guid.CreateVersion7();
        await app.Record(new Admit($"{stay:N}", "New", "Patient", unit, null) { Key = stay.ToString() });
        return stay;
    }

    private async Task<string> Somebody(string unit, int index = 0)
    {
        using var machine = app.Machine();
        return (await machine.Get($"/api/units/{unit}/board"))
            .Json.Cards()
            .Where(card => card.GetProperty("away").ValueKind == JsonValueKind.Null && card.GetProperty("level").GetString() == "Q15")
            .OrderBy(card => card.Stay())
            .ElementAt(index)
            .Stay()
            .ToString();
    }
}
