using System.Text.Json;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;

namespace Handoff.Api.Tests.Live;

/// <summary>Cards as they are pushed to pages: written once for all who look.</summary>
public sealed class PageHubTests(App app) : IClassFixture<App>
{
    [Theory]
    [InlineData("Board")]
    [InlineData("Rounds")]
    [InlineData("NamedWall")]
    public async Task A_display_is_shown_no_page_with_names(string view)
    {
        await using var hub = await app.Hub(await app.Token(Role.Display));
        (await hub.Call("WatchPage", "2-west", view, new Dictionary<Guid, long>())).Error.ShouldNotBeNull().ShouldEndWith("not-permitted");
    }

    [Fact]
    public async Task A_display_is_written_cards_without_names()
    {
        await using var hub = await app.Hub(await app.Token(Role.Display));
        var shown = await hub.WatchPage("2-west", "Wall");
        using var machine = app.Machine();
        var named = (await machine.Get("/api/units/2-west/board")).Json.Cards();
        named.ShouldNotBeEmpty();
        foreach (var card in named)
        {
            shown.GetRawText().ShouldNotContain(card.GetProperty("name").GetString()!.Split(',')[0] + ",");
        }
    }

    [Fact]
    public async Task A_unit_that_is_not_theirs_is_not_shown()
    {
        await using var hub = await app.Hub((await app.Hire(Role.Nurse, "3-east")).Token);
        (await hub.Call("WatchPage", "2-west", "Board", new Dictionary<Guid, long>()))
            .Error.ShouldNotBeNull()
            .ShouldEndWith("not-permitted");
    }

    [Fact]
    public async Task A_page_is_written_what_it_lacks_and_of_the_rest_only_that_it_is_there()
    {
        await using var hub = await app.Hub();
        var all = await hub.WatchPage("3-east", "Board");
        var cards = all.Cards();
        cards.ShouldAllBe(card => Html(card)!.Contains($"id=\"card-{card.Stay()}\""));
        var shown = cards.Skip(1).ToDictionary(card => card.Stay(), card => card.GetProperty("version").GetInt64());
        var again = (await hub.WatchPage("3-east", "Board", shown)).Cards();
        again.Select(card => card.Stay()).ShouldBe(cards.Select(card => card.Stay()));
        again.Where(card => Html(card) is not null).Select(card => card.Stay()).ShouldBe([cards[0].Stay()]);
    }

    [Fact]
    public async Task A_check_is_pushed_as_the_card_is_to_stand_on_each_kind_of_page()
    {
        await using var board = await app.Hub(await app.Token(Role.Technician));
        await using var reader = await app.Hub(await app.Token(Role.Auditor));
        await using var rounds = await app.Hub(await app.Token(Role.Technician));
        await using var news = await app.Hub(await app.Token(Role.Technician));
        var stay = (await board.WatchPage("2-west", "Board")).Cards()[0].Stay();
        await reader.WatchPage("2-west", "Board");
        await rounds.WatchPage("2-west", "Rounds");
        await news.WatchPage("2-west", "News");
        var check = await app.Record(new RecordCheck("Greenhouse", IsAsleep: false) { Key = stay.ToString() });

        bool Is(JsonElement card) => card.Stay() == stay && card.GetProperty("version").GetInt64() >= check.Position;
        Html(await board.Told("CardShown", Is))
            .ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                html => html.ShouldContain("Greenhouse"),
                html => html.ShouldContain("record check of"),
                html => html.ShouldContain($"id=\"card-{stay}\"")
            );
        Html(await reader.Told("CardShown", Is))
            .ShouldNotBeNull()
            .ShouldSatisfyAllConditions(html => html.ShouldContain("Greenhouse"), html => html.ShouldNotContain("record check of"));
        Html(await rounds.Told("CardShown", Is)).ShouldNotBeNull().ShouldContain($"id=\"round-{stay}\"");
        Html(await news.Told("CardShown", Is)).ShouldBeNull();
    }

    [Fact]
    public async Task Who_leaves_is_said_to_have_gone_and_nothing_is_written_of_them()
    {
        await using var hub = await app.Hub();
        var stay = Guid.CreateVersion7();
        await hub.WatchPage("3-east", "Board");
        await app.Record(new Admit("P-1", "Abara", "Chidi", "3-east", null, BedMayBeTaken: true) { Key = stay.ToString() });
        Html(await hub.Told("CardShown", card => card.Stay() == stay)).ShouldNotBeNull().ShouldContain("Abara");
        await app.Record(new Discharge { Key = stay.ToString() });
        var gone = await hub.Told("CardShown", card => card.Stay() == stay && card.GetProperty("isGone").GetBoolean());
        Html(gone).ShouldBeNull();
    }

    [Fact]
    public async Task A_page_that_turns_to_another_view_is_no_longer_pushed_the_former()
    {
        await using var hub = await app.Hub();
        var stay = (await hub.WatchPage("2-west", "Board")).Cards()[0].Stay();
        await hub.WatchPage("2-west", "News");
        await app.Record(new RecordCheck("Room", IsAsleep: false) { Key = stay.ToString() });
        Html(await hub.Told("CardShown", card => card.Stay() == stay)).ShouldBeNull();
    }

    private static string? Html(JsonElement card) =>
        card.TryGetProperty("html", out var html) && html.ValueKind == JsonValueKind.String ? html.GetString() : null;
}
