using System.Text.Encodings.Web;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Times;
using static Handoff.Domain.Tests.Ward;

namespace Handoff.Domain.Tests.Boards;

public class BoardTests
{
    private static readonly JsonSerializerOptions Readable = new(EventTypeRegistry.Json)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public void A_card_shows_who_where_what_level_and_who_saw_them()
    {
        var ward = Usual();
        var stay = Arrives(ward, 1, "Chen", "Luis", "2");
        ward.Send(new RecordCheck("Day room", true, true, Remark: "snores") { Key = stay }, At("08:10"), People.Technician);
        var card = Cards(ward, At("08:12")).ShouldHaveSingleItem();
        card.ShouldSatisfyAllConditions(
            c => c.Name.ShouldBe("Chen, Luis"),
            c => c.Bed.ShouldBe("2"),
            c => c.Unit.ShouldBe(West),
            c => c.LevelName.ShouldBe("Q15"),
            c => c.LimitMinutes.ShouldBe(15),
            c => c.Limit.ShouldBe(At("08:25")),
            c => c.Limit!.Value.Offset.ShouldBe(TimeSpan.FromHours(-5)),
            c => c.IsDue.ShouldBeFalse(),
            c => c.IsOverdue.ShouldBeFalse(),
            c => c.Away.ShouldBeNull()
        );
        card.LastSeen.ShouldNotBeNull()
            .ShouldSatisfyAllConditions(
                s => s.At.ShouldBe(At("08:10")),
                s => s.Place.ShouldBe("Day room"),
                s => s.By.ShouldBe("Sam Ortiz"),
                s => s.IsAsleep.ShouldBeTrue(),
                s => s.BreathingSeen.ShouldBe(true)
            );
    }

    [Fact]
    public void A_patient_between_admission_and_first_level_is_on_the_board()
    {
        var ward = Usual();
        ward.Send(new Admit("1", "Chen", "Luis", West, null) { Key = Id(1) }, At("08:00"));
        Cards(ward, At("08:00"))
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(c => c.Level.ShouldBeNull(), c => c.LastSeen.ShouldBeNull(), c => c.Risk.ShouldBe(0));
    }

    [Fact]
    public void A_check_is_due_and_overdue_at_the_very_moment()
    {
        var ward = Usual();
        var stay = Arrives(ward, 1, "Chen", "Luis", "2");
        ward.Send(new RecordCheck("Room", false) { Key = stay }, At("08:10"));
        var due = ward.Of<Rounding>(stay).Due!;
        var tick = TimeSpan.FromTicks(1);
        Standing(ward, due.Asks - tick).ShouldBe((false, false, 0));
        Standing(ward, due.Asks).ShouldBe((true, false, 1));
        Standing(ward, due.Limit - tick).ShouldBe((true, false, 1));
        Standing(ward, due.Limit).ShouldBe((true, true, 3));
        ward.Send(new FindCheckMissed { Key = stay }, due.Limit).Events.ShouldHaveSingleItem();
        Cards(ward, due.Limit).Single().Missed.ShouldBe(1);
    }

    [Fact]
    public void Worse_comes_first()
    {
        var ward = Usual();
        var stays = Enumerable.Range(1, 6).Select(i => Arrives(ward, i, "P" + i, "x", i.ToString())).ToList();
        ward.Send(new RecordCheck("Room", false) { Key = stays[0] }, At("08:50"));
        ward.Send(new RecordCheck("Room", true, false) { Key = stays[1] }, At("08:50"));
        ward.Send(new StartLeave(LeaveKind.Pass, At("08:55")) { Key = stays[2] }, At("08:50"));
        ward.Send(new OrderLevel(ObservationLevel.OneToOne, "x") { Key = stays[3] }, At("08:05"));
        ward.Send(new RecordCheck("Room", false) { Key = stays[3] }, At("08:50"));
        ward.Send(new RecordCheck("Room", false) { Key = stays[4] }, At("08:40"));
        ward.Settle(At("08:54"));
        Board(ward, At("08:54:59"))
            .Cards.Select(c => (c.Name, c.Risk))
            .ShouldBe([("P2, x", 4), ("P6, x", 3), ("P5, x", 1), ("P4, x", 0), ("P1, x", 0), ("P3, x", 0)]);
        Board(ward, At("08:55")).Cards.Select(c => c.Name).Take(4).ShouldBe(["P2, x", "P5, x", "P6, x", "P3, x"]);
    }

    [Fact]
    public void Beds_stand_in_the_order_in_which_people_count()
    {
        var ward = Usual();
        foreach (var (bed, number) in new[] { "10", "2", "2 B", "2 A", "W9", "W10", null }.Select((bed, number) => (bed, number)))
        {
            Arrives(ward, number, "P", "x", bed);
        }

        Board(ward, At("08:01")).Cards.Select(c => c.Bed).ShouldBe([null, "2", "2 A", "2 B", "10", "W9", "W10"]);
    }

    [Fact]
    public void Two_in_one_bed_are_marked()
    {
        var ward = Usual();
        Arrives(ward, 1, "Chen", "Luis", "1");
        Arrives(ward, 2, "Roy", "Ann", "1");
        Arrives(ward, 3, "Diaz", "Eva", "2");
        Arrives(ward, 4, "Kim", "Jo", null);
        Arrives(ward, 5, "Lee", "Al", null);
        Board(ward, At("08:01")).Cards.Where(c => c.IsBedShared).Select(c => c.Name).Order().ShouldBe(["Chen, Luis", "Roy, Ann"]);
    }

    [Fact]
    public void A_patient_away_is_neither_due_nor_overdue_but_may_be_late_back()
    {
        var ward = Usual();
        var stay = Arrives(ward, 1, "Chen", "Luis", "1");
        ward.Send(new StartLeave(LeaveKind.Court, At("12:00"), "hearing") { Key = stay }, At("09:00"));
        ward.Settle(At("09:00"));
        Cards(ward, At("11:59"))
            .Single()
            .ShouldSatisfyAllConditions(
                c => c.IsDue.ShouldBeFalse(),
                c => c.Risk.ShouldBe(0),
                c => c.Away.ShouldBe(new("at court", At("09:00"), At("12:00"), false))
            );
        Cards(ward, At("12:00")).Single().ShouldSatisfyAllConditions(c => c.Risk.ShouldBe(2), c => c.Away!.IsOverdue.ShouldBeTrue());
    }

    [Fact]
    public void A_line_of_the_overview_counts_each_patient_once()
    {
        var ward = Usual();
        var stays = Enumerable.Range(1, 4).Select(i => Arrives(ward, i, "P" + i, "x", i.ToString())).ToList();
        ward.Send(new RecordCheck("Room", false) { Key = stays[0] }, At("08:40"));
        ward.Send(new StartLeave(LeaveKind.Pass, null) { Key = stays[1] }, At("08:50"));
        ward.Settle(At("08:50"));
        var line = OverviewLine.FromBoard(Board(ward, At("08:54:30")));
        line.ShouldBe(new(West, West, "Day", 4, 4, 1, 1, 2, At("08:15")));
        OverviewLine.FromBoard(Board(Usual(), At("08:00"))).ShouldBe(new(West, West, "Day", 4, 0, 0, 0, 0, null));
    }

    [Fact]
    public void A_patient_in_an_incident_comes_first_and_a_hallway_does_not_say_which_patient_it_is()
    {
        var ward = Usual();
        var stays = Enumerable.Range(1, 2).Select(i => Guid.Parse(Arrives(ward, i, "P" + i, "x", i.ToString()))).ToList();
        var board = Board(ward, At("08:02"));
        var incidents = new[]
        {
            new BoardIncident(
                Guid.NewGuid(),
                Domain.Incidents.IncidentKind.SelfHarm,
                "self-harm",
                "Room",
                At("08:01"),
                false,
                9,
                [new(stays[1], "P2", "2")]
            ),
        };
        var marked = Domain.Boards.Board.ForUnit(new() { Id = West }, At("08:02"), 9, board.Cards.Select(c => c.With(incidents))) with
        {
            Incidents = incidents,
        };
        marked.Cards.Select(c => (c.Stay, c.Risk, c.Incident?.Words)).ShouldBe([(stays[1], 4, "self-harm"), (stays[0], 1, null)]);
        Wall.FromBoard(marked).Incidents.ShouldHaveSingleItem().Patients.ShouldBeEmpty();
        Wall.FromBoard(marked).Cards.ShouldAllBe(c => c.Risk == 0);
        (OverviewLine.FromBoard(marked).Incidents, OverviewLine.FromBoard(board).Incidents).ShouldBe((1, 0));
    }

    [Fact]
    public void A_hallway_display_shows_initials_and_bed_and_no_more_of_anybodys_name() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60),
            Prop.ForAll(
                Word().ToArbitrary(),
                Word().ToArbitrary(),
                Word().ToArbitrary(),
                (family, given, preferred) =>
                {
                    var ward = Usual();
                    var stay = Arrives(ward, 1, family, given, "1", preferred);
                    ward.Send(
                        new RecordCheck("Room", false, Remark: family + " hums") { Key = stay },
                        At("08:05"),
                        People.Of(Role.Technician, preferred)
                    );
                    ward.Send(new StartLeave(LeaveKind.Hospital, null, given) { Key = stay }, At("08:06"));
                    ward.Settle(At("08:06"));
                    var shown = JsonSerializer.Serialize(Wall.FromBoard(Board(ward, At("08:10"))), Readable);
                    new[] { family, given, preferred }
                        .SelectMany(name => name.Zip(name.Skip(1), (a, b) => $"{a}{b}"))
                        .ShouldAllBe(two => !shown.Contains(two, StringComparison.OrdinalIgnoreCase));
                    shown.ShouldNotContain("MRN-");
                    shown.ShouldNotContain("hospital");
                    shown.ShouldContain("\"isHallwaySafe\":true");
                }
            )
        );

    [Fact]
    public void A_hallway_display_keeps_what_the_floor_must_see()
    {
        var ward = Usual();
        Arrives(ward, 1, "Chen", "Luis", "2", "Lou");
        var card = Wall.FromBoard(Board(ward, At("08:16"))).Cards.ShouldHaveSingleItem();
        card.ShouldSatisfyAllConditions(
            c => c.Name.ShouldBe("C.L."),
            c => c.Bed.ShouldBe("2"),
            c => c.IsOverdue.ShouldBeTrue(),
            c => c.LevelName.ShouldBe("Q15")
        );
    }

    // Greek letters, because nothing else on a board is written in them.
    private static Gen<string> Word() =>
        Gen.Elements("αβγδεζηθικλμνξοπρστυφχψω".ToCharArray()).ListOf(6).Select(letters => string.Concat(letters));

    private static string Id(int number) => NamedId.From("stay", number.ToString()).ToString();

    private static string Arrives(Ward ward, int number, string family, string given, string? bed, string? preferred = null)
    {
        ward.Send(
            new Admit("MRN-" + number, family, given, West, bed, Preferred: preferred, BedMayBeTaken: true) { Key = Id(number) },
            At("08:00")
        );
        ward.Settle(At("08:00"));
        return Id(number);
    }

    private static (bool IsDue, bool IsOverdue, int Risk) Standing(Ward ward, DateTimeOffset at) =>
        Cards(ward, at).Select(c => (c.IsDue, c.IsOverdue, c.Risk)).Single();

    private static IEnumerable<BoardCard> Cards(Ward ward, DateTimeOffset at) =>
        ward.Of<Census>(West)
            .Stays.Select(s =>
                BoardCard.ForStay(
                    s,
                    ward.Of<Rounding>(s.Id.ToString()) is { BeganAt: not null } rounding ? rounding : null,
                    NewYork,
                    at.ToUniversalTime(),
                    1
                )
            );

    private static Board Board(Ward ward, DateTimeOffset at) =>
        Domain.Boards.Board.ForUnit(ward.Of<Unit>(West), at.ToUniversalTime(), 1, Cards(ward, at));
}
