using Handoff.Domain.Groups;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Tasks;
using Handoff.Simulator;

namespace Handoff.Api.Tests.Simulation;

public sealed class ScriptTests
{
    private static readonly DateTimeOffset Morning = PlayedWard.Time.Instant(new(2026, 11, 17, 6, 0, 0));
    private static readonly DateTimeOffset Evening = PlayedWard.Time.Instant(new(2026, 11, 17, 21, 0, 0));

    [Fact]
    public void The_same_seed_plays_the_same_day() =>
        Told(new PlayedWard(Morning, 20, seed: 7).Play(10)).ShouldBe(Told(new PlayedWard(Morning, 20, seed: 7).Play(10)));

    [Fact]
    public void Another_seed_plays_another_day() =>
        Told(new PlayedWard(Morning, 20, seed: 8).Play(4)).ShouldNotBe(Told(new PlayedWard(Morning, 20, seed: 7).Play(4)));

    [Fact]
    public void Another_run_decides_the_same_under_other_keys()
    {
        var one = new PlayedWard(Morning, 20, run: "one").Play(3);
        var two = new PlayedWard(Morning, 20, run: "two").Play(3);
        one.Checks.Select(c => c.Check).ShouldBe(two.Checks.Select(c => c.Check));
        one.Played.Select(p => p.Deed.Key).Intersect(two.Played.Select(p => p.Deed.Key)).ShouldBeEmpty();
    }

    [Fact]
    public void Asked_again_with_the_same_board_it_decides_the_same()
    {
        var ward = new PlayedWard(Morning, 20).Play(2);
        ward.Decide(ward.Now.AddMinutes(3)).ShouldBe(ward.Decide(ward.Now.AddMinutes(3)));
    }

    [Fact]
    public void Every_deed_has_a_key_of_its_own()
    {
        var keys = new PlayedWard(Morning, 20).Play(24).Played.Select(p => p.Deed.Key).ToList();
        keys.Count.ShouldBeGreaterThan(1000);
        keys.ShouldBeUnique();
    }

    [Fact]
    public void Patients_eat_three_times_a_day_are_observed_and_now_and_then_something_goes_wrong()
    {
        var deeds = new PlayedWard(Morning, 20)
            .Play(48)
            .Played.Select(p => p.Deed)
            .OfType<Charted>()
            .ToLookup(deed => deed.Kind, deed => deed.Command);
        var meals = deeds[DeedKind.Meal].Cast<RecordMeal>().ToList();
        meals.Count.ShouldBeInRange(80, 140);
        meals.Count(meal => meal.IsDeclined).ShouldBeInRange(1, 30);
        deeds[DeedKind.Observe].Count().ShouldBeInRange(20, 120);
        deeds[DeedKind.Incident].OfType<OpenIncident>().Count().ShouldBeInRange(1, 12);
        deeds[DeedKind.Task].OfType<RaiseTask>().Count().ShouldBeGreaterThan(deeds[DeedKind.Task].OfType<FinishTask>().Count());
    }

    [Fact]
    public void A_day_has_its_groups_and_each_member_words_of_their_own()
    {
        var ward = new PlayedWard(Morning, 22).Play(72);
        ward.Sessions.Count(s => s.CancelReason is not null).ShouldBeLessThan(4);
        ward.Sessions.Count(s => s.Recorded > 0).ShouldBeGreaterThan(4);
        ward.Sessions.Where(s => s.Recorded > 0)
            .ShouldAllBe(s =>
                s.StartedAt >= s.Starts && s.StartedAt < s.Starts.AddMinutes(6) && s.EndedAt > s.StartedAt.Value.AddMinutes(20)
            );

        var rosters = ward.Played.Select(p => p.Deed).OfType<Charted>().Select(d => d.Command).OfType<RecordAttendance>().ToList();
        var rows = rosters.SelectMany(r => r.Rows!).ToList();
        rows.Select(row => row.Status!.Value).Distinct().Count().ShouldBeGreaterThan(4);
        rows.Count(row => row.Status!.Value.IsPresent()).ShouldBeGreaterThan(rows.Count / 2);
        rows.Where(row => row.Status == AttendanceStatus.LeftEarly).ShouldAllBe(row => row.Left != null);
        rosters.ShouldAllBe(roster =>
            Sameness
                .Among(
                    roster
                        .Rows!.Where(row => row.Status!.Value.IsPresent())
                        .Select(row => new ValueTuple<Guid, string?>(row.Stay, row.Response))
                )
                .Count == 0
        );
    }

    [Fact]
    public void Groups_that_people_planned_are_held_and_no_others_on_that_day()
    {
        var ward = new PlayedWard(Morning, 10);
        ward.Plan("Our own", Morning.AddHours(5));
        ward.Play(16);
        ward.Sessions.Where(s => s.Starts < Morning.AddHours(17)).ShouldHaveSingleItem().Recorded.ShouldBe(ward.Board.Cards.Count);
    }

    [Fact]
    public void Some_sleep_badly_all_night()
    {
        var night = new PlayedWard(Evening, 22)
            .Play(9)
            .Checks.Where(c => c.At.Hour is 23 or < 5)
            .ToLookup(c => c.Check.Key, c => c.Check.IsAsleep == true);
        night.Count(patient => patient.Average(isAsleep => isAsleep ? 1.0 : 0) < 0.55).ShouldBeInRange(1, 6);
    }

    [Fact]
    public void Most_checks_come_inside_the_limit_some_late()
    {
        var checks = new PlayedWard(Morning, 20).Play(48).Checks.ToList();
        var late = checks.Count(c => c.Deed.LimitsPassed > 0) / (double)checks.Count;
        late.ShouldBeInRange(0.005, 0.12);
        checks.Count(c => c.Deed.IsLateEntry).ShouldBeInRange(1, checks.Count / 20);
    }

    [Fact]
    public void More_is_late_around_a_shift_change_than_in_quiet_hours()
    {
        var checks = new PlayedWard(Morning, 22).Play(24 * 4).Checks.ToList();
        Late(checks.Where(c => (c.At.Hour, c.At.Minute) is (7 or 15 or 23, < 20) or (6 or 14 or 22, >= 45)))
            .ShouldBeGreaterThan(1.5 * Late(checks.Where(c => c.At.Hour is 2 or 3 or 10 or 11 or 18 or 19)));

        static double Late(IEnumerable<(DateTimeOffset, Charted Deed, RecordCheck)> checks) =>
            checks.Average(c => c.Deed.LimitsPassed > 0 ? 1.0 : 0);
    }

    [Fact]
    public void At_night_most_sleep_in_their_rooms_and_breathing_is_seen()
    {
        var night = new PlayedWard(Evening, 20).Play(9).Checks.Where(c => c.At.Hour is 23 or < 5).Select(c => c.Check).ToList();
        night.Count(c => c.IsAsleep == true).ShouldBeGreaterThan(night.Count * 8 / 10);
        night.Where(c => c.IsAsleep == true).ShouldAllBe(c => c.Place == "Room" && c.BreathingSeen == true && c.Activity == null);
    }

    [Fact]
    public void At_noon_most_are_at_the_table_and_in_the_morning_in_a_group()
    {
        var day = new PlayedWard(Morning, 20).Play(8).Checks.ToList();
        Share(day.Where(c => c.At.Hour == 12), "Dining room").ShouldBeGreaterThan(0.6);
        Share(day.Where(c => c.At.Hour is 9 or 10), "Group room").ShouldBeGreaterThan(0.35);
        day.Count(c => c.At.Hour is >= 8 and < 12 && c.Check.IsAsleep == true).ShouldBeLessThan(20);

        static double Share(IEnumerable<(DateTimeOffset, Charted, RecordCheck Check)> checks, string place) =>
            checks.Average(c => c.Check.Place == place ? 1.0 : 0);
    }

    [Fact]
    public void Nobody_looks_for_a_patient_on_leave_until_they_are_back()
    {
        var ward = new PlayedWard(Morning, 3);
        var stay = ward.Board.Cards[0].Stay;
        ward.SendOnLeave(stay, Morning.AddHours(2));
        ward.Play(5);

        var back = ward.Played.First(p => p.Deed.Kind == DeedKind.LeaveBack).At;
        back.ShouldBeInRange(Morning.AddHours(1), Morning.AddHours(3));
        ward.Checks.Where(c => c.Check.Key == stay.ToString()).Min(c => c.At).ShouldBeGreaterThan(back);
    }

    [Fact]
    public void After_an_outage_everybody_is_looked_at_once_and_nobody_claims_to_have_looked_meanwhile()
    {
        var ward = new PlayedWard(Morning, 20).Play(2);
        ward.Fail(TimeSpan.FromHours(3));
        var back = ward.Now;
        var checks = ward.Play(0.1).Checks.Where(c => c.At >= back).ToList();
        checks.Where(c => c.Deed.LimitsPassed > 8).Select(c => c.Check.Key).ShouldBeUnique();
        checks.Count.ShouldBeInRange(15, 30);
        checks.ShouldAllBe(c => c.Check.At == null || c.Check.At >= back);
    }

    [Fact]
    public void A_unit_never_has_more_patients_than_beds_nor_two_in_one()
    {
        var ward = new PlayedWard(Morning, 5, target: 24);
        ward.Play(
            72,
            () =>
            {
                ward.Board.Cards.Count.ShouldBeLessThanOrEqualTo(24);
                ward.Board.Cards.Select(c => c.Bed).ShouldBeUnique();
            }
        );
        ward.Board.Cards.Count.ShouldBeGreaterThan(18);
        ward.Movements(DeedKind.Discharge).ShouldNotBeEmpty();
        ward.Movements(DeedKind.Transfer).ShouldNotBeEmpty();
        ward.Movements(DeedKind.LeaveOut).Count().ShouldBeGreaterThanOrEqualTo(ward.Movements(DeedKind.LeaveBack).Count());
    }

    [Fact]
    public void One_patient_is_in_one_movement_or_check_at_a_time()
    {
        var ward = new PlayedWard(Morning, 22);
        ward.Play(24);
        var stays = ward.Decide(ward.Now.AddHours(8))
            .Where(d => d.Kind <= DeedKind.Skip)
            .Select(d => d is Charted c ? c.Command.Key : ((Announced)d).Movement.Mrn)
            .ToList();
        stays.Count.ShouldBeGreaterThan(15);
        stays.ShouldBeUnique();
    }

    [Theory]
    [InlineData(2026, 3, 8, 23)]
    [InlineData(2026, 11, 1, 25)]
    [InlineData(2026, 11, 17, 24)]
    public void A_day_has_the_hours_that_its_clock_has(int year, int month, int day, int hours)
    {
        var midnight = PlayedWard.Time.Instant(new(year, month, day));
        var next = PlayedWard.Time.Instant(new DateTime(year, month, day).AddDays(1));
        (next - midnight).TotalHours.ShouldBe(hours);

        var ward = new PlayedWard(midnight, 20).Play(hours);
        var byHour = ward.Checks.GroupBy(c => c.At.UtcDateTime.Hour + 24 * c.At.UtcDateTime.Day).ToList();
        byHour.Count.ShouldBeInRange(hours, hours + 1);
        byHour.Where(h => h.Key < byHour.Max(g => g.Key)).ShouldAllBe(h => h.Count() > 50);
        Told(ward).ShouldBeUnique();
    }

    private static List<string> Told(PlayedWard ward) => [.. ward.Played.Select(p => $"{p.At:O} {p.Deed}")];
}
