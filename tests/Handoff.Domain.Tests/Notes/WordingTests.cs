using Handoff.Domain.Notes;

namespace Handoff.Domain.Tests.Notes;

public class WordingTests
{
    [Theory]
    [InlineData("Insulin 10 U at noon", "U", "units")]
    [InlineData("Insulin 10u at noon", "u", "units")]
    [InlineData("Heparin 5000 IU", "IU", "international units")]
    [InlineData("Give QD.", "QD", "daily")]
    [InlineData("Give q.d. with food", "q.d.", "daily")]
    [InlineData("Give QOD", "QOD", "every other day")]
    [InlineData("haloperidol 5.0 mg", ".0", "")]
    [InlineData("lorazepam .5 mg", ".", "0.")]
    [InlineData("MS 4 mg", "MS", "morphine sulfate")]
    [InlineData("MS IV 2 mg given", "MS", "morphine sulfate")]
    [InlineData("gave 2 mg MS", "MS", "morphine sulfate")]
    [InlineData("MgSO4 2 g given", "MgSO4", "magnesium sulfate")]
    [InlineData("Refuses lunch", "Refuses", "Declines")]
    [InlineData("will refuse again", "refuse", "decline")]
    [InlineData("history of substance abuse", "substance abuse", "substance use")]
    [InlineData("Narcotics were held", "Narcotics", "Opioids")]
    [InlineData("threatens to commit suicide", "commit suicide", "die by suicide")]
    [InlineData("Refused lunch", "Refused", "Declined")]
    [InlineData("He refused lunch", "refused", "declined")]
    [InlineData("is noncompliant", "noncompliant", "did not follow the plan")]
    public void What_could_be_read_wrongly_or_judges_is_found_with_what_may_stand_there(string text, string found, string suggestion)
    {
        var hint = Wording.HintsFor(text).ShouldHaveSingleItem();
        (hint.Found, hint.Suggestions[0]).ShouldBe((found, suggestion));
        text.Substring(hint.Start, hint.Length).ShouldStartWith(found.TrimEnd('.'));
        hint.Why.ShouldEndWith(".");
    }

    [Fact]
    public void Behaviour_is_described_by_whoever_saw_it() =>
        new[] { "was combative", "was hysterical", "is manipulative", "attention-seeking again" }.ShouldAllBe(text =>
            Wording.HintsFor(text).Single().Suggestions.Count == 0
        );

    [Theory]
    [InlineData("MS intact, MS unchanged since noon")]
    [InlineData("MS: alert, oriented to 3")]
    [InlineData("MSO4 and MgSO4 were discussed")]
    public void Away_from_a_dose_MS_is_mental_status(string text) => Wording.HintsFor(text).ShouldBeEmpty();

    [Theory]
    [InlineData("haloperidol 5 mg, lorazepam 0.5 mg, 10.05 mg, 5.25 mg")]
    [InlineData("U-turn on unit 2; Ms. Lee said QDOS; msg sent; refuse bin")]
    [InlineData("")]
    [InlineData(null)]
    public void Good_words_are_left_alone(string? text) => Wording.HintsFor(text).ShouldBeEmpty();

    [Fact]
    public void Hints_come_in_the_texts_order_and_count_as_browsers_count()
    {
        var hints = Wording.HintsFor("🌻 refused; 10 U; combative");
        hints.Select(h => h.Start).ShouldBe([3, 15, 18]);
    }
}
