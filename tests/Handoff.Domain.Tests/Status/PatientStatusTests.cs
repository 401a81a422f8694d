using Handoff.Domain.Kernel;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;
using static Handoff.Domain.Tests.Ward;

namespace Handoff.Domain.Tests.Status;

public class PatientStatusTests
{
    /// <summary>A patient who came at 08:00.</summary>
    internal static Given<PatientStatus> Here(params Event[] events) =>
        Given<PatientStatus>([new StatusPlaced(At("08:00"), West, At("08:00")), .. events]);

    internal static readonly ObserveBehavior Low = new(BehaviorDomain.Mood, "low", 2);

    private static readonly Patient Someone = new("1", "Chen", "Luis");

    private static IEnumerable<Command<PatientStatus>> EveryWish() =>
        [
            Low,
            new SetBaseline(BehaviorDomain.Mood, 1),
            new RecordMeal(Meal.Lunch, 50),
            new RecordPreference(PreferenceKind.Calms, "Music"),
            new StartPrecaution(PrecautionKind.Fall, "Unsteady"),
            new ReviewPrecaution(Another),
            new EndPrecaution(Another, "Steady"),
            new TakeBackEntry(Another, "Wrong patient"),
        ];

    [Fact]
    public void Nothing_is_recorded_of_whom_nobody_knows()
    {
        foreach (var wish in EveryWish())
        {
            Given<PatientStatus>().When(wish, "10:00").Then("stay-unknown");
        }
    }

    [Fact]
    public void After_the_discharge_only_what_was_before_it_is_recorded()
    {
        foreach (var wish in EveryWish().Where(w => w is not TakeBackEntry))
        {
            Here(new StatusClosed(At("11:00"))).When(wish, "12:00").Then("stay-over");
        }

        Here(new StatusClosed(At("11:00")))
            .When(Low with { At = At("10:30") }, "12:00")
            .Then<BehaviorObserved>()
            .OccurredAt.ShouldBe(At("10:30"));
    }

    [Theory]
    [InlineData("10:03", "time-in-future")]
    [InlineData("07:57", "time-before-stay")]
    public void An_entry_is_neither_from_the_future_nor_from_before_the_stay(string at, string code)
    {
        Here().When(Low with { At = At(at) }, "10:00").Then(code);
        Here().When(new RecordMeal(Meal.Lunch, 50, At: At(at)), "10:00").Then(code);
        Here().When(new StartPrecaution(PrecautionKind.Fall, "Unsteady", At: At(at)), "10:00").Then(code);
    }

    [Fact]
    public void The_status_follows_the_stay_from_door_to_door()
    {
        var ward = Usual();
        var key = TheStay.ToString();
        ward.Record($"stay-{key}", At("09:00"), new Admitted(At("09:00"), Someone, West, "1", null));
        Follow("09:01").ShouldBe([new StatusPlaced(At("09:01"), West, At("09:00"))]);
        Follow("09:02").ShouldBeEmpty();
        ward.Of<PatientStatus>(key).OnUnit().ShouldBe(West);
        ward.Record($"stay-{key}", At("10:00"), new Transferred(At("10:00"), West, "1", East, "2"));
        Follow("10:00").ShouldBe([new StatusPlaced(At("10:00"), East, At("09:00"))]);
        ward.Record($"stay-{key}", At("11:00"), new Discharged(At("11:00")));
        Follow("11:01").ShouldBe([new StatusClosed(At("11:00"))]);
        ward.Of<PatientStatus>(key).OnUnit().ShouldBeNull();
        ward.Record($"stay-{key}", At("12:00"), new DischargeCancelled(At("12:00")));
        Follow("12:00").ShouldHaveSingleItem().ShouldBeOfType<StatusPlaced>();
        ward.Of<PatientStatus>(key).OnUnit().ShouldBe(East);

        IReadOnlyList<Event> Follow(string clock) => ward.Send(new KeepStatusWithStay { Key = key }, At(clock), Actor.Clock).Events;
    }

    [Fact]
    public void An_entry_in_error_is_taken_back_with_a_reason_and_once()
    {
        var given = Here(new BehaviorObserved(At("09:00"), BehaviorDomain.Mood, "calm", 0, null, null)).When(Low, "10:00").Given;
        var entry = given.State.Latest(BehaviorDomain.Mood)!.Id;
        given.When(new TakeBackEntry(entry, " "), "10:05").Then("reason-missing");
        given.When(new TakeBackEntry(null, "Wrong patient"), "10:05").Then("entry-missing");
        given.When(new TakeBackEntry(Another, "Wrong patient"), "10:05").Then("entry-not-recent");
        var taken = given.When(new TakeBackEntry(entry, "Wrong patient"), "10:05", People.Technician).Then<StatusEntryTakenBack>();
        taken.Sentence(NewYork).ShouldBe("Entered in error, an observation: Wrong patient");
        given.State.Latest(BehaviorDomain.Mood)!.Descriptor.ShouldBe("calm");
        given.When(new TakeBackEntry(entry, "Wrong patient"), "10:06").ThenNothing();
    }

    [Fact]
    public void Who_may_not_make_an_entry_may_not_take_it_back()
    {
        var given = Here()
            .When(new StartPrecaution(PrecautionKind.Suicide, "Told staff of a plan"), "10:00")
            .Given.When(new SetBaseline(BehaviorDomain.Mood, 1), "10:00")
            .Given;
        foreach (var entry in new[] { given.State.Precautions[0].Id, given.State.Baselines[0].Id })
        {
            given.When(new TakeBackEntry(entry, "Mistake"), "10:05", People.Technician).Then("entry-not-yours");
            given.When(new TakeBackEntry(entry, "Mistake"), "10:05", People.Nurse).Then<StatusEntryTakenBack>();
        }
    }

    [Fact]
    public void Everything_that_is_remembered_can_be_taken_back_and_little_is_remembered()
    {
        var given = Here();
        for (var i = 0; i < 30; i++)
        {
            given.When(Low with { Intensity = i % 4 }, At("10:00").AddMinutes(i));
            given.When(new RecordPreference(PreferenceKind.Calms, $"Song {i}"), At("10:00").AddMinutes(i));
            given.When(new SetBaseline(BehaviorDomain.Mood, i % 4), At("10:00").AddMinutes(i));
        }

        given.State.Observations.Count.ShouldBe(3);
        given.State.Preferences.Count.ShouldBe(3);
        given.State.Baselines.Count.ShouldBe(3);
        foreach (var entry in given.State.Observations.Concat<StatusEntry>(given.State.Preferences).Concat(given.State.Baselines).ToList())
        {
            given.When(new TakeBackEntry(entry.Id, "Practice"), "11:00").Then<StatusEntryTakenBack>();
        }

        given.State.ShouldSatisfyAllConditions(
            s => s.Observations.ShouldBeEmpty(),
            s => s.Preferences.ShouldBeEmpty(),
            s => s.Baselines.ShouldBeEmpty()
        );
    }

    [Fact]
    public void A_preference_stands_until_other_words_are_recorded()
    {
        var given = Here()
            .When(new RecordPreference(PreferenceKind.Triggers, " Being touched from behind "), "10:00", People.Technician)
            .Then(new PreferenceRecorded(At("10:00"), PreferenceKind.Triggers, "Being touched from behind"));
        given.When(new RecordPreference(PreferenceKind.Triggers, "Being touched from behind"), "10:01").ThenNothing();
        given
            .When(new RecordPreference(PreferenceKind.Calms, "Walking with staff"), "10:02")
            .Then<PreferenceRecorded>()
            .Sentence(NewYork)
            .ShouldBe("What calms: Walking with staff");
        given.When(new RecordPreference(PreferenceKind.Triggers, "Shouting"), "10:03");
        given.State.CurrentPreferences().Select(p => p.Words).ShouldBe(["Walking with staff", "Shouting"]);
        given.When(new RecordPreference(null, "Shouting"), "10:03").Then("kind-missing");
        given.When(new RecordPreference(PreferenceKind.Diet, "\n"), "10:03").Then("words-missing");
        given.When(new RecordPreference(PreferenceKind.Diet, new('x', 201)), "10:03").Then("text-too-long");
    }
}
