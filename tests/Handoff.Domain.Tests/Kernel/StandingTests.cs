using Handoff.Domain.Access;
using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Notes;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Tests.Timeline;
using Handoff.Domain.Timeline;
using Handoff.Domain.Units;
using Prefill = Handoff.Domain.Escalations.Prefill;

namespace Handoff.Domain.Tests.Kernel;

/// <summary>What was struck or corrected is told nowhere, whatever kind of event it is and whatever kind strikes it.</summary>
public sealed class StandingTests
{
    private const string Stream = "note-0191e4a0-0000-7000-8000-000000000009";

    private static readonly DateTimeOffset Now = Times.At("15:00"),
        Before = Times.At("07:00");

    private static readonly string[] Says =
    [
        "_corrected",
        "_in_error",
        "_taken_back",
        "_struck",
        "_rated",
        "_addendum_added",
        "_amended",
        "_retracted",
    ];

    // The details of a patient are not an entry: the stay's newest are what everybody reads.
    private static readonly string[] Otherwise = ["details_corrected"];

    private static List<string> Amends =>
        [.. EventTypeRegistry.Domain.Events.Where(e => One(e.Value).Amends() is not null).Select(e => e.Key).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Amending => [.. Amends];

    [Fact]
    public void Every_event_that_is_called_an_amendment_says_what_it_amends() =>
        EventTypeRegistry
            .Domain.Events.Keys.Where(name => Array.Exists(Says, name.EndsWith) && !Otherwise.Contains(name))
            .ShouldAllBe(name => One(EventTypeRegistry.Domain.Events[name]).Amends() != null);

    [Fact]
    public void Every_event_that_strikes_another_one_is_of_note_to_a_meeting() =>
        Amends.ShouldAllBe(name => SinceReview.MayBeOfNote(EventTypeRegistry.Domain.Events[name]));

    [Theory]
    [MemberData(nameof(Amending))]
    public void What_was_struck_is_told_in_no_draft_meeting_board_lane_or_search(string name)
    {
        foreach (
            var told in EventTypeRegistry
                .Domain.Events.Values.Where(t => t != EventTypeRegistry.Domain.Events[name])
                .Select(One)
                .Where(e => e.Amends() is null && e.ForHandoff(Times.NewYork) is not null)
        )
        {
            var amendment = One(EventTypeRegistry.Domain.Events[name]);
            var amends = amendment.Amends()!;
            var (entry, later) = (Fact(told, amends.Entry ?? Guid.NewGuid(), 1), Fact(amendment, Guid.NewGuid(), 2));
            Nowhere(told, [entry, later], amends);
        }
    }

    [Fact]
    public void A_corrected_note_is_told_as_it_reads_now_and_one_in_error_not_at_all()
    {
        var told = new Told();
        told.Add(new NoteSigned(Times.At("10:00"), Ward.West, Scenario.TheStay, NoteKind.Progress, "Slept well"), stream: "note");
        told.Add(new NoteCorrected(Times.At("10:20"), "Slept badly", "Wrong word", NoteKind.Progress), stream: "note");
        told.Add(new NoteCorrected(Times.At("10:30"), "Slept two hours", "Counted", NoteKind.Progress), stream: "note");
        Drafted(told).ShouldBe(["Progress note, corrected: Slept two hours"]);
        told.Add(new NoteAddendumAdded(Times.At("10:40"), "In the day room"), stream: "note");
        Drafted(told).ShouldBe(["Progress note, corrected: Slept two hours", "Addendum to a note: In the day room"], ignoreOrder: true);
        told.Add(new NoteEnteredInError(Times.At("10:50"), "Other patient"), stream: "note");
        Drafted(told).ShouldBeEmpty();
    }

    [Fact]
    public void That_a_note_was_in_error_is_told_to_whoever_may_have_been_told_the_note()
    {
        var told = new Told();
        told.Add(new NoteSigned(Times.At("06:00"), Ward.West, Scenario.TheStay, NoteKind.Progress, "Hit a nurse"), stream: "note");
        told.Add(new NoteEnteredInError(Times.At("09:00"), "Other patient"), stream: "note");
        Drafted(told).ShouldBe(["A note was entered in error: Other patient"]);
        SinceReview
            .FromFacts(told.History.Facts, 1, 9, HandoffTemplate.IPass, Times.NewYork)
            .Lines.ShouldHaveSingleItem()
            .Words.ShouldBe("A note was entered in error: Other patient");
        SinceReview.FromFacts(told.History.Facts, 0, 9, HandoffTemplate.IPass, Times.NewYork).Lines.ShouldBeEmpty();
    }

    [Fact]
    public void A_corrected_attendance_counts_as_it_was_corrected()
    {
        var told = new Told();
        var first = told.Add(
            new AttendanceRecorded(Times.At("10:00"), Scenario.TheStay, default, "Coping", new(AttendanceStatus.Declined), 45),
            stream: "group"
        );
        told.Add(
            new AttendanceCorrected(
                Times.At("10:00"),
                Scenario.TheStay,
                default,
                "Coping",
                new(AttendanceStatus.Attended, Participation: 3),
                45,
                first,
                "Misread"
            ),
            stream: "group"
        );
        Drafted(told).ShouldBeEmpty();
        Chart
            .FromHistory(told.History, Before, Now, Told.Unit)
            .Lanes.Single(l => l.Name.StartsWith("Participation", StringComparison.Ordinal))
            .Marks.ShouldHaveSingleItem()
            .Value.ShouldBe(3);
    }

    [Fact]
    public void A_corrected_step_of_an_incident_is_told_as_it_reads_now_and_an_attempt_with_how_it_went()
    {
        var told = new Told();
        var hurt = told.Add(
            new InjuryRecorded(Times.At("10:00"), [Scenario.TheStay], "Hit by Chen", Injured.Patient, default),
            stream: "incident"
        );
        told.Add(
            new IncidentStepCorrected(
                Times.At("10:10"),
                [Scenario.TheStay],
                hurt,
                Times.At("10:00"),
                null,
                "Fell",
                "Not hit",
                "bruise. Fell",
                StepKind.Injury
            ),
            stream: "incident"
        );
        var tried = told.Add(
            new DeescalationAttempted(Times.At("10:20"), [Scenario.TheStay], null, default, null, null, null),
            stream: "incident"
        );
        told.Add(new DeescalationRated(Times.At("10:30"), [Scenario.TheStay], tried, default, 10, default, true), stream: "incident");
        Drafted(told)
            .ShouldSatisfyAllConditions(
                lines => lines.Count.ShouldBe(2),
                lines => lines.ShouldContain("Incident, 10:00: bruise. Fell (corrected)"),
                lines => lines.ShouldContain(line => line.Contains("after 10 min"))
            );
    }

    [Fact]
    public void What_stands_is_the_same_in_any_order()
    {
        var told = new Told();
        var check = told.Check("2026-11-18 10:00");
        told.Add(new CheckEnteredInError(Times.At("10:05"), check, "Wrong patient"));
        Standing.FromEvents(told.History.Facts.Select(f => f.Recorded).Reverse()).IsStruck(check).ShouldBeTrue();
    }

    private static void Nowhere(Event told, List<Fact> facts, Amendment amends)
    {
        var (words, id) = (told.ForHandoff(Times.NewYork)!.Words, facts[0].Recorded.Id);
        List<EventEnvelope> recorded = [.. facts.Select(f => f.Recorded)];
        var (history, isTold) = (History.FromFacts(facts), amends is { IsStruck: false, Replaces: false });
        Draft
            .FromEvents(HandoffTemplate.Psych, recorded, null, Times.NewYork)
            .Sections.SelectMany(s => s.Lines)
            .Any(l => l.Evidence.Contains(id))
            .ShouldBe(isTold, words);
        (
            SinceReview.FromFacts(facts, 0, 9, HandoffTemplate.IPass, Times.NewYork).Lines.Any(l => l.Evidence.Contains(id)) && !isTold
        ).ShouldBeFalse(words);
        (history.StandingSince(Before.AddDays(-2)).Any(f => f.Recorded.Id == id) && !isTold).ShouldBeFalse(words);
        (
            Prefill
                .ForStay(new(), new(), recorded, Times.NewYork, Now)
                .Assessment.Contains(told.Sentence(Times.NewYork), StringComparison.Ordinal)
            && !isTold
            && recorded[1].Event.Sentence(Times.NewYork) != told.Sentence(Times.NewYork)
        ).ShouldBeFalse(words);
        if (amends.IsStruck && history.Find(id) is { } entry)
        {
            entry.IsStruck.ShouldBeTrue(words);
            new EntryFilter(Words: recorded[1].Event.Sentence(Times.NewYork).Trim('.'))
                .In(history, Times.NewYork)
                .ShouldAllBe(found => found.IsStruck);
            Chart
                .FromHistory(history, Before.AddDays(-2), Now.AddDays(1), Told.Unit)
                .Lanes.Where(l => !l.Name.StartsWith("Participation", StringComparison.Ordinal))
                .SelectMany(l => l.Marks)
                .ShouldNotContain(m => m.Entry == id, words);
        }
    }

    private static List<string> Drafted(Told told) =>
        [
            .. Draft
                .FromEvents(HandoffTemplate.IPass, told.History.Facts.Select(f => f.Recorded), Before, Times.NewYork)
                .Sections.SelectMany(s => s.Lines)
                .Select(l => l.Words),
        ];

    private static Event One(Type type)
    {
        var made = (Event)Instances.Of(type, 1).Single();
        while (made is IEarlierShape earlier)
        {
            made = earlier.Upcast();
        }

        return made;
    }

    private static Fact Fact(Event happened, Guid id, long position) =>
        new(
            position,
            new(
                id,
                Stream,
                Before.AddMinutes(position),
                new(new("reyes", "Ana Reyes", Role.Nurse), Source.Ui, id, Unit: Ward.West),
                happened
            )
        );
}
