using Handoff.Domain.Stays;

namespace Handoff.Domain.Tests.Stays;

public class PatientTests
{
    [Theory]
    [InlineData("Chen", "Luis", null, "Chen, Luis", "C.L.")]
    [InlineData("Chen", "Luis", "Lou", "Chen, Lou", "C.L.")]
    [InlineData("Chen", "", null, "Chen", "C.")]
    [InlineData("'t Hooft", "élodie", null, "'t Hooft, élodie", "T.É.")]
    [InlineData("王", "小明", null, "王, 小明", "王.小.")]
    [InlineData("123", "", null, "123", "")]
    public void A_patient_has_a_name_for_the_board_and_initials_for_the_hallway(
        string family,
        string given,
        string? preferred,
        string name,
        string initials
    )
    {
        var patient = new Patient("1", family, given, preferred);
        patient.Name().ShouldBe(name);
        patient.Initials().ShouldBe(initials);
    }

    [Theory]
    [InlineData("2008-11-18", 18)]
    [InlineData("2008-11-19", 17)]
    [InlineData("2008-02-29", 18)]
    [InlineData("2017-11-18", 9)]
    public void Age_is_in_whole_years(string born, int age) =>
        new Patient("1", "a", "b", Born: DateOnly.Parse(born)).Age(new(2026, 11, 18)).ShouldBe(age);

    [Fact]
    public void Without_a_birth_date_there_is_no_age() => new Patient("1", "a", "b").Age(new(2026, 11, 18)).ShouldBeNull();

    [Fact]
    public void What_a_feed_sends_is_made_fit_to_keep() =>
        Patient.TryCreate(DateTimeOffset.UnixEpoch, " 1 ", "Chen\n", "\tLuis", " ").Patient.ShouldBe(new Patient("1", "Chen", "Luis"));
}
