using Handoff.Domain.Kernel;
using Handoff.Domain.Notes;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Tests.Notes;

public class NoteTests
{
    private static readonly Guid Patient = Scenario.Another;
    private static readonly SignNote Progress = new(Patient, NoteKind.Progress, "Slept well.\n\n\n\nAsked for the chaplain.");

    [Fact]
    public void A_note_is_signed_with_its_lines_as_they_were_written()
    {
        var signed = Admitted().When(Progress, "10:00", People.Nurse);
        signed.Then(new NoteSigned(Times.At("10:00"), Ward.West, Patient, NoteKind.Progress, "Slept well.\n\nAsked for the chaplain."));
        (signed.State.Current()!.By, signed.State.OfStay()).ShouldBe(("Ana Reyes", Patient));
        signed.Given.When(Progress with { Text = "Another" }, "10:01", People.Nurse).ThenNothing();
    }

    [Fact]
    public void A_note_says_about_whom_what_kind_and_something()
    {
        Admitted().When(Progress with { Stay = null }, "10:00").Then("stay-missing");
        Scenario.Given<Note>().When(Progress, "10:00").Then("stay-unknown");
        Admitted().When(Progress with { Kind = null }, "10:00").Then("kind-missing");
        Admitted().When(Progress with { Text = "\n \u200b" }, "10:00").Then("text-missing");
        Admitted().When(Progress with { Text = new string('x', Note.TextLimit + 1) }, "10:00").Then("text-too-long");
        Admitted().When(Progress with { At = Times.At("07:00") }, "10:00").Then("time-before-stay");
        Admitted().When(Progress with { Key = "7" }, "10:00").Then("note-id-invalid");
    }

    [Fact]
    public void A_note_is_still_written_after_the_patient_has_gone() =>
        Admitted().And($"stay-{Patient}", new Discharged(Times.At("09:00"))).When(Progress, "10:00").Then<NoteSigned>();

    [Theory]
    [InlineData("09:45", false)]
    [InlineData("09:44", true)]
    public void A_note_of_more_than_a_quarter_of_an_hour_ago_is_late(string at, bool isLate) =>
        Admitted().When(Progress with { At = Times.At(at) }, "10:00").State.Current()!.IsLate().ShouldBe(isLate);

    [Fact]
    public void Everything_that_was_ever_said_in_it_stays()
    {
        var note = Signed();
        note.When(new AddAddendum("The chaplain came."), "11:00", People.Technician).Then<NoteAddendumAdded>();
        note.When(new CorrectNote("Slept badly.", "Wrong patient's night"), "11:05", People.Nurse).Then<NoteCorrected>();
        note.When(new CorrectNote("Slept badly.", "again"), "11:06", People.Nurse).ThenNothing();
        note.When(new StrikeNote("Of another patient"), "11:10", People.Nurse).Then<NoteEnteredInError>();
        note.When(new StrikeNote("again"), "11:11", People.Nurse).ThenNothing();
        note.State.Versions.Select(v => (v.Text, v.Reason))
            .ShouldBe([("Slept well.\n\nAsked for the chaplain.", null), ("Slept badly.", "Wrong patient's night")]);
        (note.State.Addenda.Single().By, note.State.Error!.Text).ShouldBe(("Sam Ortiz", "Of another patient"));
        note.When(new AddAddendum("More"), "11:12").Then("note-in-error");
    }

    [Fact]
    public void Only_its_author_corrects_it_or_takes_it_back_and_says_why()
    {
        Signed().When(new CorrectNote("x", "y"), "11:00", People.Technician).Then("note-not-yours");
        Signed().When(new StrikeNote("y"), "11:00", People.Technician).Then("note-not-yours");
        Signed().When(new CorrectNote("x", " "), "11:00", People.Nurse).Then("reason-missing");
        Signed().When(new StrikeNote(null), "11:00", People.Nurse).Then("reason-missing");
        Scenario.Given<Note>().When(new AddAddendum("x"), "11:00").Then("note-unknown");
    }

    [Fact]
    public void A_long_note_is_one_line_of_the_timeline()
    {
        var line = new NoteSigned(Times.At("10:00"), Ward.West, Patient, NoteKind.Nursing, new string('x', 299) + "🌻🌻").Sentence(
            Times.NewYork
        );
        line.ShouldBe("Nursing note: " + new string('x', 299) + "…");
    }

    private static Given<Note> Admitted() =>
        Scenario.Given<Note>().And($"stay-{Patient}", new Admitted(Times.At("08:00"), new("M1", "Chen", "Luis"), Ward.West, "1", null));

    private static Given<Note> Signed() => Admitted().When(Progress, "10:00", People.Nurse).Given;
}
