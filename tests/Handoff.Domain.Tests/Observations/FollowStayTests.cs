using FsCheck;
using FsCheck.Fluent;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;
using static Handoff.Domain.Tests.Ward;

namespace Handoff.Domain.Tests.Observations;

public class FollowStayTests
{
    private static readonly string Key = TheStay.ToString();

    private static readonly Gen<Func<DateTimeOffset, Command<Stay>>> Movement = Gen.Elements<Func<DateTimeOffset, Command<Stay>>>(
        at => new Admit("100", "Chen", "Luis", West, "1"),
        at => new CancelAdmission(),
        at => new Transfer(East, "2"),
        at => new Transfer(West, "1"),
        at => new CancelTransfer(),
        at => new StartLeave(LeaveKind.Pass, at.AddHours(1)),
        at => new StartLeave(LeaveKind.Court, null),
        at => new EndLeave(),
        at => new Discharge(),
        at => new CancelDischarge()
    );

    [Fact]
    public void It_follows_stays_only()
    {
        FollowStay.Reaction.React(Fact("stay-" + Key)).ShouldHaveSingleItem().Key.ShouldBe(Key);
        FollowStay.Reaction.React(Fact("rounding-" + Key)).ShouldBeEmpty();
    }

    [Fact]
    public void An_admission_begins_the_checks_at_the_units_level()
    {
        var ward = Admitted();
        ward.Record(
            "unit-" + West,
            At("07:00"),
            new LevelsSet(At("07:00"), [new(ObservationLevel.Q30, "Thirties", 25)], ObservationLevel.Q30)
        );
        Follow(ward, "08:01")
            .ShouldBe([
                new RoundingBegan(
                    At("08:01"),
                    West,
                    ObservationLevel.Q30,
                    "Thirties",
                    25,
                    DueWindow.AtOnce(At("08:01"), Minutes(25)),
                    At("08:00")
                ),
            ]);
        Follow(ward, "08:02").ShouldBeEmpty();
    }

    [Fact]
    public void A_leave_pauses_the_checks_and_a_return_asks_at_once()
    {
        var ward = Admitted();
        Follow(ward, "08:00");
        Send(ward, new StartLeave(LeaveKind.Pass, At("12:00")), "10:00");
        Follow(ward, "10:01")
            .ShouldBe([
                new ObservationPaused(At("10:00"), "on a pass", At("12:00"), true),
                new CheckMissed(At("10:00"), null, 15, 8, Raises: true),
            ]);
        Send(ward, new StartLeave(LeaveKind.Pass, At("13:00")), "11:00");
        Follow(ward, "11:01").ShouldBe([new ObservationPaused(At("10:00"), "on a pass", At("13:00"), true)]);
        Send(ward, new EndLeave(), "12:30");
        Follow(ward, "12:31").ShouldBe([new ObservationResumed(At("12:30"), new(At("12:31"), At("12:33")))]);
        Follow(ward, "12:32").ShouldBeEmpty();
    }

    [Fact]
    public void A_discharge_ends_the_checks_when_it_was()
    {
        var ward = Admitted();
        Follow(ward, "08:00");
        Send(ward, new Discharge(At("11:00")), "11:20");
        Follow(ward, "11:21").ShouldBe([new RoundingEnded(At("11:00")), new CheckMissed(At("11:00"), null, 15, 12, Raises: true)]);
        Rounding(ward).ShouldSatisfyAllConditions(r => r.OnUnit().ShouldBeNull(), r => r.Deadlines().ShouldBeEmpty());
        Follow(ward, "11:22").ShouldBeEmpty();
    }

    [Fact]
    public void A_discharge_that_is_cancelled_gives_the_ordered_level_back()
    {
        var ward = Admitted();
        Follow(ward, "08:00");
        ward.Send(new OrderLevel(ObservationLevel.OneToOne, "Voices command", At("20:00")) { Key = Key }, At("09:00"));
        Send(ward, new Discharge(At("11:00")), "11:00");
        Follow(ward, "11:01");
        Send(ward, new CancelDischarge(At("11:05")), "11:05");
        Follow(ward, "11:06")
            .ShouldBe([
                new RoundingBegan(
                    At("11:06"),
                    West,
                    ObservationLevel.OneToOne,
                    "1:1",
                    15,
                    DueWindow.AtOnce(At("11:06"), Minutes(15)),
                    At("08:00")
                ),
            ]);
        Rounding(ward).LevelUntil.ShouldBe(At("20:00"));
    }

    [Fact]
    public void On_another_unit_the_level_goes_by_that_units_name_and_limit()
    {
        var ward = Admitted();
        ward.Record("unit-" + East, At("07:00"), new LevelsSet(At("07:00"), [new(ObservationLevel.Q15, "Tens", 10)], ObservationLevel.Q15));
        Follow(ward, "08:00");
        ward.Send(new RecordCheck("Room", false) { Key = Key }, At("08:05"));
        Send(ward, new Transfer(East, "2"), "08:10");
        Follow(ward, "08:11").ShouldBe([new RoundingMoved(At("08:11"), East, "Tens", 10, new(At("08:11"), At("08:20")))]);
        Rounding(ward)
            .ShouldSatisfyAllConditions(
                r => r.OnUnit().ShouldBe(East),
                r => r.LevelName.ShouldBe("Tens"),
                r => r.LimitMinutes.ShouldBe(10),
                r => r.Level.ShouldBe(ObservationLevel.Q15)
            );
    }

    [Fact]
    public void A_return_to_another_unit_is_asked_for_within_that_units_limit()
    {
        var ward = Admitted();
        ward.Record("unit-" + East, At("07:00"), new LevelsSet(At("07:00"), [new(ObservationLevel.Q15, "Tens", 10)], ObservationLevel.Q15));
        Follow(ward, "08:00");
        Send(ward, new StartLeave(LeaveKind.Hospital, null), "09:00");
        Follow(ward, "09:00");
        Send(ward, new Transfer(East, "2"), "10:00");
        Send(ward, new EndLeave(), "10:00");
        Follow(ward, "10:00");
        Rounding(ward).Due.ShouldBe(new(At("10:00"), At("10:02")));
    }

    [Fact]
    public void On_a_unit_with_the_same_limit_the_window_stands()
    {
        var ward = Admitted();
        Follow(ward, "08:00");
        ward.Send(new RecordCheck("Room", false) { Key = Key }, At("08:05"));
        var before = Rounding(ward).Due;
        Send(ward, new Transfer(East, "2"), "08:10");
        Follow(ward, "08:11");
        Rounding(ward).Due.ShouldBe(before);
    }

    [Fact]
    public void A_check_made_before_a_late_admission_was_heard_of_can_be_entered()
    {
        var ward = Usual();
        Send(ward, new Admit("100", "Chen", "Luis", West, "1", At("08:00")), "10:00");
        Follow(ward, "10:01");
        ward.Send(new RecordCheck("Room", false, At: At("09:30")) { Key = Key }, At("10:02")).Events.ShouldHaveSingleItem();
        ward.Send(new RecordCheck("Room", false, At: At("07:30")) { Key = Key }, At("10:02")).Refusal!.Code.ShouldBe("time-before-stay");
        Rounding(ward).Due.ShouldBe(DueWindow.AtOnce(At("10:01"), Minutes(15)));
    }

    [Fact]
    public void Whatever_happens_to_the_stay_the_checks_run_exactly_while_the_patient_is_here_and_pause_on_leave() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(80),
            Prop.ForAll(
                Gen.ListOf(Movement).ToArbitrary(),
                Gen.Choose(0, 3).ListOf(40).ToArbitrary(),
                (movements, repeats) =>
                {
                    var ward = Usual();
                    var at = At("08:00");
                    foreach (var (movement, repeat) in movements.Zip(repeats))
                    {
                        at = at.AddMinutes(7);
                        ward.Send(movement(at) with { Key = Key }, at);
                        Enumerable.Range(0, repeat).ToList().ForEach(i => ward.Settle(at = at.AddSeconds(20)));
                        ward.Restart();
                    }

                    ward.Settle(at = at.AddSeconds(20));
                    AsTheStay(Rounding(ward), ward.Of<Stay>(Key));
                    var so = ward.Log.Count;
                    ward.Settle(at);
                    ward.Log.Count.ShouldBe(so);
                }
            )
        );

    private static void AsTheStay(Rounding rounding, Stay stay)
    {
        rounding.IsRunning().ShouldBe(stay.IsHere());
        rounding.OnUnit().ShouldBe(stay.OnUnit());
        (rounding.Pause is not null).ShouldBe(stay.IsHere() && stay.Leave is not null);
        (rounding.Due is not null).ShouldBe(stay.IsHere() && stay.Leave is null);
        rounding.Pause?.ExpectedReturn.ShouldBe(stay.Leave!.ExpectedReturn);
        rounding.Pause?.Reason.ShouldBe(stay.Leave!.Kind.Words());
    }

    private static Ward Admitted()
    {
        var ward = Usual();
        Send(ward, new Admit("100", "Chen", "Luis", West, "1"), "08:00");
        return ward;
    }

    private static void Send(Ward ward, Command<Stay> command, string at) =>
        ward.Send(command with { Key = Key }, At(at)).Refusal.ShouldBeNull();

    private static IReadOnlyList<Event> Follow(Ward ward, string at) => ward.Send(new FollowStay { Key = Key }, At(at), Actor.Clock).Events;

    private static Rounding Rounding(Ward ward) => ward.Of<Rounding>(Key);

    private static EventEnvelope Fact(string stream) =>
        new(Another, stream, At("10:00"), new(Staff.Clock, Source.System, Another), new Discharged(At("10:00")));
}
