using Handoff.Domain.Units;

namespace Handoff.Domain.Tests.Units;

public class FeedPlaceTests
{
    private static readonly Unit West = new()
    {
        Id = "2-west",
        Name = "Cedar",
        Beds = ["204A", "204B", "205-1", "205-2", "206", "Q1"],
    };

    [Theory]
    [InlineData("204", "A", "204A")]
    [InlineData("204", "a", "204A")]
    [InlineData("", "204A", "204A")]
    [InlineData("204", "204B", "204B")]
    [InlineData(null, "204-b", "204B")]
    [InlineData("205", "1", "205-1")]
    [InlineData("205", "02", "205-2")]
    [InlineData("206", "1", "206")]
    [InlineData("206", "A", "206")]
    [InlineData("206", null, "206")]
    [InlineData("quiet", "q1", "Q1")]
    [InlineData(" 204 ", "\tA", "204A")]
    public void A_feeds_room_and_bed_are_one_of_the_units_beds(string? room, string? bed, string label) =>
        West.BedOf(room, bed).ShouldBe(label);

    [Theory]
    [InlineData("206", "B", "206B")]
    [InlineData("204", "3", "204-3")]
    [InlineData("HALL", "7", "HALL-7")]
    [InlineData("", "Sofa", "Sofa")]
    [InlineData("204", "", "204")]
    [InlineData("204", "204C", "204C")]
    [InlineData("12345678901234567890", "123", "12345678901234567890")]
    [InlineData("", "1234567890123456789🛏", "1234567890123456789")]
    public void A_bed_that_the_unit_does_not_have_is_kept_as_it_was_sent(string room, string bed, string label) =>
        West.BedOf(room, bed).ShouldBe(label);

    [Theory]
    [InlineData(null, null)]
    [InlineData("", " ")]
    [InlineData("\u202e", "\u0001")]
    public void No_bed_is_no_bed(string? room, string? bed) => West.BedOf(room, bed).ShouldBeNull();

    [Fact]
    public void A_bed_of_signs_alone_is_none_of_the_units() => West.BedOf("-", "*").ShouldBe("--*");

    [Theory]
    [InlineData("2-west", true)]
    [InlineData("2-WEST", true)]
    [InlineData(" 2 West ", true)]
    [InlineData("2_west", true)]
    [InlineData("CEDAR", true)]
    [InlineData("2W", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_unit_is_called_by_its_id_or_its_name(string? pointOfCare, bool isCalled) => West.IsCalled(pointOfCare).ShouldBe(isCalled);

    [Fact]
    public void A_unit_that_is_not_open_is_called_by_nothing() => new Unit().IsCalled("").ShouldBeFalse();
}
