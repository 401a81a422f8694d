using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Handoffs.Floor;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Handoffs;

/// <summary>The next shift is staffed ahead.</summary>
public class StaffingTests
{
    private const string Tomorrow = "2-west.2026-11-19.day";

    [Fact]
    public void Any_coming_shift_is_planned_by_who_is_in_charge_and_nobody_is_on_it_by_that()
    {
        var floor = Assigned()
            .Refuses(new PlanShift([Kim.Staff]) { Key = Tomorrow }, Kim, "14:50", "needs-charge")
            .Does(new PlanShift([Ruiz.Staff, Kim.Staff, Kim.Staff]) { Key = Tomorrow }, Ortiz, "14:51");
        var shift = floor.Ward.Of<Shift>(Tomorrow);
        (shift.Planned.Select(p => p.Id).ToList(), shift.On().Count()).ShouldSatisfyAllConditions(
            s => s.Item1.ShouldBe(["ruiz", "kim"]),
            s => s.Item2.ShouldBe(0)
        );
        floor.Try(new PlanShift([Kim.Staff, Ruiz.Staff]) { Key = Tomorrow }, Ortiz, "14:52").ShouldBeEmpty();
        floor
            .Refuses(new PlanShift(null) { Key = Tomorrow }, Ortiz, "14:53", "people-missing")
            .Refuses(new PlanShift([]) { Key = "2-west.2026-11-17.day" }, Ortiz, "14:53", "shift-over")
            .Refuses(new PlanShift([]) { Key = "2-west.2027-03-01.day" }, Ortiz, "14:53", "shift-too-far")
            .Refuses(
                new PlanShift([new("wall", "Wall", Domain.Access.Role.Display)]) { Key = Tomorrow },
                Ortiz,
                "14:53",
                "not-a-person-on-the-floor"
            );
    }

    [Fact]
    public void Who_is_planned_is_assigned_ahead_and_accepts_once_they_are_on()
    {
        var floor = Assigned()
            .Refuses(new AssignPatient("park", Night) { Key = Maya }, Ortiz, "14:50", "person-not-on")
            .Does(new PlanShift([Park.Staff]) { Key = Night }, Ortiz, "14:51");
        floor
            .Does(new AssignPatient("park", Night) { Key = Maya }, Ortiz, "14:52")
            .Does(new JudgeSeverity(IllnessSeverity.Stable) { Key = Maya }, Kim, "14:53")
            .Does(Submit(), Kim, "14:54");
        floor
            .Refuses(new AcceptHandoff { Key = Maya }, Park, "20:00", "not-on-shift")
            .Does(new ComeOn { Key = Night }, Park, "22:50")
            .Does(new AcceptHandoff { Key = Maya }, Park, "22:51");
    }

    [Fact]
    public void The_last_shift_like_it_is_the_one_of_a_week_ago_then_the_nearest()
    {
        var unit = Assigned().Ward.Of<Unit>(Ward.West);
        var alike = Staffing.Alike(unit, unit.In(Tomorrow)!, At("15:00"));
        alike.Select(s => s.Date.Day).Take(3).ShouldBe([12, 18, 17]);
        alike.ShouldAllBe(s => s.Name == "Day");
        Staffing.Ahead(unit, At("15:30")).Select(s => s.Name).Take(4).ShouldBe(["Evening", "Night", "Day", "Evening"]);
    }

    [Fact]
    public void An_assignment_is_suggested_in_balance_with_its_reasons()
    {
        HandoffPatient Patient(
            string bed,
            ObservationLevel level,
            IllnessSeverity severity = IllnessSeverity.Stable,
            Staff? responsible = null
        ) =>
            new(
                NamedId.From("patient", bed),
                bed,
                bed,
                level.UsualName(),
                responsible,
                responsible is null,
                false,
                null,
                null,
                severity,
                HandoffStanding.Untouched,
                0,
                null,
                null,
                null
            )
            {
                Watched = level,
            };
        List<HandoffPatient> patients =
        [
            Patient("1", ObservationLevel.OneToOne),
            Patient("2", ObservationLevel.OneToOne),
            Patient("3", ObservationLevel.Q15, IllnessSeverity.Watcher),
            Patient("4", ObservationLevel.Q15, responsible: Ruiz.Staff),
            Patient("5", ObservationLevel.Q15),
            Patient("6", ObservationLevel.Q15),
        ];
        var suggested = Balance.Suggest(patients, [Kim.Staff, Ruiz.Staff, Osei.Staff], NewYork);
        suggested.Select(s => s.To.Id).ShouldNotContain("osei");
        suggested.Take(2).Select(s => s.To.Id).Distinct().Count().ShouldBe(2);
        suggested
            .Single(s => s.Stay == patients[3].Stay)
            .ShouldSatisfyAllConditions(s => s.To.Id.ShouldBe("ruiz"), s => s.Why.ShouldStartWith("has them now"));
        suggested.ShouldAllBe(s => s.Why.Length > 0);
        var loads = Balance.Loads(suggested, patients);
        (loads.Max(l => l.Weight) - loads.Min(l => l.Weight)).ShouldBeLessThanOrEqualTo(1.5);
        Balance.Suggest(patients, [Osei.Staff], NewYork).ShouldAllBe(s => s.To.Id == "osei");
        Balance.Suggest(patients, [], NewYork).ShouldBeEmpty();
    }
}
