using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Scenario;

namespace Handoff.Domain.Tests.Units;

public class WatchingTests
{
    [Theory]
    [InlineData("nap", "Nap", 60, "pause-reason-on-unit", "“Nap”: ")]
    [InlineData("resting", "In the quiet room", 60, "pause-reason-on-unit", "“In the quiet room”: ")]
    [InlineData("Court", "Court", 60, "pause-reason-id-invalid", "“Court”: ")]
    [InlineData("court", " ", 60, "pause-reason-name-invalid", "“court”: ")]
    [InlineData("court", "Court", 0, "pause-length-out-of-range", "“Court”: ")]
    [InlineData("court", "Court", 1441, "pause-length-out-of-range", "“Court”: ")]
    public void A_reason_that_is_refused_is_named(string id, string name, int minutes, string code, string begins)
    {
        var refusal = Given<Unit>()
            .When(new SetPauseReasons([new("visit", "Visit", 60), new(id, name, minutes)]), "08:00")
            .Decision.Refusal!;
        (refusal.Code, refusal.Field).ShouldBe((code, "reasons"));
        refusal.Says.ShouldStartWith(begins);
    }

    [Fact]
    public void Reasons_are_some_each_once_and_whatever_the_capitals()
    {
        Given<Unit>().When(new SetPauseReasons([]), "08:00").Then("reasons-missing");
        Given<Unit>()
            .When(new SetPauseReasons([.. Enumerable.Range(0, 21).Select(n => new PauseReason($"r{n}", $"Place {n}", 60))]), "08:00")
            .Then("pause-reasons-too-many");
        Given<Unit>()
            .When(new SetPauseReasons([new("court", "Court", 60), new("court-2", "COURT", 60)]), "08:00")
            .Then("pause-reason-twice");
        Given<Unit>().When(new SetPauseReasons(Pauses.Usual), "08:00").ThenNothing();
    }

    [Theory]
    [InlineData("MRI / X-ray", "mri-x-ray")]
    [InlineData("Court", "court-2")]
    [InlineData("Überweisung", "berweisung")]
    [InlineData("法院", "reason")]
    [InlineData("A very long name of a place that is far away indeed", "a-very-long-name-of-a-place-that-is")]
    public void A_reason_that_somebody_names_gets_an_id_that_no_other_has(string name, string id)
    {
        Pauses.IdFor(name, ["court", "visit"]).ShouldBe(id);
        Unit.IsId(id).ShouldBeTrue();
    }

    [Fact]
    public void Watch_rules_stay_within_what_is_safe_and_say_themselves()
    {
        Given<Unit>().When(new SetWatchRules(null, 5), "08:00").Then("misses-in-a-row-missing");
        Given<Unit>().When(new SetWatchRules(5, 5), "08:00").Then("misses-out-of-range");
        Given<Unit>().When(new SetWatchRules(2, 31), "08:00").Then("bathroom-minutes-out-of-range");
        Given<Unit>().When(new SetWatchRules(2, 5), "08:00").ThenNothing();
        var none = Given<Unit>().When(new SetWatchRules(1, 5, []), "08:00");
        none.State.WatchRules.IsBathroom("Bathroom").ShouldBeFalse();
        none.Decision.Events[0]
            .Sentence(UnitTime.Utc)
            .ShouldBe("A concern is raised after 1 missed limits in a row; no place counts as a bathroom.");
    }
}
