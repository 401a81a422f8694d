using Handoff.Domain.Boards;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Handoffs.Floor;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Handoffs;

public class ContingencyTests
{
    private const string Quiet = "call RN, offer quiet room";

    private static readonly WriteContingency IfElopement = new(ConditionKind.Incident, Quiet, Incident: IncidentKind.Elopement)
    {
        Key = Maya,
    };

    public static TheoryData<string, WriteContingency, ICommand, ICommand> Conditions =>
        new()
        {
            { "If elopement", IfElopement, Opened(IncidentKind.Elopement), Opened(IncidentKind.Fall) },
            { "If any incident", new(ConditionKind.Incident, Quiet), Opened(IncidentKind.Fall), Level(ObservationLevel.OneToOne) },
            {
                "If the level becomes 1:1",
                new(ConditionKind.LevelChange, Quiet, Level: ObservationLevel.OneToOne),
                Level(ObservationLevel.OneToOne),
                Level(ObservationLevel.Q5)
            },
            {
                "If the level changes",
                new(ConditionKind.LevelChange, Quiet),
                Level(ObservationLevel.Q30),
                Level(ObservationLevel.Q15, until: At("23:59"))
            },
            {
                "If mood moderate or worse",
                new(ConditionKind.Status, Quiet, Domain: BehaviorDomain.Mood, Intensity: 2),
                Observed(BehaviorDomain.Mood, 3),
                Observed(BehaviorDomain.Mood, 1)
            },
            {
                "If speech severe",
                new(ConditionKind.Status, Quiet, Domain: BehaviorDomain.Speech, Intensity: 3),
                Observed(BehaviorDomain.Speech, 3),
                Observed(BehaviorDomain.Mood, 3)
            },
        };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void It_comes_true_on_what_it_waits_for_and_on_nothing_else(string words, WriteContingency write, ICommand met, ICommand other)
    {
        var floor = Written(write);
        Happens(floor, other, "15:20");
        Only(floor).IsPending().ShouldBeTrue();
        Happens(floor, met, "15:30");
        var one = Only(floor);
        (one.FiredAt, one.Says(), one.Author.Name, one.Shift).ShouldBe((At("15:30"), $"{words}: {Quiet}", "Jordan Kim", "Day"));
        floor.Ward.Log.Single(f => f.Id == one.Because).Event.OccurredAt.ShouldBe(At("15:30"));
    }

    [Fact]
    public void It_comes_true_when_a_check_is_missed()
    {
        var floor = Written(new(ConditionKind.CheckMissed, Quiet));
        Happens(floor, new RecordCheck("Room", false) { Key = Maya }, "14:50");
        Only(floor).IsPending().ShouldBeTrue();
        floor.Ward.Settle(At("15:06"));
        Follow(floor, "15:06");
        Only(floor).FiredAt.ShouldBe(At("15:05"));
        Only(floor).Says().ShouldBe($"If a check is missed: {Quiet}");
    }

    [Fact]
    public void It_comes_true_at_a_time_of_a_later_shift()
    {
        var floor = Assigned()
            .Refuses(new WriteContingency(ConditionKind.Time, Quiet) { Key = Maya }, Kim, "14:00", "time-missing")
            .Refuses(AtTime(At("13:00")), Kim, "14:00", "time-in-past")
            .Refuses(AtTime(At("14:59")), Kim, "14:00", "time-on-this-shift")
            .Refuses(AtTime(On("2026-12-10 02:00")), Kim, "14:00", "time-too-far")
            .Does(AtTime(On("2026-11-19 02:00")), Kim, "14:00");
        floor.Ward.Lapse(On("2026-11-19 01:59"));
        Only(floor).IsPending().ShouldBeTrue();
        floor.Ward.Restart();
        floor.Ward.Lapse(On("2026-11-19 02:04"));
        floor.Ward.Lapse(On("2026-11-19 02:05"));
        (Only(floor).FiredAt, Only(floor).Because, Only(floor).Says()).ShouldBe((On("2026-11-19 02:00"), null, $"At Thu 02:00: {Quiet}"));
        Fired(floor).ShouldBe(1);
    }

    [Fact]
    public void What_happens_on_the_shift_on_which_it_was_written_does_not_count()
    {
        var floor = Written(IfElopement);
        Happens(floor, Opened(IncidentKind.Elopement), "14:59");
        Only(floor).Standing(At("14:59")).ShouldBe(ContingencyStanding.Waiting);
        Only(floor).Standing(At("15:00")).ShouldBe(ContingencyStanding.Armed);
        // Written down on the next shift, it still happened on this one.
        Happens(
            floor,
            new OpenIncident(IncidentKind.Elopement, Ward.West, [Scenario.TheStay], At: At("14:58")) { Key = Guid.NewGuid().ToString() },
            "15:10"
        );
        Only(floor).IsPending().ShouldBeTrue();
        Happens(floor, Opened(IncidentKind.Elopement), "15:11");
        Only(floor).Standing(At("15:11")).ShouldBe(ContingencyStanding.Fired);
    }

    [Fact]
    public void It_is_armed_as_soon_as_somebody_else_has_the_patient()
    {
        var floor = Given().Does(IfElopement, Kim, "14:56");
        floor.Does(new AcceptHandoff { Key = Maya }, Ruiz, "14:57");
        Only(floor).ArmsAt.ShouldBe(At("14:57"));
        Happens(floor, Opened(IncidentKind.Elopement), "14:58");
        Only(floor).FiredAt.ShouldBe(At("14:58"));
    }

    [Fact]
    public void Its_author_taking_the_patient_over_does_not_arm_it()
    {
        var floor = Assigned().Does(IfElopement, Ortiz, "14:00").Does(new TakeOver("Kim is ill") { Key = Maya }, Ortiz, "14:10");
        Only(floor).ArmsAt.ShouldBe(At("15:00"));
        floor.Does(new TakeOver("I have time") { Key = Maya }, Osei, "14:20");
        Only(floor).ArmsAt.ShouldBe(At("14:20"));
    }

    [Theory]
    [InlineData("2026-11-18 23:30", "2026-11-19 07:00", "Night")]
    [InlineData("2026-11-19 02:00", "2026-11-19 07:00", "Night")]
    // The night on which the clocks go back lasts an hour more, the one on which they go forward an hour less.
    [InlineData("2026-10-31 23:30", "2026-11-01 07:00", "Night")]
    [InlineData("2027-03-13 23:30", "2027-03-14 07:00", "Night")]
    public void The_shift_is_over_by_the_units_pattern(string written, string armed, string shift)
    {
        var ward = Ward.Usual();
        ward.Send(new Admit("M1", "Brook", "Maya", Ward.West, "1") { Key = Maya }, On("2026-10-30 10:00")).Refusal.ShouldBeNull();
        ward.Settle(On("2026-10-30 10:00"));
        ward.Send(IfElopement, On(written), Kim).Refusal.ShouldBeNull();
        var one = ward.Of<Care>(Maya).Contingencies.ShouldHaveSingleItem();
        (one.ArmsAt, one.ArmsAt.Offset, one.Shift).ShouldBe((On(armed), On(armed).Offset, shift));
    }

    [Fact]
    public void A_shift_that_ends_in_the_hour_that_comes_twice_is_said_to_end_at_one_of_the_two()
    {
        var ward = Ward.Usual();
        ward.Record(
            "unit-" + Ward.West,
            At("06:00"),
            new Domain.Units.ShiftsSet(At("06:00"), [new("Late", new(13, 30), new(1, 30)), new("Early", new(1, 30), new(13, 30))])
        );
        ward.Send(new Admit("M1", "Brook", "Maya", Ward.West, "1") { Key = Maya }, On("2026-10-30 10:00")).Refusal.ShouldBeNull();
        ward.Settle(On("2026-10-30 10:00"));
        var early = new WriteContingency(ConditionKind.Time, "Look in", Time: On("2026-11-01 01:10")) { Key = Maya };
        ward.Send(early, On("2026-10-31 22:00"), Kim).Refusal.ShouldNotBeNull().Says.ShouldContain("which ends at 01:30 EDT.");
    }

    [Fact]
    public void On_the_night_of_the_longer_hour_the_second_two_o_clock_is_still_the_same_shift()
    {
        var ward = Ward.Usual();
        ward.Send(new Admit("M1", "Brook", "Maya", Ward.West, "1") { Key = Maya }, On("2026-10-30 10:00"));
        ward.Settle(On("2026-10-30 10:00"));
        var second = On("2026-11-01 01:30").AddHours(1);
        ward.Send(IfElopement, On("2026-11-01 01:30"), Kim);
        ward.Of<Care>(Maya).Contingencies.Single().Standing(second).ShouldBe(ContingencyStanding.Waiting);
        ward.Of<Care>(Maya).Contingencies.Single().Standing(second.AddHours(5.5)).ShouldBe(ContingencyStanding.Armed);
    }

    [Fact]
    public void It_comes_true_once_however_often_it_happens_or_is_told()
    {
        var floor = Written(IfElopement);
        foreach (var clock in new[] { "15:30", "15:40", "15:50" })
        {
            Happens(floor, Opened(IncidentKind.Elopement), clock);
            floor.Ward.Restart();
            Follow(floor, clock);
        }

        Fired(floor).ShouldBe(1);
        floor.Does(new AnswerContingency(Only(floor).Id, "Called her, walked with her") { Key = Maya }, Ruiz, "15:55");
        Happens(floor, Opened(IncidentKind.Elopement), "16:30");
        Fired(floor).ShouldBe(1);
        (Only(floor).Closed!.By.Name, Only(floor).Closed!.Words).ShouldBe(("Ana Ruiz", "Called her, walked with her"));
    }

    [Fact]
    public void Two_patients_in_one_incident_are_both_reached_and_the_others_are_not()
    {
        var floor = Written(IfElopement);
        var (other, third) = (Scenario.Another, new Guid("0191e4a0-0000-7000-8000-000000000003"));
        foreach (var (stay, bed) in new[] { (other, "2"), (third, "3") })
        {
            floor.Ward.Send(new Admit("M" + bed, "Chen", "Luis", Ward.West, bed) { Key = stay.ToString() }, At("14:00"));
            floor.Ward.Settle(At("14:00"));
            floor.Does(IfElopement with { Key = stay.ToString() }, Kim, "14:01");
        }

        Happens(floor, Opened(IncidentKind.Elopement, Scenario.TheStay, other), "15:30");
        Pending(floor, Scenario.TheStay).ShouldBeFalse();
        Pending(floor, other).ShouldBeFalse();
        Pending(floor, third).ShouldBeTrue();
        Happens(floor, Opened(IncidentKind.Fall, third), "15:40");
        Pending(floor, third).ShouldBeTrue();
        var both = new EventEnvelope(
            Guid.NewGuid(),
            "incident-1",
            At("16:00"),
            floor.Ward.Log[0].Envelope,
            new IncidentPatientInvolved(At("16:00"), [other, third], null, IncidentKind.Elopement, null)
        );
        FireContingencies.Reaction.React(both).Select(c => c.Key).ShouldBe([other.ToString(), third.ToString()]);
    }

    [Fact]
    public void One_event_makes_everything_come_true_that_waits_for_it()
    {
        var floor = Written(IfElopement)
            .Does(new WriteContingency(ConditionKind.Incident, "tell the sister") { Key = Maya }, Ortiz, "14:01");
        Happens(floor, Opened(IncidentKind.Elopement), "15:30");
        floor
            .Care.Unanswered()
            .Select(c => (c.Says(), c.Author.Name))
            .ShouldBe([($"If elopement: {Quiet}", "Jordan Kim"), ("If any incident: tell the sister", "Ana Ortiz")], ignoreOrder: true);
    }

    [Fact]
    public void Once_it_has_come_true_it_is_an_open_point_until_somebody_answers()
    {
        var floor = Written(IfElopement);
        floor.Care.OpenLoops().ShouldBeEmpty();
        floor.Refuses(new AnswerContingency(Only(floor).Id) { Key = Maya }, Ruiz, "15:10", "contingency-not-fired");
        Happens(floor, Opened(IncidentKind.Elopement), "15:30");
        var loop = floor.Care.OpenLoops().ShouldHaveSingleItem();
        (loop.Stay, loop.Since, loop.Words, loop.Link).ShouldBe(
            (Scenario.TheStay, At("15:30"), $"came true: If elopement: {Quiet} — Jordan Kim, day shift", $"/stays/{Maya}#contingencies")
        );
        floor
            .Refuses(new WithdrawContingency(Only(floor).Id) { Key = Maya }, Kim, "15:31", "contingency-fired")
            .Refuses(new AnswerContingency(null) { Key = Maya }, Ruiz, "15:31", "contingency-missing")
            .Refuses(new AnswerContingency(Guid.NewGuid()) { Key = Maya }, Ruiz, "15:31", "contingency-unknown")
            .Does(new AnswerContingency(Only(floor).Id) { Key = Maya }, Ruiz, "15:32");
        floor.Care.OpenLoops().ShouldBeEmpty();
        floor.Try(new AnswerContingency(Only(floor).Id, "Again") { Key = Maya }, Kim, "15:33").ShouldBeEmpty();
    }

    [Fact]
    public void A_card_with_one_that_came_true_is_above_the_calm_ones_and_a_hallway_learns_nothing_of_it()
    {
        var floor = Written(IfElopement);
        Card(floor).Risk.ShouldBe(0);
        Happens(floor, Opened(IncidentKind.Elopement), "15:30");
        (Card(floor).Care!.Fired.Single().Says, Card(floor).Risk).ShouldBe(($"If elopement: {Quiet}", 2));
        Domain.Boards.WallCard.FromCard(Card(floor)).Risk.ShouldBe(0);
        floor.Does(new AnswerContingency(Only(floor).Id) { Key = Maya }, Ruiz, "15:32");
        (Card(floor).Care!.Fired.Count, Card(floor).Risk).ShouldBe((0, 0));
    }

    [Fact]
    public void It_stays_on_through_later_hand_overs_until_it_is_withdrawn()
    {
        var floor = Written(IfElopement)
            .Does(new JudgeSeverity(IllnessSeverity.Stable) { Key = Maya }, Kim, "14:50")
            .Does(Submit(), Kim, "14:55")
            .Does(new AcceptHandoff { Key = Maya }, Ruiz, "15:02")
            .Does(new ComeOn { Key = Night }, Park, "22:40")
            .Does(new AssignPatient("park", Night) { Key = Maya }, Ortiz, "22:45")
            .Does(Submit(), Ruiz, "22:50")
            .Does(new AcceptHandoff { Key = Maya }, Park, "23:00");
        Only(floor).IsPending().ShouldBeTrue();
        floor
            .Refuses(new WithdrawContingency(Only(floor).Id) { Key = Maya }, Ruiz, "23:10", "contingency-not-yours")
            .Does(new WithdrawContingency(Only(floor).Id, "Goes home tomorrow") { Key = Maya }, Park, "23:11");
        floor.Try(new WithdrawContingency(Only(floor).Id) { Key = Maya }, Kim, "23:12").ShouldBeEmpty();
        Happens(floor, Opened(IncidentKind.Elopement), "23:30");
        (Fired(floor), Only(floor).Standing(At("23:30"))).ShouldBe((0, ContingencyStanding.Withdrawn));
    }

    [Fact]
    public void It_ends_with_the_discharge_and_stands_again_if_that_is_cancelled()
    {
        var floor = Written(IfElopement).Does(AtTime(At("18:00")), Kim, "14:01");
        Happens(floor, Opened(IncidentKind.Fall), "15:10");
        Happens(floor, new Discharge { Key = Maya }, "16:00");
        floor.Ward.Lapse(At("18:30"));
        floor.Refuses(IfElopement, Kim, "18:31", "stay-over").Care.Deadlines().ShouldBeEmpty();
        (Fired(floor), floor.Care.OpenLoops().Count()).ShouldBe((0, 0));
        Happens(floor, new CancelDischarge { Key = Maya }, "18:40");
        floor.Ward.Lapse(At("18:45"));
        Happens(floor, Opened(IncidentKind.Elopement), "18:50");
        Fired(floor).ShouldBe(2);
    }

    [Fact]
    public void It_is_told_with_its_authors_name()
    {
        var floor = Written(IfElopement);
        Told(floor).ShouldBe([$"If elopement: {Quiet} — Jordan Kim, day shift"]);
        Happens(floor, Opened(IncidentKind.Elopement), "15:30");
        Told(floor).ShouldBe([$"If elopement: {Quiet} — foreseen by Jordan Kim, day shift, came true at 15:30"]);
        floor.Does(new AnswerContingency(Only(floor).Id, "Walked with her") { Key = Maya }, Ruiz, "15:40");
        Told(floor).ShouldBe([$"If elopement: {Quiet} — answered at 15:40: Walked with her"]);
        Told(floor, since: "16:00").ShouldBeEmpty();
    }

    [Fact]
    public void What_is_written_must_be_whole_and_is_written_once()
    {
        var floor = Assigned()
            .Refuses(new WriteContingency(null, Quiet) { Key = Maya }, Kim, "14:00", "kind-missing")
            .Refuses(IfElopement with { Then = " " }, Kim, "14:00", "then-missing")
            .Refuses(IfElopement with { Then = new('x', 141) }, Kim, "14:00", "text-too-long")
            .Refuses(new WriteContingency(ConditionKind.Status, Quiet, Intensity: 2) { Key = Maya }, Kim, "14:00", "domain-missing")
            .Refuses(
                new WriteContingency(ConditionKind.Status, Quiet, Domain: BehaviorDomain.Mood) { Key = Maya },
                Kim,
                "14:00",
                "intensity-missing"
            )
            .Refuses(
                new WriteContingency(ConditionKind.Status, Quiet, Domain: BehaviorDomain.Mood, Intensity: 0) { Key = Maya },
                Kim,
                "14:00",
                "intensity-out-of-range"
            )
            .Does(IfElopement with { Domain = BehaviorDomain.Mood, Level = ObservationLevel.Q5 }, Kim, "14:00");
        Only(floor).If.ShouldBe(new Condition(ConditionKind.Incident, IncidentKind.Elopement));
        floor.Try(IfElopement, Kim, "14:01").ShouldBeEmpty();
        foreach (var n in Enumerable.Range(1, 11))
        {
            floor.Does(IfElopement with { Then = $"do {n}" }, Kim, "14:02");
        }

        floor.Refuses(IfElopement with { Then = "one more" }, Kim, "14:03", "contingencies-too-many");
    }

    private static BoardCard Card(Floor floor) =>
        BoardCard.ForStay(floor.Ward.Of<Stay>(Maya), (Rounding?)null, NewYork, At("15:30"), 1) with
        {
            Care = CardCare.FromCare(floor.Care, new Charge(), floor.Ward.Of<Unit>(Ward.West), null),
        };

    internal static OpenIncident Opened(IncidentKind kind, params Guid[] stays) =>
        new(kind, Ward.West, stays is [] ? [Scenario.TheStay] : stays) { Key = Guid.NewGuid().ToString() };

    private static OrderLevel Level(ObservationLevel level, DateTimeOffset? until = null) => new(level, "Reason", until) { Key = Maya };

    private static ObserveBehavior Observed(BehaviorDomain domain, int intensity) => new(domain, "as seen", intensity) { Key = Maya };

    private static WriteContingency AtTime(DateTimeOffset at) => new(ConditionKind.Time, Quiet, Time: at) { Key = Maya };

    /// <summary>Kim has the patient and writes it at 14:00 of the day shift.</summary>
    private static Floor Written(WriteContingency write) => Assigned().Does(write with { Key = Maya }, Kim, "14:00");

    private static void Happens(Floor floor, ICommand command, string clock)
    {
        floor.Does(new KeepStatusWithStay { Key = Maya }, Actor.Clock, clock).Does(command, People.Prescriber, clock);
        floor.Ward.Follow(At(clock));
        Follow(floor, clock);
    }

    /// <summary>The reaction as after a crash that lost its place: everything from the beginning.</summary>
    private static void Follow(Floor floor, string clock)
    {
        foreach (var command in floor.Ward.Log.ToList().SelectMany(FireContingencies.Reaction.React))
        {
            floor.Ward.Send(command, At(clock), Actor.Clock).Refusal.ShouldBeNull();
        }
    }

    private static Contingency Only(Floor floor) => floor.Care.Contingencies.ShouldHaveSingleItem();

    private static bool Pending(Floor floor, Guid stay) => floor.Ward.Of<Care>(stay.ToString()).Contingencies.Single().IsPending();

    private static int Fired(Floor floor) => floor.Ward.Log.Count(f => f.Event is ContingencyFired);

    private static IEnumerable<string> Told(Floor floor, string since = "07:00") =>
        Draft
            .FromEvents(HandoffTemplate.IPass, floor.Ward.Log.Where(f => f.Event is ContingencyEvent), At(since), NewYork)
            .Sections.SelectMany(s => s.Lines)
            .Select(l => l.Words);
}
