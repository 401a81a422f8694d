using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Tests.Timeline;
using Handoff.Domain.Timeline;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Boards;

public sealed class MyPatientsTests
{
    private static readonly Staff Kim = new("kim", "Jordan Kim", Role.Technician),
        Ruiz = new("ruiz", "Ana Ruiz", Role.Technician);

    [Fact]
    public void One_last_worked_until_one_went_off_before_this_shift()
    {
        var shifts = new[]
        {
            Shift("2026-11-17 07:00", 8, Kim, "2026-11-17 15:20"),
            Shift("2026-11-18 07:00", 8, Kim, null),
            Shift("2026-11-17 15:00", 8, Ruiz, "2026-11-17 23:05"),
        };
        MyPatients.LastWorked("kim", shifts, At("07:30")).ShouldBe(On("2026-11-17 15:20"));
        MyPatients.LastWorked("ruiz", shifts, At("07:30")).ShouldBe(On("2026-11-17 23:05"));
        MyPatients.LastWorked("park", shifts, At("07:30")).ShouldBeNull();
    }

    [Fact]
    public void Who_never_said_that_they_went_off_worked_until_the_shift_ended() =>
        MyPatients.LastWorked("kim", [Shift("2026-11-17 23:00", 8, Kim, null)], At("09:00")).ShouldBe(At("07:00"));

    [Theory]
    [InlineData("2026-10-31", 9)]
    [InlineData("2026-03-07", 7)]
    public void A_night_on_which_the_clocks_change_ends_when_it_really_ends(string date, int hours)
    {
        var night = ShiftPattern.EightHours[2].OnDate(DateOnly.Parse(date), NewYork);
        var shift = new Shift().Evolved(
            new ShiftOpened(night.Starts, Ward.West, night.Name, night.Starts, night.Ends),
            new CameOn(night.Starts, Kim)
        );
        MyPatients.LastWorked("kim", [shift], night.Ends.AddMinutes(1)).ShouldBe(night.Starts.AddHours(hours));
    }

    [Fact]
    public void What_was_recorded_since_is_told_and_what_was_known_before_is_not()
    {
        var told = new Told();
        told.Add(Missed("12:00"), At("12:00"));
        var late = told.Add(Level("Q5", "11:00", "found with a cord"), At("16:00"));
        told.Check("2026-11-18 16:20", isAsleep: false);
        var mine = Of(told.History, since: "15:00", opened: null);
        (mine.Changes, mine.Unread).ShouldBe((1, 1));
        mine.Latest.ShouldHaveSingleItem().Id.ShouldBe(late);
    }

    [Fact]
    public void What_came_after_the_record_was_opened_is_unread()
    {
        var told = new Told();
        told.Add(Level("Q5", "16:00", "restless"), At("16:00"));
        var last = told.Add(Level("Q15", "17:00", "calm"), At("17:00"));
        var mine = Of(told.History, since: "15:00", opened: "16:30");
        (mine.Changes, mine.Unread).ShouldBe((2, 1));
        mine.Latest.Where(l => l.IsNew).ShouldHaveSingleItem().Id.ShouldBe(last);
        Of(told.History, since: "15:00", opened: "17:00").Unread.ShouldBe(0);
    }

    [Fact]
    public void What_is_counted_is_one_line_that_tells_the_latest()
    {
        var told = new Told();
        told.Add(Missed("16:00"));
        told.Add(Missed("16:15"));
        var last = told.Add(Missed("16:30"));
        var mine = Of(told.History, since: "15:00", opened: null);
        mine.Changes.ShouldBe(3);
        var line = mine.Latest.ShouldHaveSingleItem();
        (line.Id, line.Times).ShouldBe((last, 3));
    }

    [Fact]
    public void What_was_made_in_error_is_no_change()
    {
        var told = new Told();
        var wrong = told.Add(Checked("16:00", Activity.Agitated));
        told.Add(new CheckEnteredInError(At("16:05"), wrong, "Other patient"));
        Of(told.History, since: "15:00", opened: null).Latest.Select(l => l.Id).ShouldNotContain(wrong);
    }

    [Fact]
    public void What_has_a_time_soon_is_due_and_what_is_later_is_not()
    {
        var card = Card() with { LevelName = "1:1", LevelUntil = At("15:45"), Away = new("at court", At("09:00"), At("14:30"), false) };
        var due = DueSoon.FromStates([], [card], NewYork, At("16:00"));
        due.Select(d => (NewYork.Clock(d.At), d.Words))
            .ShouldBe([("14:30", "expected back: at court"), ("15:45", "order for 1:1 runs out")]);
        DueSoon.FromStates([], [card], NewYork, At("14:00")).ShouldBeEmpty();
    }

    [Fact]
    public void An_open_point_of_somebody_elses_patient_is_not_mine()
    {
        var (mine, other) = (new Owing { Stay = Scenario.TheStay }, new Owing { Stay = Scenario.Another });
        DueSoon.FromStates([mine, other], [Card()], NewYork, At("16:00")).ShouldHaveSingleItem().Stay.ShouldBe(Scenario.TheStay);
    }

    private static MyPatient Of(History history, string since, string? opened) =>
        MyPatient.FromCard(Card(), "kim", history, At(since), opened is null ? null : At(opened), NewYork);

    private static BoardCard Card() => BoardCard.Gone(Scenario.TheStay, 1) with { IsGone = false, Unit = Ward.West };

    private static CheckMissed Missed(string at) => new(At(at), At("11:00"), 15, 1);

    private static ObservationLevelOrdered Level(string name, string at, string reason) =>
        new(At(at), ObservationLevel.Q5, name, 5, reason, null, DueWindow.After(At(at), Minutes(5), 0.5));

    private static SafetyChecked Checked(string at, Activity activity) =>
        new(At(at), "Room", false, null, activity, EvidenceGrade.None, null, DueWindow.After(At(at), Minutes(15), 0.5));

    private static Shift Shift(string starts, int hours, Staff who, string? until) =>
        new Shift().Evolved([
            new ShiftOpened(On(starts), Ward.West, "Day", On(starts), On(starts).AddHours(hours)),
            new CameOn(On(starts), who),
            .. until is null ? Array.Empty<Event>() : [new WentOff(On(until), who, null)],
        ]);

    [Stored("owing")]
    private sealed record Owing : State
    {
        public Guid Stay { get; init; }

        public override State Evolve(EventEnvelope fact) => this;

        public override IEnumerable<OpenLoop> OpenLoops() => [new("owed", Stay, At("10:00"), At("15:00"), "owed", "/")];
    }
}

internal static class Evolving
{
    public static T Evolved<T>(this T state, params Event[] events)
        where T : State =>
        events.Aggregate(
            state,
            (s, e) => (T)s.Evolve(new(Guid.NewGuid(), "shift-x", e.OccurredAt, new(Staff.Clock, Source.Ui, Guid.NewGuid()), e))
        );
}
