using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Scenario;

namespace Handoff.Domain.Tests.Units;

public class UnitTests
{
    private static readonly LocalLevel Q15 = new(ObservationLevel.Q15, "Q15", 15);

    [Theory]
    [InlineData("2-west")]
    [InlineData("a")]
    [InlineData("0123456789012345678901234567890123456789")]
    public void A_unit_opens_under_its_short_id(string id) =>
        Given<Unit>()
            .When(new OpenUnit(" 2 West ", "America/Phoenix") { Key = id }, "08:00")
            .Then(new UnitOpened(Times.At("08:00").ToUniversalTime(), "2 West", "America/Phoenix"));

    [Theory]
    [InlineData("2 West")]
    [InlineData("2-West")]
    [InlineData("2/west")]
    [InlineData("é")]
    [InlineData("01234567890123456789012345678901234567890")]
    public void A_unit_id_is_small_letters_digits_and_hyphens(string id) =>
        Given<Unit>().When(new OpenUnit("2 West", "UTC") { Key = id }, "08:00").Then("unit-id-invalid");

    [Theory]
    [InlineData(null, "UTC", "name-missing")]
    [InlineData(" ", "UTC", "name-missing")]
    [InlineData("2 West", null, "zone-unknown")]
    [InlineData("2 West", "", "zone-unknown")]
    [InlineData("2 West", "Mars/Base", "zone-unknown")]
    [InlineData("2 West", "../../etc/passwd", "zone-unknown")]
    public void A_unit_needs_a_name_and_a_known_zone(string? name, string? zone, string code) =>
        Given<Unit>().When(new OpenUnit(name, zone), "08:00").Then(code);

    [Fact]
    public void A_units_name_has_an_end() => Given<Unit>().When(new OpenUnit(new('x', 201), "UTC"), "08:00").Then("text-too-long");

    [Fact]
    public void Setting_a_unit_up_twice_changes_nothing()
    {
        ICommand[] setup =
        [
            new OpenUnit("2 West", "America/Chicago"),
            new SetBeds(["1", "2 A"]),
            new SetShifts([.. ShiftPattern.Mixed]),
            new SetLevels([new(ObservationLevel.Q15, "Fifteens", 12), new(ObservationLevel.Q60, "Routine", 60)], ObservationLevel.Q15),
            new SetPlaces(["Room", "Day room", "Porch"]),
        ];
        foreach (var command in setup.Cast<Command<Unit>>())
        {
            Given<Unit>().When(command, "08:00").Given.When(command, "08:01").ThenNothing();
        }
    }

    [Fact]
    public void Only_an_open_unit_is_set_up()
    {
        foreach (
            var command in new Command<Unit>[]
            {
                new SetBeds(["1"]),
                new SetShifts([.. ShiftPattern.EightHours]),
                new SetLevels([Q15], ObservationLevel.Q15),
                new SetPlaces(["a", "b", "c"]),
            }
        )
        {
            Given<Unit>().When(command with { Key = "3-north" }, "08:00").Then("unit-unknown");
        }
    }

    [Fact]
    public void Beds_are_named_once_each_and_trimmed() =>
        Given<Unit>()
            .When(new SetBeds([" 201 A", "201 A ", "", "201 B", null!]), "08:00")
            .Then<BedsSet>()
            .Beds.ShouldBe(["201 A", "201 B"]);

    [Fact]
    public void Beds_are_few_and_have_short_names()
    {
        Given<Unit>().When(new SetBeds([]), "08:00").Then("beds-missing");
        Given<Unit>().When(new SetBeds(null), "08:00").Then("beds-missing");
        Given<Unit>().When(new SetBeds([new('x', 21)]), "08:00").Then("bed-name-too-long");
        Given<Unit>().When(new SetBeds([.. Enumerable.Range(0, 201).Select(i => i.ToString())]), "08:00").Then("beds-too-many");
    }

    [Fact]
    public void Places_are_at_least_the_three_that_are_one_tap_away()
    {
        Given<Unit>().When(new SetPlaces(["Room", "Hall"]), "08:00").Then("places-too-few");
        Given<Unit>().When(new SetPlaces([.. Enumerable.Range(0, 41).Select(i => i.ToString())]), "08:00").Then("places-too-many");
        Given<Unit>().When(new SetPlaces(["a", "b", new('x', 41)]), "08:00").Then("place-name-too-long");
        Given<Unit>().When(new SetPlaces(["a", "b", "c"]), "08:00").Then<PlacesSet>().Places.ShouldBe(["a", "b", "c"]);
    }

    [Theory]
    [InlineData(ObservationLevel.Q60, 60)]
    [InlineData(ObservationLevel.Q30, 30)]
    [InlineData(ObservationLevel.Q15, 15)]
    [InlineData(ObservationLevel.Q5, 5)]
    [InlineData(ObservationLevel.LineOfSight, 15)]
    [InlineData(ObservationLevel.OneToOne, 15)]
    [InlineData(ObservationLevel.TwoToOne, 15)]
    public void A_units_limit_is_never_longer_than_the_cores(ObservationLevel level, int minutes)
    {
        Given<Unit>().When(new SetLevels([new(level, "x", minutes)], level), "08:00").State.Local(level).LimitMinutes.ShouldBe(minutes);
        Given<Unit>().When(new SetLevels([new(level, "x", 1)], level), "08:00").State.Local(level).LimitMinutes.ShouldBe(1);
        Given<Unit>().When(new SetLevels([new(level, "x", minutes + 1)], level), "08:00").Then("limit-out-of-range");
        Given<Unit>().When(new SetLevels([new(level, "x", 0)], level), "08:00").Then("limit-out-of-range");
    }

    [Fact]
    public void Levels_are_named_each_once_and_one_of_them_is_for_admissions()
    {
        Given<Unit>().When(new SetLevels([], ObservationLevel.Q15), "08:00").Then("levels-missing");
        Given<Unit>().When(new SetLevels([Q15, Q15], ObservationLevel.Q15), "08:00").Then("level-twice");
        Given<Unit>().When(new SetLevels([Q15 with { Name = " " }], ObservationLevel.Q15), "08:00").Then("level-name-invalid");
        Given<Unit>().When(new SetLevels([Q15], ObservationLevel.Q30), "08:00").Then("admission-level-unknown");
        Given<Unit>().When(new SetLevels([Q15], null), "08:00").Then("admission-level-unknown");
    }

    [Fact]
    public void A_level_that_the_unit_does_not_name_goes_by_its_usual_name() =>
        Given<Unit>()
            .When(new SetLevels([Q15], ObservationLevel.Q15), "08:00")
            .State.Local(ObservationLevel.OneToOne)
            .ShouldBe(new(ObservationLevel.OneToOne, "1:1", 15));

    [Fact]
    public void Shifts_are_named_each_once_and_cover_the_day()
    {
        Given<Unit>().When(new SetShifts([]), "08:00").Then("shifts-missing");
        Given<Unit>().When(new SetShifts([new("", new(7, 0), new(7, 0))]), "08:00").Then("shift-name-invalid");
        Given<Unit>()
            .When(new SetShifts([new("Day", new(7, 0), new(19, 0)), new("Day", new(19, 0), new(7, 0))]), "08:00")
            .Then("shift-name-twice");
        Given<Unit>()
            .When(new SetShifts([new("Day", new(7, 0), new(19, 0)), new("Night", new(19, 1), new(7, 0))]), "08:00")
            .Then("shifts-leave-gap");
        Given<Unit>().When(new SetShifts([new("All day", new(7, 0), new(7, 0))]), "08:00").Then<ShiftsSet>().Shifts.Count.ShouldBe(1);
    }

    [Fact]
    public void Names_of_shifts_and_levels_are_compared_as_they_will_be_kept()
    {
        Given<Unit>()
            .When(new SetShifts([new("Day", new(7, 0), new(19, 0)), new(" Day ", new(19, 0), new(7, 0))]), "08:00")
            .Then("shift-name-twice");
        Given<Unit>()
            .When(new SetLevels([Q15, new(ObservationLevel.Q30, " Q15", 30)], ObservationLevel.Q15), "08:00")
            .Then("level-name-twice");
        Given<Unit>()
            .When(new SetLevels([Q15 with { Name = " Fifteens\n" }], ObservationLevel.Q15), "08:00")
            .Then<LevelsSet>()
            .Levels[0]
            .Name.ShouldBe("Fifteens");
    }

    [Fact]
    public void A_hole_in_a_list_is_a_refusal()
    {
        Given<Unit>().When(new SetShifts([null!]), "08:00").Then("shift-name-invalid");
        Given<Unit>().When(new SetLevels([null!], ObservationLevel.Q15), "08:00").Then("level-name-invalid");
    }
}
