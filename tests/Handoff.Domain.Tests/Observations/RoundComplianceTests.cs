using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Observations.RoundingTests;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Observations;

/// <summary>Compliance is computed from both times of a check: when the patient was seen, and when that was entered.</summary>
public class RoundComplianceTests
{
    [Fact]
    public void Rounds_that_are_made_and_entered_in_time_are_in_time_by_both()
    {
        var given = Rounded();
        Look(given, "08:10", "08:22", "08:36", "08:50");
        Told(given, "09:00").ShouldBe(new(4, 4, 4, 4, 0));
    }

    [Fact]
    public void A_limit_that_passed_is_due_and_not_in_time_and_each_limit_in_a_row_counts()
    {
        var given = Rounded();
        Look(given, "08:10", "08:22", "08:55");
        Told(given, "09:00").ShouldBe(new(4, 2, 4, 2, 0));
        Told(given, "09:26").ShouldBe(new(6, 2, 6, 2, 0));
    }

    [Fact]
    public void A_check_that_was_entered_late_is_in_time_only_by_what_it_says()
    {
        var given = Rounded();
        Look(given, "08:10", "08:22", "08:50");
        given.When(new RecordCheck("Day room", false, At: At("08:36")), "08:55");
        Told(given, "09:00").ShouldBe(new(4, 4, 3, 2, 1));
    }

    [Fact]
    public void What_was_struck_and_the_time_of_a_pause_count_for_nothing()
    {
        var given = Rounded();
        Look(given, "08:10", "08:22");
        given.When(new PauseObservation("procedure", At("10:00")), "08:30");
        given.When(new ResumeObservation(), "09:30");
        Look(given, "09:31", "09:45");
        given.When(new TakeBackCheck(given.State.Last()!.Check, "other patient"), "09:46");
        Told(given, "09:50").ShouldBe(new(4, 3, 4, 3, 0));
        Told(given, "09:47").ShouldBe(Told(given, "09:50"));
    }

    private static void Look(Given<Rounding> given, params string[] times)
    {
        foreach (var time in times)
        {
            given.When(new RecordCheck("Day room", false), time);
        }
    }

    private static RoundCompliance Told(Given<Rounding> given, string now) =>
        RoundCompliance.FromHistory(given.Ward.Of<RoundingHistory>(Scenario.TheStay.ToString()), At("08:00"), At("12:00"), At(now));
}
