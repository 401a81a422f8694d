using Handoff.Domain.Boards;
using Handoff.Domain.Kernel;
using Handoff.Domain.Status;
using static Handoff.Domain.Tests.Status.PatientStatusTests;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Status;

public class AskToTalkTests
{
    [Fact]
    public void Who_asks_to_talk_is_on_the_card_and_in_the_handoff_until_somebody_has_given_them_time()
    {
        var given = Here().When(new AskToTalk(" about the visit "), "14:05", People.Technician).Given;
        given.State.OpenLoops().ShouldHaveSingleItem().Words.ShouldBe("asked to talk: “about the visit”");
        Mark("15:04").ShouldSatisfyAllConditions(m => m.Words.ShouldBe("asks to talk"), m => m.IsLate.ShouldBeFalse());
        Mark("15:05").IsLate.ShouldBeTrue();
        given.When(new HoldSupportiveContact(10), "15:10").Then<SupportiveContactHeld>();
        given.State.OpenLoops().ShouldBeEmpty();

        CardMark Mark(string clock) => CardMark.FromLoops(given.State.Stay, [given.State], NewYork, At(clock)).ShouldHaveSingleItem();
    }

    [Fact]
    public void Time_that_was_taken_back_or_lay_before_the_wish_answers_nothing()
    {
        var given = Here().When(new AskToTalk(), "14:05").Given;
        given.When(new HoldSupportiveContact(10, At: At("14:00")), "14:06").Then<SupportiveContactHeld>();
        given.State.OpenWish().ShouldNotBeNull("It was before they asked.");
        given.When(new HoldSupportiveContact(10), "14:20").Then<SupportiveContactHeld>();
        given.State.OpenWish().ShouldBeNull();
        given.When(new TakeBackEntry(given.State.Contacts[^1].Id, "Another patient"), "14:21").Then<StatusEntryTakenBack>();
        given.State.OpenWish()!.At.ShouldBe(At("14:05"));
    }

    [Fact]
    public void Asked_twice_it_counts_from_the_first_time_and_a_wish_entered_in_error_is_none()
    {
        var given = Here().When(new AskToTalk(), "14:05").Given.When(new AskToTalk("again"), "14:30").Given;
        given.State.OpenLoops().ShouldHaveSingleItem().Since.ShouldBe(At("14:05"));
        given.When(new TakeBackEntry(given.State.Wishes[0].Id, "Another patient"), "14:31").Then<StatusEntryTakenBack>();
        given.State.OpenLoops().ShouldHaveSingleItem().Since.ShouldBe(At("14:30"));
    }

    [Fact]
    public void Who_asks_again_and_again_has_waited_since_they_first_asked()
    {
        var given = Here().When(new AskToTalk(), "14:05").Given;
        foreach (var clock in (string[])["14:20", "14:35", "14:50", "15:02", "15:10"])
        {
            given.When(new AskToTalk(), clock).Then<TalkAsked>();
        }

        CardMark
            .FromLoops(given.State.Stay, [given.State], NewYork, At("15:10"))
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(m => m.Since.ShouldBe(At("14:05")), m => m.IsLate.ShouldBeTrue());
    }

    [Fact]
    public void A_wish_entered_late_that_was_answered_meanwhile_is_not_open()
    {
        var given = Here().When(new HoldSupportiveContact(10), "14:20").Given;
        given.When(new AskToTalk(At: At("14:05")), "14:40").Then<TalkAsked>();
        given.State.OpenWish().ShouldBeNull();
    }

    [Fact]
    public void Over_midnight_it_is_late_after_an_hour_and_not_before()
    {
        var asked = Here().When(new AskToTalk(), "23:40").Given.State;
        CardMark.FromLoops(asked.Stay, [asked], NewYork, At("23:40").AddMinutes(59)).ShouldHaveSingleItem().IsLate.ShouldBeFalse();
        CardMark.FromLoops(asked.Stay, [asked], NewYork, At("23:40").AddMinutes(60)).ShouldHaveSingleItem().IsLate.ShouldBeTrue();
    }

    [Fact]
    public void Too_many_words_are_refused_by_name() =>
        Here().When(new AskToTalk(new string('x', Text.NameLimit + 1)), "14:05").Then("text-too-long");
}
