using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Observations;

/// <summary>Rounds that were made up look unlike rounds: it is asked about, and honest days are left alone.</summary>
public class RoundQuestionTests
{
    private static readonly Guid[] Stays = [.. Enumerable.Range(0, 8).Select(i => NamedId.From("stay", i.ToString()))];

    [Fact]
    public void A_shift_that_is_filled_in_at_its_end_is_asked_about()
    {
        List<CheckTrace> made =
        [
            .. from hour in Enumerable.Range(0, 4)
            from stay in Stays
            select Check(stay, At("03:00").AddMinutes(14 * hour + 3 * (hour % 2)), At("06:40").AddSeconds(hour)),
        ];
        var asked = RoundQuestions.Ask(made, [new("sam", At("06:40"))]);
        asked.Select(q => q.Kind).ShouldBe([RoundQuestionKind.EnteredTogether, RoundQuestionKind.IdleSession], ignoreOrder: true);
        asked.ShouldAllBe(q => q.Checks.Count == 32 && q.Person == "sam" && q.Unit == "West");
    }

    [Fact]
    public void Several_who_are_seen_at_once_and_entered_at_once_are_a_round() =>
        RoundQuestions.Ask([.. Stays.Select((stay, i) => Check(stay, At("10:00").AddSeconds(3 * i), At("10:00:30")))], []).ShouldBeEmpty();

    [Fact]
    public void Who_looks_every_fifteen_minutes_to_the_second_is_asked_about_once_however_many_patients()
    {
        List<CheckTrace> made =
        [
            .. from round in Enumerable.Range(0, 14)
            from i in Enumerable.Range(0, 6)
            let at = At("01:00").AddMinutes(15 * round).AddSeconds(9 * i)
            select Check(Stays[i], at, at),
        ];
        var asked = RoundQuestions.Ask(made, []).ShouldHaveSingleItem();
        (asked.Kind, asked.Checks.Count, asked.From, asked.To).ShouldBe(
            (RoundQuestionKind.EqualIntervals, 84, At("01:00"), At("04:15:45"))
        );
    }

    [Fact]
    public void Intervals_that_vary_as_they_were_asked_for_are_not_equal()
    {
        double[] gaps = [11.2, 9.6, 13.8, 12.4, 10.1, 14.0, 9.3, 12.9, 11.7, 10.4, 13.1, 12.0, 9.9, 11.5];
        var at = At("01:00");
        List<CheckTrace> made = [Check(Stays[0], at, at), .. gaps.Select(gap => Check(Stays[0], at += Minutes(gap), at))];
        RoundQuestions.Ask(made, []).ShouldBeEmpty();
    }

    [Fact]
    public void One_person_on_two_units_in_the_same_minute_is_asked_about()
    {
        var asked = RoundQuestions
            .Ask([Check(Stays[0], At("10:00"), At("10:00:05")), Check(Stays[1], At("10:00:40"), At("10:00:45")) with { Unit = "East" }], [])
            .ShouldHaveSingleItem();
        (asked.Kind, asked.Places).ShouldBe((RoundQuestionKind.TwoPlaces, 2));
        RoundQuestions
            .Ask([Check(Stays[0], At("10:00"), At("10:00:05")), Check(Stays[1], At("10:03"), At("10:03")) with { Unit = "East" }], [])
            .ShouldBeEmpty();
        RoundQuestions
            .Ask(
                [
                    Check(Stays[0], At("10:00"), At("10:00:05")),
                    Check(Stays[1], At("10:00:40"), At("10:00:45")) with
                    {
                        Unit = "East",
                        Person = "lee",
                    },
                ],
                []
            )
            .ShouldBeEmpty();
    }

    [Fact]
    public void Three_places_within_five_seconds_are_asked_about_and_two_are_not()
    {
        CheckTrace In(int i, string place) => Check(Stays[i], At("10:00").AddSeconds(2 * i), At("10:00:10")) with { Place = place };
        RoundQuestions
            .Ask([In(0, "Room"), In(1, "Hallway"), In(2, "Dining room")], [])
            .ShouldHaveSingleItem()
            .Kind.ShouldBe(RoundQuestionKind.TwoPlaces);
        RoundQuestions.Ask([In(0, "Room"), In(1, "Hallway"), In(2, "Room")], []).ShouldBeEmpty();
    }

    [Fact]
    public void Checks_for_a_time_at_which_the_session_was_idle_are_asked_about_unless_the_person_did_something_then()
    {
        List<CheckTrace> made =
        [
            .. Enumerable.Range(0, 4).Select(i => Check(Stays[i], At("03:00").AddMinutes(7 * i), At("04:00").AddMinutes(2 * i))),
        ];
        RoundQuestions.Ask(made, [new("sam", At("04:00"))]).ShouldHaveSingleItem().Kind.ShouldBe(RoundQuestionKind.IdleSession);
        RoundQuestions.Ask(made, [new("sam", At("03:10"))]).ShouldBeEmpty();
        RoundQuestions.Ask([.. made.Take(3)], []).ShouldBeEmpty();
    }

    [Fact]
    public void What_waited_on_a_device_for_the_line_was_not_entered_when_it_was_recorded() =>
        RoundQuestions
            .Ask(
                [
                    .. from hour in Enumerable.Range(0, 3)
                    from stay in Stays
                    select Check(stay, At("03:00").AddMinutes(13 * hour + hour % 2), At("04:40")) with
                    {
                        IsLater = true,
                    },
                ],
                []
            )
            .ShouldBeEmpty();

    [Fact]
    public void The_question_is_the_same_one_when_more_checks_have_come()
    {
        List<CheckTrace> made =
        [
            .. from round in Enumerable.Range(0, 16) let at = At("01:00").AddMinutes(15 * round) select Check(Stays[0], at, at),
        ];
        RoundQuestions.Ask([.. made.Take(13)], []).Single().Id.ShouldBe(RoundQuestions.Ask(made, []).Single().Id);
    }

    [Fact]
    public void A_question_is_seen_to_once_with_a_reason()
    {
        var asked = new RoundQuestionAsked(
            Guid.NewGuid(),
            RoundQuestionKind.IdleSession,
            "West",
            "sam",
            At("03:00"),
            At("03:30"),
            [],
            [],
            1
        );
        var situation = new DecisionContext(People.Of(Role.ChargeNurse, "Jo Park"), At("08:00"), Guid.NewGuid(), LoadedStates.None);
        new SeeToRoundQuestion(asked, " ").Decide(new(), situation).Refusal!.Code.ShouldBe("reason-missing");
        var seen = new SeeToRoundQuestion(asked, "Kept on paper while the tablet charged")
            .Decide(new(), situation)
            .Events.ShouldHaveSingleItem()
            .ShouldBeOfType<RoundQuestionSeenTo>();
        seen.Sentence(UnitTime.Utc)
            .ShouldEndWith("were asked about (for a time without other entries): Kept on paper while the tablet charged");
        var state = new RoundQuestion
        {
            SeenToAt = At("08:00"),
            By = "Charge",
            Reason = seen.Reason,
        };
        new SeeToRoundQuestion(asked, "Kept on paper while the tablet charged").Decide(state, situation).Events.ShouldBeEmpty();
        new SeeToRoundQuestion(asked, "Something else").Decide(state, situation).Refusal!.Code.ShouldBe("question-seen-to");
        Permission.AskAboutRounds.Usual.ShouldBe([Role.ChargeNurse, Role.Manager]);
    }

    private static CheckTrace Check(Guid stay, DateTimeOffset seen, DateTimeOffset entered) =>
        new(Guid.NewGuid(), stay, "West", "Room", seen, entered, "sam");
}

/// <summary>
/// How many questions honest days raise: <c>HONEST_DAYS=1000</c> in the environment makes the run of <c>docs/figures.md</c>.
/// </summary>
public class RoundQuestionFigureTests(Xunit.Abstractions.ITestOutputHelper output)
{
    private static readonly int Days = int.TryParse(Environment.GetEnvironmentVariable("HONEST_DAYS"), out var asked) ? asked : 40;

    [Fact]
    public void Honest_days_raise_hardly_any_question()
    {
        var (checks, asked) = (0L, new List<RoundQuestionAsked>());
        for (var day = 0; day < Days; day++)
        {
            var honest = HonestDays.Of(day, On("2026-11-02 07:00").AddDays(day));
            checks += honest.Checks.Count;
            asked.AddRange(RoundQuestions.Ask(honest.Checks, honest.Doings));
        }

        var found =
            $"{Days} days of a unit, {checks} checks: "
            + string.Join(", ", Enum.GetValues<RoundQuestionKind>().Select(kind => $"{kind} {asked.Count(q => q.Kind == kind)}"));
        output.WriteLine(found);
        checks.ShouldBeGreaterThan(2_000 * Days);
        asked.Count.ShouldBeLessThanOrEqualTo(Math.Max(1, Days / 50), found);
    }
}
