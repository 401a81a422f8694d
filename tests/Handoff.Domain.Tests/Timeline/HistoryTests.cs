using Handoff.Domain.Groups;
using Handoff.Domain.Kernel;
using Handoff.Domain.Notes;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Timeline;

namespace Handoff.Domain.Tests.Timeline;

public sealed class HistoryTests
{
    private readonly Told told = new();

    [Fact]
    public void What_happened_last_comes_first_whenever_it_was_written_down()
    {
        var late = told.Check("2026-11-18 10:00", recorded: "2026-11-18 12:00");
        var first = told.Check("2026-11-18 09:00");
        var last = told.Check("2026-11-18 11:00");
        told.History.Entries.Select(e => e.Id).ShouldBe([last, late, first]);
        told.History.Entries.Select(e => e.IsLate).ShouldBe([false, true, false]);
    }

    [Fact]
    public void What_the_service_itself_says_is_never_a_late_entry()
    {
        told.Add(new CheckMissed(Times.At("10:00"), null, 15, 1), Times.At("12:00"), source: Source.System);
        told.History.Entries.Single().IsLate.ShouldBeFalse();
    }

    [Fact]
    public void An_entry_made_in_error_is_struck_beside_the_word_that_it_was()
    {
        var check = told.Check("2026-11-18 10:00");
        var error = told.Add(new CheckEnteredInError(Times.At("10:05"), check, "Wrong patient"));
        var entry = told.History.Entries.ShouldHaveSingleItem();
        entry.IsStruck.ShouldBeTrue();
        entry.Amendments.Select(a => a.Id).ShouldBe([error]);
        told.History.Find(error)!.Id.ShouldBe(check);
    }

    [Fact]
    public void An_addendum_stands_beside_its_note_and_a_correction_strikes_it()
    {
        told.Add(new NoteSigned(Times.At("10:00"), Ward.West, Scenario.TheStay, NoteKind.Progress, "Slept well"), stream: "note");
        told.Add(new NoteAddendumAdded(Times.At("10:10"), "Also ate well"), stream: "note");
        told.History.Entries.ShouldHaveSingleItem().IsStruck.ShouldBeFalse();
        told.Add(new NoteCorrected(Times.At("10:20"), "Slept badly", "Wrong word"), stream: "note");
        told.History.Entries.ShouldHaveSingleItem().IsStruck.ShouldBeTrue();
        told.History.Entries[0].Amendments.Count.ShouldBe(2);
    }

    [Fact]
    public void What_is_said_of_an_amendment_stands_beside_the_entry_with_which_it_began()
    {
        var first = told.Add(
            new AttendanceRecorded(Times.At("10:00"), Scenario.TheStay, default, "Coping", new(default, Participation: 1), 45),
            stream: "group"
        );
        var corrected = told.Add(
            new AttendanceCorrected(
                Times.At("10:00"),
                Scenario.TheStay,
                default,
                "Coping",
                new(default, Participation: 3),
                45,
                first,
                "Misread"
            ),
            stream: "group"
        );
        told.Add(new AttendanceEnteredInError(Times.At("11:00"), Scenario.TheStay, "Coping", corrected, "Wrong patient"), stream: "group");
        told.History.Entries.ShouldHaveSingleItem().Amendments.Count.ShouldBe(2);
    }

    [Fact]
    public void What_amends_something_that_is_not_here_is_an_entry_itself()
    {
        told.Add(new CheckEnteredInError(Times.At("10:05"), Guid.NewGuid(), "Wrong patient"));
        told.History.Entries.ShouldHaveSingleItem().IsStruck.ShouldBeFalse();
    }

    [Fact]
    public void The_last_who_pinned_an_entry_is_named_until_somebody_unpins_it()
    {
        var check = told.Check("2026-11-18 10:00");
        told.Add(new EntryPinned(Times.At("10:05"), check, null), stream: "stay");
        told.Add(new EntryPinned(Times.At("10:06"), check, "For the meeting"), stream: "stay", by: "Sam Ortiz");
        told.History.Pinned.ShouldHaveSingleItem().Pin.ShouldBe(new PinMark("Sam Ortiz", Times.At("10:06"), "For the meeting"));
        told.History.Entries.Count.ShouldBe(1);
        told.Add(new EntryUnpinned(Times.At("10:07"), check), stream: "stay");
        told.History.Pinned.ShouldBeEmpty();
    }

    [Fact]
    public void As_of_an_instant_only_what_had_been_recorded_by_then_is_told()
    {
        var check = told.Check("2026-11-18 10:00");
        told.Check("2026-11-18 09:00", recorded: "2026-11-18 12:00");
        told.Add(new CheckEnteredInError(Times.At("13:00"), check, "Wrong patient"));
        told.History.AsOf(Times.At("11:00")).Entries.Select(e => (e.Id, e.IsStruck)).ShouldBe([(check, false)]);
        told.History.AsOf(Times.At("09:00")).Entries.ShouldBeEmpty();
    }

    [Fact]
    public void A_topic_is_named_in_plain_words()
    {
        Topics.Words("rounding").ShouldBe("Safety checks");
        Topics.Words("never_heard_of").ShouldBe("Never heard of");
    }
}
