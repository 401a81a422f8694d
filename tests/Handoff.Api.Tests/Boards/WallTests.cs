using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Handoff.Api.Access;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Observations;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Boards;

/// <summary>Patients read the hallway's display: nothing that a display can get says when a look is due.</summary>
public sealed class WallTests(App app) : IClassFixture<App>
{
    private const string Key = "hf_a-screen-in-a-hallway-0123456789";
    private static readonly string[] Json = ["/api/units/2-west/board", "/api/overview", "/api/units"];
    private static readonly string[] Pages =
    [
        "/units/2-west/wall",
        "/units/2-west/wall?names=1",
        "/units/2-west/wall/incidents",
        "/units",
        "/units/lines",
    ];

    [Fact]
    public async Task Nothing_that_a_displays_key_reads_says_when_a_look_is_due_or_by_when_it_must_have_been()
    {
        await app.Services.GetRequiredService<ApiKeys>().Add(App.Facility, "Wall", Role.Display, Key, CancellationToken.None);
        using var machine = app.Machine();
        using var display = app.Machine(Key);
        var before = (await machine.Get("/api/units/2-west/board")).ShouldBeOk().Json;
        var past = $"/api/units/2-west/board?at={app.Clock.GetUtcNow():yyyy-MM-ddTHH:mm:ssZ}";
        foreach (var path in (string[])[.. Json, past, .. Pages])
        {
            using var answer = await display.GetAsync(path);
            answer.IsSuccessStatusCode.ShouldBeTrue(path);
            HoldsNoWindow(await answer.Content.ReadAsStringAsync(), [before], path);
        }
    }

    [Fact]
    public async Task Nor_does_anything_that_is_pushed_to_it()
    {
        await using var late = await App.Start();
        using var machine = late.Machine();
        await using var wall = await late.Hub(await late.Token(Role.Display));
        var watched = await wall.Watch("2-west");
        var stay = watched.Cards().First(card => !card.GetProperty("isAway").GetBoolean()).Stay();
        await late.Record(new RecordCheck("Room", IsAsleep: false) { Key = stay.ToString() });
        var pushed = await wall.Card(card => card.Stay() == stay);
        var after = (await machine.Get("/api/units/2-west/board")).Json;
        HoldsNoWindow(watched.GetRawText(), [after], "watched");
        HoldsNoWindow(pushed.GetRawText(), [after], "pushed");

        await using var page = await late.Hub(await late.Token(Role.Display));
        var shown = await page.WatchPage("2-west", "Wall");
        await late.Record(new RecordCheck("Day room", IsAsleep: false) { Key = stay.ToString() });
        var written = await page.Told("CardShown", card => card.Stay() == stay);
        after = (await machine.Get("/api/units/2-west/board")).Json;
        HoldsNoWindow(shown.GetRawText(), [after], "shown");
        HoldsNoWindow(written.GetRawText(), [after], "written");
    }

    [Fact]
    public async Task Overdue_is_a_mark_without_minutes_and_comes_to_the_wall_by_itself()
    {
        await using var late = await App.Start();
        await late.Services.GetRequiredService<ApiKeys>().Add(App.Facility, "Wall", Role.Display, Key, CancellationToken.None);
        using var display = late.Machine(Key);
        await using var wall = await late.Hub(key: Key);
        await wall.Watch("2-west");
        late.Clock.Advance(TimeSpan.FromMinutes(40));
        await late.Settle();
        (await wall.Card(card => card.GetProperty("isOverdue").GetBoolean()))
            .GetProperty("risk")
            .GetInt32()
            .ShouldBeGreaterThanOrEqualTo(3);
        var page = await display.GetStringAsync("/units/2-west/wall");
        page.ShouldContain("data-severity=\"overdue\">overdue<");
        Regex.IsMatch(page, @"overdue\s+\d|\d+ min", RegexOptions.None, TimeSpan.FromSeconds(1)).ShouldBeFalse();
    }

    [Fact]
    public async Task In_a_room_of_the_staffs_own_who_may_see_names_sees_what_is_due()
    {
        using var nurse = await app.As(Role.Nurse);
        (await nurse.GetStringAsync("/units/2-west/wall?names=1")).ShouldContain("data-due-limit");
        (await nurse.GetStringAsync("/units/2-west/wall")).ShouldNotContain("data-due-limit");
    }

    private static void HoldsNoWindow(string shown, IEnumerable<JsonElement> boards, string where)
    {
        Regex
            .Matches(
                shown,
                @"nextDue|[lL]imit|data-due|isDue|(?<![-\w])due\b(?!"">(No connection|Signed out))|lastSeen|data-ago|next \d|\d+ min\b",
                RegexOptions.ExplicitCapture,
                TimeSpan.FromSeconds(1)
            )
            .Select(found => found.Value)
            .ShouldBeEmpty(where);
        foreach (
            var at in boards
                .SelectMany(board => board.Cards())
                .SelectMany(card => new[] { card.GetProperty("nextDue"), card.GetProperty("limit") })
                .Where(at => at.ValueKind is JsonValueKind.String)
        )
        {
            foreach (var written in new[] { at.GetDateTimeOffset(), at.GetDateTimeOffset().ToUniversalTime() })
            {
                shown.ShouldNotContain(written.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture), customMessage: where);
                shown.ShouldNotContain($">{written:HH:mm}<", customMessage: where);
            }
        }
    }
}
