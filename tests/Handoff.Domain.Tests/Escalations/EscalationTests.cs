using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tests.Escalations;

public class EscalationTests
{
    private static readonly Guid Patient = Scenario.Another;
    private static readonly EscalateConcern Concern = new(
        Patient,
        Urgency.Urgent,
        "Says he hears his name called\nand will not lie down",
        Recommendation: "Please see him now"
    );

    [Fact]
    public void A_concern_is_told_at_once_to_the_first_of_the_ladder_and_keeps_the_ladder_as_it_was()
    {
        var raised = Admitted().When(Concern, "10:00", People.Technician);
        var told = raised.Then<ConcernEscalated>();
        (told.Unit, told.To, told.Sbar.Situation).ShouldBe((Ward.West, Role.Nurse, "Says he hears his name called\nand will not lie down"));
        told.Ladder.ShouldBe(EscalationLadder.Usual);
        raised.Given.Ward.Send(new SetLadder([new(Role.ChargeNurse, 0)]) { Key = Ward.West }, Times.At("10:01"));
        raised.Given.Ward.Lapse(Times.At("10:06"));
        Steps(raised.Given.Ward).ShouldBe([(Role.ChargeNurse, Times.At("10:05"))]);
    }

    [Theory]
    [InlineData(Role.Prescriber, "Prescriber 0, ChargeNurse 5, Manager 10")]
    [InlineData(Role.ChargeNurse, "ChargeNurse 0, Manager 10, Prescriber 15")]
    public void Whoever_is_called_first_is_not_called_again(Role to, string ladder) =>
        string.Join(
                ", ",
                Admitted().When(Concern with { To = to }, "10:00").Then<ConcernEscalated>().Ladder.Select(r => $"{r.Role} {r.AfterMinutes}")
            )
            .ShouldBe(ladder);

    [Fact]
    public void A_concern_says_who_how_soon_and_what()
    {
        Admitted().When(Concern with { Stay = null }, "10:00").Then("stay-missing");
        Scenario.Given<Escalation>().When(Concern, "10:00").Then("stay-unknown");
        Admitted().When(Concern with { Urgency = null }, "10:00").Then("urgency-missing");
        Admitted().When(Concern with { Situation = " \n " }, "10:00").Then("situation-missing");
        Admitted().When(Concern with { Assessment = new string('x', Text.RemarkLimit + 1) }, "10:00").Then("text-too-long");
        Admitted().When(Concern with { To = Role.Technician }, "10:00").Then("role-cannot-answer");
        Admitted().When(Concern with { Key = "1" }, "10:00").Then("escalation-id-invalid");
        Admitted().When(Concern, "10:00", People.Nurse with { Units = new HashSet<string> { Ward.East } }).Then("unit-not-yours");
        Raised().When(Concern, "10:01").ThenNothing();
    }

    [Fact]
    public void It_climbs_until_the_ladder_ends_and_each_step_is_said_once()
    {
        var ward = Raised().Ward;
        foreach (var clock in (string[])["10:04", "10:05", "10:05", "10:11", "10:16", "10:40"])
        {
            ward.Lapse(Times.At(clock));
        }

        Steps(ward)
            .ShouldBe([(Role.ChargeNurse, Times.At("10:05")), (Role.Manager, Times.At("10:10")), (Role.Prescriber, Times.At("10:15"))]);
    }

    [Fact]
    public void After_an_outage_each_step_is_said_at_its_own_time()
    {
        var ward = Raised().Ward;
        ward.Lapse(Times.At("10:05"));
        ward.Restart();
        ward.Lapse(Times.At("10:45"));
        Steps(ward).Select(s => Times.NewYork.Clock(s.At)).ShouldBe(["10:05", "10:10", "10:15"]);
    }

    [Theory]
    [InlineData("2026-11-18 23:52", "Wed 18 Nov 23:57, Thu 19 Nov 00:02, Thu 19 Nov 00:07")]
    [InlineData("2026-11-01 00:57", "Sun 1 Nov 01:02 EDT, Sun 1 Nov 01:07 EDT, Sun 1 Nov 01:12 EDT")]
    [InlineData("2027-03-14 01:52", "Sun 14 Mar 01:57, Sun 14 Mar 03:02, Sun 14 Mar 03:07")]
    public void The_ladder_counts_real_minutes_across_midnight_and_the_change_of_the_clocks(string raisedAt, string steps)
    {
        var ward = Admitted().Ward;
        var at = Times.On(raisedAt);
        ward.Send(Concern with { Key = Scenario.TheStay.ToString() }, at, People.Technician).Refusal.ShouldBeNull();
        foreach (var minute in (double[])[5, 10, 15])
        {
            ward.Lapse(at.ToUniversalTime().AddMinutes(minute));
            ward.Restart();
        }

        string.Join(", ", Steps(ward).Select(s => Times.NewYork.DayAndClock(s.At))).ShouldBe(steps);
    }

    [Fact]
    public void In_the_hour_that_comes_twice_the_seconds_are_the_real_ones()
    {
        var ward = Admitted().Ward;
        var at = Times.On("2026-11-01 01:58").ToUniversalTime();
        ward.Send(Concern with { Key = Scenario.TheStay.ToString() }, at, People.Technician).Refusal.ShouldBeNull();
        ward.Send(new AcknowledgeEscalation("Coming") { Key = Scenario.TheStay.ToString() }, at.AddMinutes(4), People.Nurse)
            .Refusal.ShouldBeNull();
        var state = ward.Of<Escalation>(Scenario.TheStay.ToString());
        state.SecondsToAcknowledge().ShouldBe(240);
        Times.NewYork.Clock(state.AcknowledgedAt!.Value).ShouldBe("01:02 EST");
    }

    [Fact]
    public void An_acknowledgement_with_a_plan_stops_the_ladder()
    {
        var heard = Raised().When(new AcknowledgeEscalation("I sit with him; PRN offered"), "10:03", People.Nurse);
        heard.Then(new EscalationAcknowledged(Times.At("10:03"), "Ana Reyes", "I sit with him; PRN offered"));
        heard.State.SecondsToAcknowledge().ShouldBe(180);
        heard.State.OpenLoops().ShouldBeEmpty();
        heard.Given.Ward.Lapse(Times.At("11:00"));
        Steps(heard.Given.Ward).ShouldBeEmpty();
        heard.Given.When(new AcknowledgeEscalation("I sit with him; PRN offered"), "10:04", People.Nurse).ThenNothing();
        heard.Given.When(new AcknowledgeEscalation("Another"), "10:04").Then("escalation-acknowledged");
    }

    [Fact]
    public void Nobody_acknowledges_their_own_concern_or_without_a_plan()
    {
        Admitted()
            .When(Concern, "10:00", People.Nurse)
            .Given.When(new AcknowledgeEscalation("Mine"), "10:01", People.Nurse)
            .Then("escalation-own");
        Raised().When(new AcknowledgeEscalation(" "), "10:01", People.Nurse).Then("plan-missing");
        Scenario.Given<Escalation>().When(new AcknowledgeEscalation("x"), "10:01").Then("escalation-unknown");
    }

    [Fact]
    public void It_is_closed_with_an_outcome_after_it_was_acknowledged()
    {
        Raised().When(new CloseEscalation("Calm"), "10:01").Then("escalation-not-acknowledged");
        var heard = Raised().When(new AcknowledgeEscalation("Coming"), "10:03").Given;
        heard.When(new CloseEscalation(""), "10:30").Then("outcome-missing");
        heard.When(new CloseEscalation("Sleeping"), "10:30").Then(new EscalationClosed(Times.At("10:30"), "Sleeping"));
        heard.State.IsOpen().ShouldBeFalse();
        heard.When(new CloseEscalation("Again"), "10:31").ThenNothing();
    }

    [Fact]
    public void An_unacknowledged_concern_is_an_open_loop() =>
        Raised().State.OpenLoops().ShouldHaveSingleItem().Kind.ShouldBe("escalation");

    [Fact]
    public void It_goes_with_the_patient_to_another_unit()
    {
        var moved = Raised().And($"stay-{Patient}", new Transferred(Times.At("10:02"), Ward.West, "1", Ward.East, "2"));
        moved
            .When(new MoveEscalation(), "10:03", Actor.Clock)
            .Then(new EscalationMoved(Times.At("10:03"), Ward.East))
            .State.OnUnit()
            .ShouldBe(Ward.East);
        moved.When(new MoveEscalation(), "10:04", Actor.Clock).ThenNothing();
    }

    [Theory]
    [InlineData("", "rungs-missing")]
    [InlineData("Nurse 3", "ladder-starts-late")]
    [InlineData("Nurse 0, Technician 5", "ladder-role-unfit")]
    [InlineData("Nurse 0, Nurse 5", "ladder-step-twice")]
    [InlineData("Nurse 0, Manager 0", "ladder-step-twice")]
    [InlineData("Nurse 0, Manager 121", "ladder-too-long")]
    public void A_ladder_starts_at_once_and_climbs_to_people_who_can_act(string rungs, string code) =>
        Scenario.Given<Unit>().When(new SetLadder(Rungs(rungs)), "10:00").Then(code);

    [Fact]
    public void A_unit_sets_its_own_ladder()
    {
        var set = Scenario.Given<Unit>().When(new SetLadder(Rungs("Manager 8, ChargeNurse 0")), "10:00");
        set.Then<LadderSet>().Sentence(Times.NewYork).ShouldBe("A concern goes to charge nurse at once, supervisor after 8 min.");
        set.Given.When(new SetLadder(Rungs("ChargeNurse 0, Manager 8")), "10:01").ThenNothing();
        set.Given.When(new SetLadder([null!]), "10:01").Then("ladder-starts-late");
    }

    [Fact]
    public void The_concern_tells_of_each_step_whether_its_notice_went_out()
    {
        var failed = Raised().When(new TellNotice(Role.Nurse, "the paging service answered 503"), "10:01");
        failed.Then(new EscalationNoticeFailed(Times.At("10:01"), Role.Nurse, "the paging service answered 503"));
        failed.State.Told[0].NotSent.ShouldBe("the paging service answered 503");
        failed.Given.When(new TellNotice(Role.Nurse, "the paging service can't be reached"), "10:02").ThenNothing();

        var sent = failed.Given.When(new TellNotice(Role.Nurse, null), "10:03");
        sent.Then(new EscalationNoticeDelivered(Times.At("10:03"), Role.Nurse));
        sent.State.Told[0].ShouldBe(new(Role.Nurse, Times.At("10:00"), Times.At("10:03")));
        sent.Given.When(new TellNotice(Role.Nurse, null), "10:04").ThenNothing();
        sent.Given.When(new TellNotice(Role.Nurse, "too late"), "10:04").ThenNothing();
        sent.Given.When(new TellNotice(Role.ChargeNurse, null), "10:04").Then("escalation-step-unknown");
    }

    [Fact]
    public void The_log_fills_in_what_it_knows()
    {
        var ward = Admitted().Ward;
        ward.Settle(Times.At("08:01"));
        ward.Send(new RecordCheck("Day room", false, Activity: Activity.Pacing) { Key = Patient.ToString() }, Times.At("08:05"));
        ward.Send(new RecordCheck("Room", false, Activity: Activity.Calm) { Key = Patient.ToString() }, Times.At("08:12"));
        var filled = Prefill.ForStay(
            ward.Of<Stay>(Patient.ToString()),
            ward.Of<Rounding>(Patient.ToString()),
            ward.Log.Where(l => l.Key == Patient.ToString()),
            Times.NewYork,
            Times.At("08:20")
        );
        filled.Background.ShouldBe("36 years, admitted Wed 18 Nov 08:00.\nObservation Q15, within 15 min, since Wed 18 Nov 08:01.");
        filled.Assessment.ShouldBe("Last seen 08:12: Room, awake, calm.\n08:05 Seen at 08:05: Day room, awake, pacing");
    }

    private static Given<Escalation> Admitted() =>
        Scenario
            .Given<Escalation>()
            .And(
                $"stay-{Patient}",
                new Admitted(Times.At("08:00"), new("M1", "Chen", "Luis", Born: new DateOnly(1990, 2, 28)), Ward.West, "1", null)
            );

    private static Given<Escalation> Raised() => Admitted().When(Concern, "10:00", People.Technician).Given;

    private static List<(Role To, DateTimeOffset At)> Steps(Ward ward) =>
        [.. ward.Log.Select(l => l.Event).OfType<EscalationStepped>().Select(e => (e.To, e.OccurredAt))];

    private static List<Rung> Rungs(string text) =>
        [
            .. text.Split(", ", StringSplitOptions.RemoveEmptyEntries)
                .Select(r => r.Split(' '))
                .Select(r => new Rung(Enum.Parse<Role>(r[0]), int.Parse(r[1]))),
        ];
}
