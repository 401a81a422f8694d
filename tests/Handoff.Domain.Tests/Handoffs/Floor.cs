using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Handoffs;

/// <summary>The usual ward between day and evening: Ortiz in charge, Kim giving, Ruiz and Park coming, and one patient.</summary>
internal sealed class Floor
{
    public const string Day = "2-west.2026-11-18.day",
        Evening = "2-west.2026-11-18.evening",
        Night = "2-west.2026-11-18.night";

    public static readonly Actor Ortiz = Person("ortiz", "Ana Ortiz", Role.Nurse),
        Osei = Person("osei", "Samuel Osei", Role.ChargeNurse),
        Raman = Person("raman", "Priya Raman", Role.Manager),
        Kim = Person("kim", "Jordan Kim", Role.Technician),
        Ruiz = Person("ruiz", "Ana Ruiz", Role.Technician),
        Park = Person("park", "Leo Park", Role.Technician);

    public static readonly string Maya = Scenario.TheStay.ToString();

    public Ward Ward { get; } = Ward.Usual();

    public Care Care => Ward.Of<Care>(Maya);

    public Staff Responsible => Care.Responsible(Ward.Of<Charge>(Ward.West), Ward.Of<Unit>(Ward.West))!;

    /// <summary>A patient has been admitted, and nobody has taken them.</summary>
    public static Floor Admitted(string at = "07:30")
    {
        var floor = new Floor();
        floor.Ward.Send(new Admit("M1", "Brook", "Maya", Ward.West, "1") { Key = Maya }, At(at)).Refusal.ShouldBeNull();
        floor.Ward.Settle(At(at));
        return floor;
    }

    /// <summary>Kim has the patient, Ruiz is on the evening shift and is to have them next.</summary>
    public static Floor Assigned()
    {
        var floor = Admitted();
        floor.Does(new TakeCharge { Key = Ward.West }, Ortiz, "07:35");
        floor.Does(new ComeOn { Key = Day }, Kim, "07:35");
        floor.Does(new TakePatient(Day) { Key = Maya }, Kim, "07:40");
        floor.Does(new ComeOn { Key = Evening }, Ruiz, "14:40");
        floor.Does(new AssignPatient("ruiz", Evening) { Key = Maya }, Ortiz, "14:45");
        return floor;
    }

    /// <summary>And Kim has handed over.</summary>
    public static Floor Given(IllnessSeverity severity = IllnessSeverity.Stable)
    {
        var floor = Assigned();
        floor.Does(new JudgeSeverity(severity) { Key = Maya }, Kim, "14:50");
        floor.Does(Submit(), Kim, "14:55");
        return floor;
    }

    public static SubmitHandoff Submit(params CarriedLoop[] open) => new(40, open, At("07:00")) { Key = Maya };

    public Decision Try(ICommand command, Actor by, string clock) => Ward.Send(command, At(clock), by);

    /// <summary>The command is not refused.</summary>
    public Floor Does(ICommand command, Actor by, string clock)
    {
        Try(command, by, clock).Refusal.ShouldBeNull();
        return this;
    }

    public Floor Refuses(ICommand command, Actor by, string clock, string code)
    {
        var refusal = Try(command, by, clock).Refusal.ShouldNotBeNull();
        refusal.Code.ShouldBe(code);
        refusal.Says.ShouldEndWith(".");
        return this;
    }

    private static Actor Person(string id, string name, Role role) => new(new(id, name, role), new Facility().PermissionsOf(role));
}
