using Handoff.Domain.Kernel;
using Handoff.Domain.Status;
using static Handoff.Domain.Tests.Status.PatientStatusTests;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Status;

public class PrecautionTests
{
    private static readonly StartPrecaution Suicide = new(PrecautionKind.Suicide, "Told staff of a plan");

    [Fact]
    public void A_precaution_is_started_with_a_reason_and_is_reviewed_within_a_day()
    {
        var given = Here()
            .When(Suicide, "10:00", People.Nurse)
            .Then(new PrecautionStarted(At("10:00"), PrecautionKind.Suicide, null, "Told staff of a plan", At("10:00").AddDays(1)));
        given.State.Deadlines().ShouldHaveSingleItem().Due.ShouldBe(At("10:00").AddDays(1));
        given.When(Suicide, "10:05").ThenNothing();
        given.State.ActivePrecautions().ShouldHaveSingleItem().Words().ShouldBe("Suicide");
    }

    [Fact]
    public void A_precaution_without_what_must_be_said_is_refused()
    {
        Here().When(Suicide with { Kind = null }, "10:00").Then("kind-missing");
        Here().When(Suicide with { Reason = " " }, "10:00").Then("reason-missing");
        Here().When(Suicide with { Kind = PrecautionKind.Other }, "10:00").Then("name-missing");
        Here().When(Suicide with { Name = new('x', 41) }, "10:00").Then("text-too-long");
        Here().When(new ReviewPrecaution(null), "10:00").Then("precaution-missing");
        Here().When(new ReviewPrecaution(Scenario.Another), "10:00").Then("precaution-unknown");
        Here().When(new EndPrecaution(Scenario.Another, "Calm"), "10:00").Then("precaution-unknown");
    }

    [Fact]
    public void Several_of_one_kind_are_told_apart_by_name()
    {
        var given = Here()
            .When(new StartPrecaution(PrecautionKind.Medical, "Diabetes", "insulin"), "10:00")
            .Given.When(new StartPrecaution(PrecautionKind.Medical, "Wound", "dressing"), "10:00")
            .Given.When(new StartPrecaution(PrecautionKind.Other, "Hides food", "Choking"), "10:00")
            .Given;
        given.State.ActivePrecautions().Select(p => p.Words()).ShouldBe(["Medical: insulin", "Medical: dressing", "Choking"]);
    }

    [Fact]
    public void A_review_that_is_late_is_said_once_and_a_review_sets_the_next()
    {
        var given = Here().When(Suicide, "10:00").Given;
        var id = given.State.Precautions[0].Id;
        given.When(new FindReviewOverdue(id), At("09:59").AddDays(1)).ThenNothing();
        given
            .When(new FindReviewOverdue(id), At("10:00").AddDays(1))
            .Then<PrecautionReviewOverdue>()
            .Sentence(NewYork)
            .ShouldBe("Not reviewed by Thu 19 Nov 10:00: Suicide precaution.");
        given.When(new FindReviewOverdue(id), At("10:00").AddDays(2)).ThenNothing();
        given.State.Deadlines().ShouldBeEmpty();
        given.State.Precautions[0].IsReviewOverdue(At("10:00").AddDays(1)).ShouldBeTrue();
        given
            .State.OpenLoops()
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                l => l.Words.ShouldBe("review of precautions: Suicide"),
                l => l.Due.ShouldBe(At("10:00").AddDays(1)),
                l => l.Stay.ShouldBe(Scenario.TheStay)
            );
        given
            .When(new ReviewPrecaution(id, "Still says so"), At("11:00").AddDays(1), People.Nurse)
            .Then<PrecautionReviewed>()
            .ReviewBy.ShouldBe(At("11:00").AddDays(2));
        given.State.Precautions[0].IsReviewOverdue(At("11:00").AddDays(1)).ShouldBeFalse();
        given.State.OpenLoops().ShouldBeEmpty();
        given.State.Deadlines().ShouldHaveSingleItem().Due.ShouldBe(At("11:00").AddDays(2));
    }

    [Fact]
    public void A_review_taken_back_makes_the_old_one_due_again()
    {
        var given = Here().When(Suicide, "10:00").Given;
        var id = given.State.Precautions[0].Id;
        given.When(new ReviewPrecaution(id), "20:00");
        given.When(new TakeBackEntry(given.State.Precautions[0].Reviews[0].Id, "Another patient"), "20:05").Then<StatusEntryTakenBack>();
        given.State.Precautions[0].ReviewBy().ShouldBe(At("10:00").AddDays(1));
    }

    [Fact]
    public void A_precaution_is_ended_with_a_reason_and_can_be_started_anew()
    {
        var given = Here().When(Suicide, "10:00").Given;
        var id = given.State.Precautions[0].Id;
        given.When(new EndPrecaution(id, ""), "12:00").Then("reason-missing");
        given
            .When(new EndPrecaution(id, "No plan, says so himself"), "12:00", People.Nurse)
            .Then<PrecautionEnded>()
            .Sentence(NewYork)
            .ShouldBe("Precaution ended at 12:00: Suicide. No plan, says so himself");
        given.When(new EndPrecaution(id, "Again"), "12:01").ThenNothing();
        given.When(new ReviewPrecaution(id), "12:01").Then("precaution-over");
        given.State.ActivePrecautions().ShouldBeEmpty();
        given.State.Deadlines().ShouldBeEmpty();
        given.When(Suicide, "13:00").Then<PrecautionStarted>();
    }

    [Fact]
    public void An_end_in_error_leaves_the_precaution_in_force()
    {
        var given = Here().When(Suicide, "10:00").Given;
        given.When(new EndPrecaution(given.State.Precautions[0].Id, "Calm"), "12:00");
        given
            .When(new TakeBackEntry(given.State.Precautions[0].Ended!.Id, "Another patient"), "12:05")
            .Then<StatusEntryTakenBack>()
            .What.ShouldBe("the end of a precaution");
        given.State.ActivePrecautions().ShouldHaveSingleItem();
        given.State.Deadlines().ShouldHaveSingleItem();
    }

    [Fact]
    public void Nobody_is_asked_to_review_after_the_discharge()
    {
        var given = Here().When(Suicide, "10:00").Given.And($"patient_status-{Scenario.TheStay}", new StatusClosed(At("11:00")));
        given.State.Deadlines().ShouldBeEmpty();
        given.When(new FindReviewOverdue(given.State.Precautions[0].Id), At("10:00").AddDays(2)).ThenNothing();
    }

    [Fact]
    public void Old_ends_are_forgotten_and_what_is_in_force_never_is()
    {
        var given = Here().When(Suicide, "10:00").Given;
        for (var i = 1; i <= 20; i++)
        {
            given.When(new StartPrecaution(PrecautionKind.Fall, "Unsteady"), At("10:00").AddMinutes(i));
            given.When(new EndPrecaution(given.State.ActivePrecautions()[^1].Id, "Steady"), At("10:00").AddMinutes(i));
        }

        given.State.Precautions.Count.ShouldBe(7);
        given.State.ActivePrecautions().ShouldHaveSingleItem().Kind.ShouldBe(PrecautionKind.Suicide);
    }

    [Fact]
    public void A_clock_says_every_review_that_is_late()
    {
        var given = Here().When(Suicide, "10:00").Given.When(new StartPrecaution(PrecautionKind.Fall, "Unsteady"), "10:30").Given;
        given.Ward.Restart();
        given.Ward.Lapse(At("12:00").AddDays(3));
        given
            .Ward.Log.Select(l => l.Event)
            .OfType<PrecautionReviewOverdue>()
            .Select(e => e.Kind)
            .ShouldBe([PrecautionKind.Suicide, PrecautionKind.Fall]);
    }
}
