using FsCheck;
using FsCheck.Fluent;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Handoffs.Floor;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Handoffs;

public class OneResponsibleTests
{
    private static readonly Actor[] Everybody = [Ortiz, Osei, Raman, Kim, Ruiz, Park];

    private static readonly string[] Shifts = [Day, Evening, Night, "2-east.2026-11-18.day", "2-east.2026-11-18.evening"];

    private static readonly string[] Units = [Ward.West, Ward.East];

    private static readonly Func<Random, ICommand>[] Wishes =
    [
        r => new TakeCharge { Key = Any(r, Units) },
        r => new ComeOn { Key = Any(r, Shifts) },
        r => new ComeOn(Any(r, Everybody).Staff) { Key = Any(r, Shifts) },
        r => new GoOff { Key = Any(r, Shifts) },
        r => new AssignPatient(Any(r, Everybody).Staff.Id, Any(r, Shifts)) { Key = Maya },
        r => new AssignPatient(Any(r, Everybody).Staff.Id, Any(r, Shifts)) { Key = Maya },
        r => new TakePatient(Any(r, Shifts)) { Key = Maya },
        _ => new TakeOver("Nobody there") { Key = Maya },
        r => new JudgeSeverity((IllnessSeverity)r.Next(3)) { Key = Maya },
        r => new WriteHandoff(HandoffSection.PatientSummary, r.Next(4).ToString()) { Key = Maya },
        _ => Submit(),
        _ => Submit(),
        _ => new GiveReadBack { Key = Maya },
        _ => new AcceptHandoff { Key = Maya },
        r => new AcceptHandoff(Any(r, Shifts)) { Key = Maya },
        _ => new DeclineHandoff("Too many") { Key = Maya },
        r => new Transfer(Any(r, Units), r.Next(1, 5).ToString()) { Key = Maya },
        _ => new Discharge { Key = Maya },
        _ => new CancelDischarge { Key = Maya },
    ];

    [Fact]
    public void Whatever_happens_one_person_is_responsible_at_every_instant() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(120),
            Prop.ForAll(
                Gen.Choose(0, 1_000_000).ToArbitrary(),
                seed =>
                {
                    var chance = new Random(seed);
                    var floor = Admitted("05:00");
                    var at = At("05:00");
                    foreach (var _ in Enumerable.Range(0, 120))
                    {
                        at = at.AddMinutes(chance.Next(14));
                        Happens(floor, chance, at);
                    }

                    Agree(floor, at);
                }
            )
        );

    private static void Happens(Floor floor, Random chance, DateTimeOffset at)
    {
        var (before, by) = (floor.Care, Any(chance, Everybody));
        var had = before.IsRunning() ? Holder(floor, before) : null;
        var command = Any(chance, Wishes)(chance);
        // A stay's discharge is cancelled only by who may move patients; everybody here is let do so, for the sake of stranger histories.
        var decided = floor.Ward.Send(command, at, command is Transfer or Discharge or CancelDischarge ? People.Prescriber : by);
        foreach (var happened in decided.Events)
        {
            Allowed(happened, by.Staff, before, had);
        }

        floor.Ward.Settle(at);
        floor.Ward.Restart();
        (floor.Care.IsRunning() && Holder(floor, floor.Care) is null).ShouldBeFalse();
    }

    private static Staff? Holder(Floor floor, Care care) =>
        care.Responsible(floor.Ward.Of<Charge>(care.Unit!), floor.Ward.Of<Unit>(care.Unit!));

    private static void Allowed(Event happened, Staff by, Care before, Staff? had)
    {
        switch (happened)
        {
            case HandoffAccepted e:
                (e.To.Id, e.From.Id).ShouldBe((by.Id, had!.Id));
                e.To.Id.ShouldNotBe(e.From.Id);
                before.Submitted?.By.Id.ShouldNotBe(by.Id);
                break;
            case PatientTaken e:
                before.Holder.ShouldBeNull();
                e.To.Id.ShouldBe(by.Id);
                break;
            case PatientTakenOver e:
                e.To.Id.ShouldBe(by.Id);
                break;
            case HandoffDeclined or HandoffSubmitted or PatientAssigned:
                before.IsRunning().ShouldBeTrue();
                break;
        }
    }

    // From the log alone: one person after another, from the first instant to the last, and at the end the one that the state names.
    private static void Agree(Floor floor, DateTimeOffset end)
    {
        var stints = ResponsibilityPeriod.ForStay(Scenario.TheStay, floor.Ward.Log);
        stints.ShouldNotBeEmpty();
        stints.ShouldAllBe(s => s.Who != null && s.From <= (s.Until ?? end));
        stints.SkipLast(1).ShouldAllBe(s => s.Until != null);
        foreach (var (one, next) in stints.Zip(stints.Skip(1)))
        {
            (next.From == one.Until || Ended(floor, one.Until!.Value)).ShouldBeTrue();
            next.From.ShouldBeGreaterThanOrEqualTo(one.Until!.Value);
        }

        stints[0].From.ShouldBe(At("05:00").ToUniversalTime());
        (stints[^1].Until is null).ShouldBe(floor.Care.IsRunning());
        if (floor.Care.IsRunning())
        {
            stints[^1]
                .Who!.Id.ShouldBe(
                    floor.Care.Responsible(floor.Ward.Of<Charge>(floor.Care.Unit!), floor.Ward.Of<Unit>(floor.Care.Unit!))!.Id
                );
        }
    }

    private static bool Ended(Floor floor, DateTimeOffset at) => floor.Ward.Log.Any(f => f.Event is CareEnded && f.At == at);

    private static T Any<T>(Random chance, IReadOnlyList<T> of) => of[chance.Next(of.Count)];
}
