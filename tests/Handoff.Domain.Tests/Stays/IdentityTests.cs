using Handoff.Domain.Stays;

namespace Handoff.Domain.Tests.Stays;

/// <summary>Whether a message's patient is a stay's: by number, authority and type together.</summary>
public class IdentityTests
{
    private static readonly Stay North = Of(new PatientIdentifier("421", "NORTH", "MR"));

    private static readonly Stay ByHand = new() { Patient = new("421", "Chen", "Luis", Born: new(1984, 2, 29)) };

    [Theory]
    [InlineData("421", "NORTH", "MR", true)]
    [InlineData("421", "north", "MRN", true)]
    [InlineData("421", "NORTH", null, true)]
    [InlineData("421", "SOUTH", "MR", false)]
    [InlineData("421", "NORTH", "PI", false)]
    [InlineData("422", "NORTH", "MR", false)]
    [InlineData("0421", "NORTH", "MR", false)]
    public void Number_authority_and_type_must_agree(string id, string? authority, string? type, bool agrees) =>
        new Identity([new(id, authority, type)]).IsOf(North).ShouldBe(agrees);

    [Fact]
    public void Any_of_several_numbers_may_agree_and_the_name_does_not_matter_then() =>
        new Identity([new("9", "SOUTH", "MR"), new("421", "NORTH", "MR")], "Roe", "Ann", new(1999, 1, 1)).IsOf(North).ShouldBeTrue();

    [Fact]
    public void Nobody_is_found_without_a_number() => new Identity([], "Chen", "Luis", new(1984, 2, 29)).IsOf(ByHand).ShouldBeFalse();

    [Theory]
    [InlineData("Chen", "1984-02-29", true)]
    [InlineData("Roe", "1984-02-29", true)]
    [InlineData("Chen", "1999-01-01", false)]
    [InlineData("CHEN", null, true)]
    [InlineData("Roe", null, false)]
    [InlineData(null, null, false)]
    public void Where_one_authority_is_not_known_birth_date_or_family_name_must_agree_as_well(string? family, string? born, bool agrees) =>
        new Identity([new("421", "NORTH", "MR")], family, "Luis", born is null ? null : DateOnly.Parse(born)).IsOf(ByHand).ShouldBe(agrees);

    [Theory]
    [InlineData("NORTH", true)]
    [InlineData("SOUTH", false)]
    public void A_home_authority_is_meant_where_none_is_said(string home, bool agrees) =>
        new Identity([new("421", "NORTH", "MR")], "Roe", Home: home).IsOf(ByHand).ShouldBe(agrees);

    [Fact]
    public void Too_many_or_unusable_numbers_are_not_kept() =>
        PatientIdentifier
            .Kept([new(" "), new(new('1', 51)), .. Enumerable.Range(0, 30).Select(i => new PatientIdentifier($" {i} "))])
            .Count.ShouldBe(PatientIdentifier.Most);

    private static Stay Of(PatientIdentifier known) => new() { Patient = new(known.Id, "Chen", "Luis"), Identifiers = [known] };
}
