using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tests.Meetings;

public class MeetingTests
{
    private const string Today = "2-west.2026-11-18";

    private readonly Ward ward = Ward.Usual();

    [Fact]
    public void A_meeting_is_opened_once_on_its_day()
    {
        Open("09:00", " Dr. Okafor ", "", "Sam \n Ortiz")
            .ShouldHaveSingleItem()
            .ShouldBeOfType<MeetingOpened>()
            .Sentence(Times.NewYork)
            .ShouldBe("The team meeting was opened at 09:00 with Dr. Okafor, Sam   Ortiz.");
        Open("09:05", "Somebody else").ShouldBeEmpty();
        Held.OnUnit().ShouldBe(Ward.West);
    }

    [Theory]
    [InlineData("2-west.2026-11-17", "meeting-not-today")]
    [InlineData("2-west.2026-11-19", "meeting-not-today")]
    [InlineData("2-west.today", "meeting-id-invalid")]
    [InlineData("2-west", "meeting-id-invalid")]
    [InlineData("9-north.2026-11-18", "unit-unknown")]
    public void A_meeting_has_an_open_unit_and_its_own_day(string key, string code) =>
        ward.Send(new OpenMeeting { Key = key }, Times.At("09:00"), People.Nurse).Refusal!.Code.ShouldBe(code);

    [Fact]
    public void A_meeting_of_a_unit_in_the_far_west_has_that_units_day()
    {
        ward.Record("unit-9-far", Times.At("06:00"), new UnitOpened(Times.At("06:00"), "Far", "Pacific/Honolulu"));
        ward.Send(new OpenMeeting { Key = "9-far.2026-11-17" }, Times.At("02:00"), People.Nurse).Refusal.ShouldBeNull();
    }

    [Fact]
    public void Who_works_elsewhere_opens_none_and_a_list_of_the_staff_is_not_who_attends()
    {
        ward.Send(new OpenMeeting { Key = Today }, Times.At("09:00"), People.Nurse with { Units = new HashSet<string> { Ward.East } })
            .Refusal!.Code.ShouldBe("unit-not-yours");
        Refused([.. Enumerable.Range(0, 41).Select(i => $"Name {i}")]).ShouldBe("attending-too-many");
        Refused([new string('x', 201)]).ShouldBe("text-too-long");

        string Refused(string[] attending) =>
            ward.Send(new OpenMeeting(attending) { Key = Today }, Times.At("09:00"), People.Nurse).Refusal!.Code;
    }

    [Fact]
    public void Closing_names_who_was_not_reviewed_and_only_they_are_told()
    {
        var (one, two) = (Scenario.TheStay, Scenario.Another);
        Admit(one, "1");
        Admit(two, "2");
        Open("09:00");
        ward.Send(new ReviewPatient(Today, 5) { Key = two.ToString() }, Times.At("09:10"), People.Nurse).Refusal.ShouldBeNull();
        var closed = Close("09:20").ShouldHaveSingleItem().ShouldBeOfType<MeetingClosed>();
        closed.NotReviewed.ShouldBe([one]);
        closed.About().ShouldBe([one]);
        closed.Sentence(Times.NewYork).ShouldBe("The team meeting was closed before it came to this patient.");
        Close("09:21").ShouldBeEmpty();
        (Held.IsOpen(), Held.NotReviewed).ShouldBe((false, closed.NotReviewed));
    }

    [Fact]
    public void A_meeting_that_was_closed_too_early_is_opened_again_and_keeps_who_attends()
    {
        Close("09:00", "meeting-unknown");
        Open("09:00", "Dr. Okafor");
        Close("09:20");
        Open("09:30");
        (Held.IsOpen(), Held.OpenedAt, Held.Attending[0]).ShouldBe((true, Times.At("09:00"), "Dr. Okafor"));
    }

    [Theory]
    [InlineData(Role.Nurse, true)]
    [InlineData(Role.Clinician, true)]
    [InlineData(Role.Manager, true)]
    [InlineData(Role.Technician, false)]
    [InlineData(Role.Auditor, false)]
    [InlineData(Role.Integration, false)]
    public void The_treatment_team_holds_meetings(Role role, bool may) =>
        new Facility().PermissionsOf(role).Contains(Permission.ReviewPatients).ShouldBe(may);

    private Meeting Held => ward.Of<Meeting>(Today);

    private Decision Open(string clock, params string[] attending) =>
        ward.Send(new OpenMeeting(attending) { Key = Today }, Times.At(clock), People.Nurse);

    private Decision Close(string clock, string? code = null)
    {
        var decision = ward.Send(new CloseMeeting { Key = Today }, Times.At(clock), People.Nurse);
        decision.Refusal?.Code.ShouldBe(code);
        return decision;
    }

    private void Admit(Guid stay, string bed) =>
        ward.Send(new Admit("M" + bed, "Brook", "Maya", Ward.West, bed) { Key = stay.ToString() }, Times.At("08:00"))
            .Refusal.ShouldBeNull();
}
