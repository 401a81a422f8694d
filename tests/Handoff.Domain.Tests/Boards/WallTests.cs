using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Handoff.Domain.Boards;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Times;
using static Handoff.Domain.Tests.Ward;

namespace Handoff.Domain.Tests.Boards;

/// <summary>What hangs in a hallway is read by patients: no round can be foreseen from it.</summary>
public class WallTests
{
    [Fact]
    public void A_card_in_a_hallway_has_no_time_in_it()
    {
        Type[] times = [typeof(DateTimeOffset), typeof(DateTime), typeof(TimeSpan), typeof(TimeOnly), typeof(DueWindow), typeof(double)];
        Reached(typeof(WallCard)).Select(p => p.Type).Intersect(times).ShouldBeEmpty();
        Reached(typeof(WallCard)).Where(p => p.Type == typeof(int)).Select(p => p.Name).ShouldBe([nameof(WallCard.Risk)]);
    }

    [Fact]
    public void What_a_display_gets_has_times_of_the_unit_only()
    {
        Instants(typeof(Wall))
            .ShouldBe(["Wall.AsOf", "BoardUnit.ShiftStarts", "BoardUnit.ShiftEnds", "BoardIncident.Since"], ignoreOrder: true);
        Instants(typeof(WallOverview)).ShouldBe(["WallOverview.AsOf"]);
        string[] telling = ["due", "limit", "window", "next", "missed", "seen", "minutes", "oldest", "until"];
        Reached(typeof(Wall))
            .Concat(Reached(typeof(WallOverview)))
            .Select(p => p.Name)
            .Where(name => telling.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .ShouldBe(
                [nameof(Wall.Overdue), nameof(WallCard.IsOverdue), nameof(WallCard.IsBreathingUnseen), nameof(WallOverviewLine.Overdue)],
                ignoreOrder: true
            );
    }

    [Fact]
    public void Its_JSON_holds_no_due_moment_and_no_limit_at_any_minute()
    {
        var ward = Usual();
        var stays = Enumerable.Range(1, 3).Select(number => Arrives(ward, number)).ToList();
        ward.Send(new RecordCheck("Room", false) { Key = stays[0] }, At("08:03:17"));
        for (var now = At("08:04"); now < At("08:40"); now = now.AddMinutes(1))
        {
            ward.Settle(now);
            var board = Board(ward, now);
            var shown =
                JsonSerializer.Serialize(Wall.FromBoard(board), EventTypeRegistry.Json)
                + JsonSerializer.Serialize(
                    WallOverview.FromOverview(new("West", now, [OverviewLine.FromBoard(board)])),
                    EventTypeRegistry.Json
                );
            foreach (
                var at in board
                    .Cards.SelectMany(card => new[] { card.NextDue, card.Limit, card.LastSeen?.At })
                    .OfType<DateTimeOffset>()
                    .Where(at => at != now)
            )
            {
                foreach (var written in new[] { at, at.ToUniversalTime() })
                {
                    shown.ShouldNotContain(written.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture));
                }

                shown.ShouldNotContain(at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            }
        }

        Wall.FromBoard(Board(ward, At("08:40"))).Overdue.ShouldBe(3);
    }

    [Fact]
    public void Nothing_of_a_hallway_changes_when_a_look_becomes_due_until_it_is_overdue()
    {
        var ward = Usual();
        var (due, other) = (Arrives(ward, 2), Arrives(ward, 1));
        ward.Send(new RecordCheck("Room", false) { Key = other }, At("08:01"));
        ward.Send(new RecordCheck("Room", false) { Key = due }, At("08:00:30"));
        var seen = Enumerable.Range(2, 13).Select(minute => Board(ward, At("08:00").AddMinutes(minute))).ToList();
        seen.Select(board => board.Due).Distinct().Count().ShouldBeGreaterThan(1, "on the staff's own board somebody becomes due");
        seen.Select(board => JsonSerializer.Serialize(Wall.FromBoard(board).Cards, EventTypeRegistry.Json))
            .Distinct()
            .ShouldHaveSingleItem();
        Wall.FromBoard(Board(ward, At("08:15:30"))).Cards.Select(card => card.IsOverdue).ShouldBe([true, false]);
    }

    [Fact]
    public void When_somebody_is_expected_back_is_not_said_only_that_they_are_late()
    {
        var ward = Usual();
        var stay = Arrives(ward, 1);
        ward.Send(new StartLeave(LeaveKind.Court, At("12:00"), "hearing") { Key = stay }, At("09:00"));
        ward.Settle(At("09:00"));
        Wall.FromBoard(Board(ward, At("11:00")))
            .Cards.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(c => (c.IsAway, c.IsLate, c.Risk).ShouldBe((true, false, 0)));
        JsonSerializer.Serialize(Wall.FromBoard(Board(ward, At("11:00"))), EventTypeRegistry.Json).ShouldNotContain("12:00");
        Wall.FromBoard(Board(ward, At("12:00")))
            .Cards.ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(c => (c.IsAway, c.IsLate, c.Risk).ShouldBe((true, true, 2)));
    }

    private static List<string> Instants(Type type) =>
        [.. Reached(type).Where(p => p.Type == typeof(DateTimeOffset)).Select(p => $"{p.Of.Name}.{p.Name}").Distinct()];

    /// <summary>Every member that is written when one of the type is, however deep.</summary>
    private static List<(Type Of, string Name, Type Type)> Reached(Type type, HashSet<Type>? known = null)
    {
        known ??= [];
        return !known.Add(type)
            ? []
            :
            [
                .. from property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
                let one = Nullable.GetUnderlyingType(property.PropertyType)
                    ?? (property.PropertyType.IsGenericType ? property.PropertyType.GetGenericArguments()[^1] : property.PropertyType)
                from reached in new[] { (type, property.Name, one) }.Concat(
                    one.Namespace!.StartsWith("Handoff", StringComparison.Ordinal) && !one.IsEnum ? Reached(one, known) : []
                )
                select reached,
            ];
    }

    private static string Arrives(Ward ward, int number)
    {
        var stay = NamedId.From("stay", number.ToString(CultureInfo.InvariantCulture)).ToString();
        ward.Send(
            new Admit("MRN-" + number, "P" + number, "x", West, number.ToString(CultureInfo.InvariantCulture)) { Key = stay },
            At("08:00")
        );
        ward.Settle(At("08:00"));
        return stay;
    }

    private static Board Board(Ward ward, DateTimeOffset at) =>
        Domain.Boards.Board.ForUnit(
            ward.Of<Unit>(West),
            at.ToUniversalTime(),
            1,
            ward.Of<Census>(West)
                .Stays.Select(s => BoardCard.ForStay(s, ward.Of<Rounding>(s.Id.ToString()), NewYork, at.ToUniversalTime(), 1))
        );
}
