using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;

namespace Handoff.Domain.Tests.Tasks;

public class CareTaskTests
{
    private static readonly Guid Patient = Scenario.Another;
    private static readonly TaskOwner Nurses = new(Role.Nurse);
    private static readonly RaiseTask Call = new("Call the sister back", Nurses, Times.At("14:00"), Patient);

    [Fact]
    public void A_task_is_raised_for_a_patient_on_the_patients_unit() =>
        Admitted()
            .When(Call, "10:00", People.Technician)
            .Then(new TaskRaised(Times.At("10:00"), Ward.West, Patient, "Call the sister back", Nurses, Times.At("14:00")));

    [Fact]
    public void A_task_is_raised_for_a_unit_or_from_an_event_or_a_line_of_a_handover() =>
        Scenario
            .Given<CareTask>()
            .When(
                new RaiseTask(
                    " Count \n sharps ",
                    new(Role.ChargeNurse),
                    Times.At("14:00"),
                    Unit: Ward.East,
                    From: new(Patient, " line-4 ")
                ),
                "10:00"
            )
            .Then(
                new TaskRaised(
                    Times.At("10:00"),
                    Ward.East,
                    null,
                    "Count   sharps",
                    new(Role.ChargeNurse),
                    Times.At("14:00"),
                    new(Patient, "line-4")
                )
            );

    [Fact]
    public void The_same_task_is_raised_once() => Raised().When(Call with { Text = "Another" }, "10:05").ThenNothing();

    [Theory]
    [InlineData("", "text-missing")]
    [InlineData("text", "owner-missing")]
    public void A_task_says_what_and_who(string text, string code) =>
        Admitted().When(Call with { Text = text, Owner = new(null) }, "10:00").Then(code);

    [Fact]
    public void A_task_is_due_later_than_now_and_within_a_year()
    {
        Admitted().When(Call with { Due = null }, "10:00").Then("due-missing");
        Admitted().When(Call with { Due = Times.At("10:00") }, "10:00").Then("due-in-past");
        Admitted().When(Call with { Due = Times.At("10:00").AddYears(2) }, "10:00").Then("time-absurd");
        Admitted().When(Call with { Text = new string('x', CareTask.TextLimit + 1) }, "10:00").Then("text-too-long");
    }

    [Fact]
    public void A_task_needs_a_patient_who_is_here_or_a_unit_that_is_open()
    {
        Scenario.Given<CareTask>().When(Call, "10:00").Then("stay-unknown");
        Admitted().And($"stay-{Patient}", new Discharged(Times.At("09:00"))).When(Call, "10:00").Then("stay-over");
        Admitted().When(Call with { Stay = null }, "10:00").Then("unit-missing");
        Admitted().When(Call with { Stay = null, Unit = "9-north" }, "10:00").Then("unit-unknown");
        Admitted().When(Call, "10:00", People.Nurse with { Units = new HashSet<string> { Ward.East } }).Then("unit-not-yours");
        Admitted().When(Call with { Key = "not-a-uuid" }, "10:00").Then("task-id-invalid");
    }

    [Fact]
    public void Whoever_takes_it_owns_it_and_nobody_takes_it_from_them()
    {
        var taken = Raised().When(new TakeTask(), "10:10", People.Nurse);
        taken.Then(new TaskTaken(Times.At("10:10"), "Call the sister back", TaskOwner.ForStaff(People.Nurse.Staff)));
        taken.State.Owner.Is(People.Nurse.Staff).ShouldBeTrue();
        taken.Given.When(new TakeTask(), "10:11", People.Nurse).ThenNothing();
        taken.Given.When(new TakeTask(), "10:12", People.Technician).Then("task-taken");
    }

    [Fact]
    public void A_task_that_is_done_says_what_came_of_it_and_stays_done()
    {
        var done = Raised().When(new FinishTask("She visits on Sunday"), "10:20", People.Technician);
        done.Then<TaskDone>().Sentence(Times.NewYork).ShouldBe("Task done at 10:20: Call the sister back – She visits on Sunday");
        (done.State.IsOpen(), done.State.DoneBy, done.State.OnUnit()).ShouldBe((false, "Sam Ortiz", null));
        done.Given.When(new FinishTask(), "10:21").ThenNothing();
        done.Given.When(new DeferTask(Times.At("16:00"), "later"), "10:22").Then("task-done");
        done.State.Deadlines().ShouldBeEmpty();
        done.State.OpenLoops().ShouldBeEmpty();
    }

    [Fact]
    public void How_often_it_was_put_off_is_kept()
    {
        var once = Raised().When(new DeferTask(Times.At("16:00"), "Not reached"), "13:00", People.Nurse).Given;
        var twice = once.When(new DeferTask(Times.At("18:00"), "Line busy"), "15:00", People.Technician);
        twice
            .Then<TaskDeferred>()
            .Sentence(Times.NewYork)
            .ShouldBe("Task deferred to Wed 18 Nov 18:00, for the 2nd time: Call the sister back (Line busy)");
        twice
            .State.Deferrals.Select(d => (d.By, d.From, d.Reason))
            .ShouldBe([("Ana Reyes", Times.At("14:00"), "Not reached"), ("Sam Ortiz", Times.At("16:00"), "Line busy")]);
    }

    [Fact]
    public void To_put_off_needs_a_later_time_and_a_reason()
    {
        Raised().When(new DeferTask(null, "x"), "13:00").Then("until-missing");
        Raised().When(new DeferTask(Times.At("13:30"), "x"), "13:00").Then("deferral-earlier");
        Raised().When(new DeferTask(Times.At("12:00"), "x"), "13:00").Then("due-in-past");
        Raised().When(new DeferTask(Times.At("16:00"), " "), "13:00").Then("reason-missing");
        Raised().When(new DeferTask(Times.At("14:00"), "x"), "13:00").Then("deferral-earlier");
    }

    [Fact]
    public void The_same_deferral_again_changes_nothing()
    {
        var defer = new DeferTask(Times.At("16:00"), "Not reached");
        Raised().When(defer, "13:00").Given.When(defer, "13:01").ThenNothing();
    }

    [Fact]
    public void It_is_passed_on_to_a_person_or_a_role_with_a_reason_and_may_then_be_taken()
    {
        var to = new TaskOwner(null, "p-7", "Leo Park");
        var passed = Raised()
            .When(new TakeTask(), "10:10", People.Nurse)
            .Given.When(new ReownTask(to, "Off to court"), "11:00", People.Nurse);
        passed.Then(new TaskReowned(Times.At("11:00"), "Call the sister back", TaskOwner.ForStaff(People.Nurse.Staff), to, "Off to court"));
        passed.State.TakenAt.ShouldBeNull();
        passed.Given.When(new ReownTask(to with { Role = Role.Nurse }, "again"), "11:05").ThenNothing();
        Raised().When(new ReownTask(null, "x"), "11:00").Then("owner-missing");
        Raised().When(new ReownTask(to, null), "11:00").Then("reason-missing");
    }

    [Fact]
    public void What_was_never_raised_is_not_there() => Scenario.Given<CareTask>().When(new TakeTask(), "10:00").Then("task-unknown");

    [Fact]
    public void An_overdue_task_is_said_once_for_each_time_that_it_is_due()
    {
        var ward = Raised().Ward;
        ward.Lapse(Times.At("13:59"));
        Overdue(ward).ShouldBeEmpty();
        ward.Lapse(Times.At("15:30"));
        ward.Restart();
        ward.Lapse(Times.At("15:31"));
        Overdue(ward).ShouldBe([Times.At("14:00")]);
        ward.Send(new DeferTask(Times.At("16:00"), "Not reached") { Key = Scenario.TheStay.ToString() }, Times.At("15:40"));
        ward.Lapse(Times.At("16:00"));
        Overdue(ward).ShouldBe([Times.At("14:00"), Times.At("16:00")]);
    }

    [Fact]
    public void An_open_task_is_an_open_loop_of_its_patient()
    {
        var loop = Raised().State.OpenLoops().ShouldHaveSingleItem();
        (loop.Kind, loop.Stay, loop.Since, loop.Due).ShouldBe(("task", Patient, Times.At("10:00"), Times.At("14:00")));
        loop.Words.ShouldBe("Call the sister back · any nurse");
    }

    [Fact]
    public void A_patients_task_goes_with_them_to_another_unit_once()
    {
        var moved = Raised().And($"stay-{Patient}", new Transferred(Times.At("11:00"), Ward.West, "1", Ward.East, "2"));
        moved
            .When(new MoveTask(), "11:01", Actor.Clock)
            .Then(new TaskMoved(Times.At("11:01"), "Call the sister back", Ward.East))
            .State.OnUnit()
            .ShouldBe(Ward.East);
        moved.When(new MoveTask(), "11:02", Actor.Clock).ThenNothing();
        Raised().When(new MoveTask(), "11:01", Actor.Clock).ThenNothing();
    }

    private static Given<CareTask> Admitted() =>
        Scenario.Given<CareTask>().And($"stay-{Patient}", new Admitted(Times.At("08:00"), new("M1", "Chen", "Luis"), Ward.West, "1", null));

    private static Given<CareTask> Raised() => Admitted().When(Call, "10:00").Given;

    private static List<DateTimeOffset> Overdue(Ward ward) =>
        [.. ward.Log.Select(l => l.Event).OfType<TaskOverdue>().Select(e => e.OccurredAt)];
}
