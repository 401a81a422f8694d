using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Simulator;

namespace Handoff.Api.Tests.Simulation;

public sealed class HandoverTests
{
    private static readonly DateTimeOffset Change = PlayedWard.Time.Instant(new(2026, 11, 17, 15, 0, 0));
    private static readonly Ward TheWard = new(
        "2-west",
        PlayedWard.Time,
        ["201", "202", "203", "204"],
        4,
        new(new(7, 0), TimeSpan.FromHours(8))
    );

    private static readonly Player Kim = Somebody("Kim", Role.Technician),
        Ortiz = Somebody("Ortiz", Role.Nurse),
        Osei = Somebody("Osei", Role.ChargeNurse),
        Ruiz = Somebody("Ruiz", Role.Technician),
        Boateng = Somebody("Boateng", Role.Nurse),
        Solberg = Somebody("Solberg", Role.ChargeNurse),
        Stranger = Somebody("Stranger", Role.Technician);

    private static readonly Player[] All = [Kim, Ortiz, Osei, Ruiz, Boateng, Solberg];

    private static readonly Duty Evening = new(Solberg, [Ruiz, Boateng]);

    [Fact]
    public void People_are_dealt_into_crews_that_relieve_one_another()
    {
        var crews = Crews.Deal(new(1), All)!.Beginning(100, [Kim.Who.Id, Ortiz.Who.Id, null]);
        crews.On(100).ShouldBe(new(Osei, crews.On(100).Floor));
        crews.On(100).Floor.ShouldBe([Kim, Ortiz]);
        crews.On(101).Lead.ShouldBe(Solberg);
        Enumerable
            .Range(100, 200)
            .Select(nth => crews.On(nth))
            .ShouldAllBe(duty => duty.Floor.Count == 2 && !duty.Floor.Contains(duty.Lead));
        Enumerable.Range(101, 200).Count(nth => crews.On(nth).Floor.Intersect(crews.On(nth - 1).Floor).Any()).ShouldBeInRange(5, 50);
    }

    [Fact]
    public void Nobody_hands_over_to_themselves_alone()
    {
        Crews.Deal(new(1), []).ShouldBeNull();
        Crews.Deal(new(1), [Kim, Ruiz, Osei]).ShouldBeNull();
        Crews.Deal(new(1), [Kim, Ortiz, Ruiz, Osei])!.On(0).Floor.ShouldHaveSingleItem();
    }

    [Fact]
    public void Who_comes_is_assigned_patients_only_when_they_are_on_and_somebody_is_in_charge()
    {
        var page = Page(Osei, [Kim, Ortiz, Osei], Patient("201", Kim));
        Next(page).OfType<Charted>().Select(d => d.Command).ShouldAllBe(command => command is ComeOn);

        var on = Next(Page(Solberg, [Kim, Ortiz, Osei, Ruiz, Boateng, Solberg], Patient("201", Kim), Patient("204", Ortiz)));
        on.OfType<Charted>().Select(d => d.Command).OfType<AssignPatient>().Select(a => a.Person).ShouldBe([Ruiz.Who.Id, Boateng.Who.Id]);
        on.Where(d => d is Charted { Command: AssignPatient }).ShouldAllBe(d => d.Account == Solberg.Account);
    }

    [Fact]
    public void The_giver_judges_settles_what_is_open_and_gives()
    {
        var patient = Patient("201", Kim) with { Next = Ruiz.Who, NextShift = Key, Level = "Q5", Standing = HandoffStanding.LoopOpen };
        var deeds = Next(
            OnShift(patient),
            Opened(patient, [new("care-task-1/task", "Call", Change, null, "/tasks/1", false, null, null, 0)])
        );
        deeds.ShouldAllBe(d => d.Account == Kim.Account);
        deeds.OfType<Charted>().Select(d => d.Command).OfType<JudgeSeverity>().Single().Severity.ShouldNotBe(IllnessSeverity.Stable);
        deeds[^1].ShouldBeOfType<Given>().Watermark.ShouldBe(42);
        deeds.Count(d => d is Charted { Command: DeferLoop or ReownLoop or Domain.Tasks.FinishTask }).ShouldBe(1);
    }

    [Fact]
    public void What_came_true_is_answered_and_for_who_is_watched_something_is_foreseen()
    {
        var patients = Enumerable
            .Range(201, 4)
            .Select(bed => Patient($"{bed}", Kim) with { Next = Ruiz.Who, NextShift = Key, Level = "Q5" })
            .ToArray();
        patients
            .SelectMany(patient => Next(OnShift(patient), Opened(patient)))
            .OfType<Charted>()
            .Select(d => d.Command)
            .OfType<WriteContingency>()
            .ShouldNotBeEmpty();

        var fired = new ContingencyLine(
            Guid.NewGuid(),
            "If any incident: call the RN",
            Kim.Who,
            Key,
            Change,
            ContingencyStanding.Fired,
            Change,
            Change,
            null,
            new(ConditionKind.Incident),
            "call the RN"
        );
        var deeds = Next(OnShift(patients[0]), Opened(patients[0]) with { Contingencies = [fired] })
            .OfType<Charted>()
            .Select(d => d.Command)
            .ToList();
        deeds.OfType<AnswerContingency>().ShouldHaveSingleItem().Contingency.ShouldBe(fired.Id);
        deeds.OfType<WriteContingency>().ShouldBeEmpty();
    }

    [Fact]
    public void For_a_giver_who_has_left_whoever_is_in_charge_gives_and_a_strangers_patients_stay_theirs()
    {
        var left = Patient("201", Kim) with { Next = Ruiz.Who, NextShift = Key, HasLeft = true };
        Next(Page(Solberg, [Ruiz, Boateng, Solberg], left), Opened(left)).OfType<Given>().Single().Account.ShouldBe(Solberg.Account);

        var strange = Patient("201", Stranger) with { Next = Ruiz.Who, NextShift = Key };
        Next(OnShift(strange), Opened(strange)).OfType<Given>().ShouldBeEmpty();
    }

    [Fact]
    public void A_watcher_is_read_back_heard_and_then_accepted_each_in_its_turn()
    {
        var patient = Patient("202", Kim) with { Next = Ruiz.Who, NextShift = Key, Standing = HandoffStanding.Given };
        var given = Opened(patient) with { Given = new(Guid.NewGuid(), Change, Kim.Who, Kim.Who, IllnessSeverity.Watcher, 42, [], []) };
        var handover = Evenings();
        var steps = new List<string>();
        for (
            var rounds = 0;
            rounds < 8
                && handover
                    .Next(OnShift(patient), new Dictionary<Guid, PatientHandoff> { [patient.Stay] = given }, Change)
                    .SelectMany(line => line)
                    .OfType<Charted>()
                    .FirstOrDefault(d => d.Command is Command<Care>)
                    is { } deed;
            rounds++
        )
        {
            steps.Add($"{deed.Account} {deed.Command.GetType().Name}");
            given = deed.Command switch
            {
                GiveReadBack => given with { ReadBacks = [new(Guid.NewGuid(), Change, Ruiz.Who, "So I look in more often")] },
                AnswerReadBack => given with { ReadBacks = [given.ReadBacks[0] with { IsAnswered = true }] },
                AskHandoff ask => given with { Questions = [new(Guid.NewGuid(), Change, Ruiz.Who, ask.Question!)] },
                AnswerHandoff answer => given with { Questions = [given.Questions[0] with { Answer = answer.Words }] },
                _ => given,
            };
        }

        steps.IndexOf("Ruiz GiveReadBack").ShouldBeGreaterThanOrEqualTo(0);
        steps.IndexOf("Kim AnswerReadBack").ShouldBe(steps.IndexOf("Ruiz GiveReadBack") + 1);
        steps[^1].ShouldBe("Ruiz AcceptHandoff");
    }

    [Fact]
    public void What_was_refused_is_not_tried_again()
    {
        var (handover, page) = (Evenings(), OnShift(Patient("201", Kim)));
        handover
            .Next(page, new Dictionary<Guid, PatientHandoff>(), Change)
            .SelectMany(line => line)
            .Count(d => d is Charted { Command: AssignPatient })
            .ShouldBe(1);
        handover
            .Next(page, new Dictionary<Guid, PatientHandoff>(), Change)
            .SelectMany(line => line)
            .Count(d => d is Charted { Command: AssignPatient })
            .ShouldBe(0);
    }

    private static string Key => "2-west.2026-11-17.evening";

    private static Handover Evenings() => new(new Dice(4), TheWard, "run", Evening, All, "a change", Change, Change);

    private static List<Deed> Next(UnitHandoff page, PatientHandoff? opened = null) =>
        [
            .. Evenings()
                .Next(
                    page,
                    opened is null ? new Dictionary<Guid, PatientHandoff>() : new() { [opened.Patient.Stay] = opened },
                    Change.AddMinutes(-12)
                )
                .SelectMany(line => line),
        ];

    private static UnitHandoff OnShift(HandoffPatient patient) => Page(Solberg, [Kim, Ortiz, Osei, Ruiz, Boateng, Solberg], patient);

    private static UnitHandoff Page(Player charge, Player[] on, params HandoffPatient[] patients) =>
        new(
            "2-west",
            "2 West",
            HandoffTemplate.IPass,
            Change.AddMinutes(-12),
            42,
            charge.Who,
            [
                new("2-west.2026-11-17.day", "Day", Change.AddHours(-8), Change, true, [.. on.Except([Ruiz, Boateng, Solberg]).Select(On)]),
                new(Key, "Evening", Change, Change.AddHours(8), false, [.. on.Intersect([Ruiz, Boateng, Solberg]).Select(On)]),
            ],
            patients
        );

    private static PersonOn On(Player player) => new(player.Who, Change.AddHours(-1), null, null, false);

    private static HandoffPatient Patient(string bed, Player responsible) =>
        new(
            NamedId.From("patient", bed),
            bed,
            $"Doe, {bed}",
            "Q15",
            responsible.Who,
            false,
            false,
            null,
            null,
            null,
            HandoffStanding.Untouched,
            0,
            null,
            null,
            null
        );

    private static PatientHandoff Opened(HandoffPatient patient, params HandoffLoop[] loops) =>
        new(patient, HandoffTemplate.IPass, null, [], [], [], loops, null, [], [], null, [], 0, 42);

    private static Player Somebody(string name, Role role) => new(name, new(NamedId.From("player", name).ToString(), name, role));
}
