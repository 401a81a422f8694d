using Handoff.Domain.Status;
using static Handoff.Domain.Tests.Status.PatientStatusTests;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Status;

public class BehaviorTests
{
    [Fact]
    public void An_observation_says_what_was_seen_how_much_and_what_was_said()
    {
        var seen = Here()
            .When(new ObserveBehavior(BehaviorDomain.Mood, " hopeless ", 3, " I can't do this "), "10:00", People.Technician)
            .Then<BehaviorObserved>();
        seen.ShouldBe(new BehaviorObserved(At("10:00"), BehaviorDomain.Mood, "hopeless", 3, "I can't do this", null));
        seen.Sentence(NewYork).ShouldBe("Mood at 10:00: hopeless, severe. “I can't do this”");
    }

    [Theory]
    [InlineData(0, Change.Better, "better than usual")]
    [InlineData(1, Change.Same, "as usual")]
    [InlineData(2, Change.Worse, "worse than usual")]
    [InlineData(3, Change.Worse, "worse than usual")]
    public void Better_or_worse_follows_from_the_numbers(int intensity, Change change, string words)
    {
        var given = Here().When(new SetBaseline(BehaviorDomain.Speech, 1, "quiet"), "09:00").Given;
        var seen = given.When(new ObserveBehavior(BehaviorDomain.Speech, "loud", intensity), "10:00").Then<BehaviorObserved>();
        (seen.Baseline, seen.VersusBaseline()).ShouldBe((1, change));
        seen.Sentence(NewYork).ShouldContain($"({words})");
        given.State.ComparedSince(At("09:00")).ShouldHaveSingleItem().Change.ShouldBe(change);
        given.State.Changes(At("10:00")).Count.ShouldBe(change is Change.Same ? 0 : 1);
    }

    [Fact]
    public void Without_a_baseline_only_what_is_severe_stands_out()
    {
        var given = Here()
            .When(Low, "10:00")
            .Given.When(new ObserveBehavior(BehaviorDomain.Perception, "voices command", 3), "10:00")
            .Given;
        given
            .State.Changes(At("10:00"))
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(c => c.Words.ShouldBe("perception severe"), c => c.Change.ShouldBe(Change.Unknown));
        given.When(new SetBaseline(BehaviorDomain.Perception, 3), "10:05");
        given.State.Changes(At("10:05")).ShouldBeEmpty();
    }

    [Fact]
    public void The_worst_comes_first_and_a_day_later_it_is_no_longer_how_the_patient_is()
    {
        var given = Here();
        foreach (
            var (domain, usual, seen) in new[] { (BehaviorDomain.Mood, 1, 0), (BehaviorDomain.Speech, 1, 2), (BehaviorDomain.Motor, 0, 3) }
        )
        {
            given.When(new SetBaseline(domain, usual), "09:00");
            given.When(new ObserveBehavior(domain, "seen", seen), "10:00");
        }

        given.State.Changes(At("10:00")).Select(c => c.Words).ShouldBe(["motor ↓ worse", "speech ↓ worse", "mood ↑ better"]);
        given.State.Changes(At("10:01").AddDays(1)).ShouldBeEmpty();
    }

    [Fact]
    public void A_late_entry_does_not_become_how_the_patient_is()
    {
        var given = Here().When(Low, "10:00").Given;
        given.When(new ObserveBehavior(BehaviorDomain.Mood, "calm", 0, At: At("09:00")), "10:30").Then<BehaviorObserved>();
        given.State.Latest(BehaviorDomain.Mood)!.Descriptor.ShouldBe("low");
        given.When(new ObserveBehavior(BehaviorDomain.Mood, "calm", 0, At: At("09:00")), "10:31").ThenNothing();
    }

    [Fact]
    public void An_observation_without_what_must_be_said_is_refused()
    {
        Here().When(Low with { Domain = null }, "10:00").Then("domain-missing");
        Here().When(Low with { Descriptor = " " }, "10:00").Then("descriptor-missing");
        Here().When(Low with { Descriptor = new('x', 61) }, "10:00").Then("text-too-long");
        Here().When(Low with { Intensity = null }, "10:00").Then("intensity-missing");
        Here().When(Low with { Intensity = 4 }, "10:00").Then("intensity-out-of-range");
        Here().When(Low with { Intensity = -1 }, "10:00").Then("intensity-out-of-range");
        Here().When(Low with { Quote = new('x', 2_001) }, "10:00").Then("text-too-long");
        Here().When(new SetBaseline(BehaviorDomain.Mood, null), "10:00").Then("intensity-missing");
        Here().When(new SetBaseline(null, 1), "10:00").Then("domain-missing");
    }

    [Fact]
    public void A_baseline_that_changes_says_what_it_was()
    {
        var given = Here().When(new SetBaseline(BehaviorDomain.Mood, 2, "low"), "09:00").Given;
        given.When(new SetBaseline(BehaviorDomain.Mood, 2, "low"), "09:05").ThenNothing();
        given
            .When(new SetBaseline(BehaviorDomain.Mood, 1), "10:00")
            .Then<BaselineSet>()
            .Sentence(NewYork)
            .ShouldBe("Baseline of mood set at 10:00: mild (was moderate)");
        given.When(new TakeBackEntry(given.State.BaselineOf(BehaviorDomain.Mood)!.Id, "Wrong patient"), "10:05");
        given.State.BaselineOf(BehaviorDomain.Mood)!.Intensity.ShouldBe(2);
    }

    [Fact]
    public void Every_domain_has_its_usual_words() =>
        Enum.GetValues<BehaviorDomain>().ShouldAllBe(d => d.Usual().Count >= 5 && d.Usual().All(w => w.Length <= Behavior.DescriptorLimit));
}
