using Handoff.Domain.Handoffs;

namespace Handoff.Domain.Tests.Handoffs;

public sealed class HuddlingTests
{
    private static readonly DateTimeOffset Change = new(2026, 11, 18, 15, 0, 0, TimeSpan.FromHours(-6));
    private static readonly ShiftLine Day = new("day", "Day", Change.AddHours(-8), Change, IsOn: true, []),
        Evening = new("evening", "Evening", Change, Change.AddHours(8), IsOn: false, []);

    [Theory]
    [InlineData(-31, "day")]
    [InlineData(-29, "evening")]
    public void In_the_half_hour_before_a_change_the_huddle_is_the_coming_shifts(int minutes, string shift) =>
        Of(minutes, Day, Evening).ShouldBe(shift);

    [Fact]
    public void A_huddle_that_is_under_way_stays_where_it_began()
    {
        var begun = Day with { Huddle = Begun(-40, turned: -32) };
        Of(-25, begun, Evening).ShouldBe("day");
        Of(27, begun, Evening with { IsOn = true }).ShouldBe("day");
    }

    [Fact]
    public void One_that_was_left_or_ended_holds_up_no_other()
    {
        Of(-25, Day with { Huddle = Begun(-120, turned: -90) }, Evening).ShouldBe("evening");
        Of(-25, Day with { Huddle = Begun(-40, turned: -32) with { Ended = Change.AddMinutes(-30) } }, Evening).ShouldBe("evening");
    }

    private static Huddle Begun(int began, int turned) =>
        new(Change.AddMinutes(began), Guid.NewGuid(), Change.AddMinutes(turned), [], null);

    private static string? Of(int minutes, params ShiftLine[] shifts) =>
        new UnitHandoff("2-west", "2 West", default, Change.AddMinutes(minutes), 1, null, shifts, []).Huddling()?.Key;
}
