using FsCheck;
using FsCheck.Fluent;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Handoffs.Floor;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Handoffs;

public class ContingencyOnceTests
{
    private static readonly Actor[] Everybody = [Ortiz, Osei, Kim, Ruiz, Park];

    private static readonly Func<Random, Care, DateTimeOffset, ICommand>[] Wishes =
    [
        (r, _, _) =>
            new WriteContingency(
                ConditionKind.Incident,
                Any(r, ["call RN", "tell the sister"]),
                Incident: Any<IncidentKind?>(r, [IncidentKind.Elopement, null, IncidentKind.Fall])
            )
            {
                Key = Maya,
            },
        (r, _, _) =>
            new WriteContingency(ConditionKind.Status, "offer music", Domain: BehaviorDomain.Mood, Intensity: r.Next(1, 4)) { Key = Maya },
        (r, _, at) => new WriteContingency(ConditionKind.Time, "look again", Time: at.AddMinutes(r.Next(30, 900))) { Key = Maya },
        (r, _, _) => new WriteContingency(Any(r, [ConditionKind.CheckMissed, ConditionKind.LevelChange]), "ask why") { Key = Maya },
        (r, _, _) => ContingencyTests.Opened(Any(r, [IncidentKind.Elopement, IncidentKind.Fall])),
        (r, _, _) => new ObserveBehavior(BehaviorDomain.Mood, "as seen", r.Next(4)) { Key = Maya },
        (r, _, _) => new OrderLevel(Any(r, Enum.GetValues<ObservationLevel>()), "Reason") { Key = Maya },
        (_, _, _) => new RecordCheck("Room", false) { Key = Maya },
        (r, care, _) => new WithdrawContingency(Some(r, care)) { Key = Maya },
        (r, care, _) => new AnswerContingency(Some(r, care)) { Key = Maya },
        (_, _, _) => new TakeOver("Nobody there") { Key = Maya },
        (_, _, _) => new Discharge { Key = Maya },
        (_, _, _) => new CancelDischarge { Key = Maya },
    ];

    [Fact]
    public void Whatever_happens_each_comes_true_at_most_once_and_only_after_it_was_armed()
    {
        var fired = 0;
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60),
            Prop.ForAll(
                Gen.Choose(0, 1_000_000).ToArbitrary(),
                seed =>
                {
                    var chance = new Random(seed);
                    var floor = Admitted("05:00");
                    var (at, followed) = (At("05:00"), 0);
                    foreach (var _ in Enumerable.Range(0, 90))
                    {
                        at = at.AddMinutes(chance.Next(20));
                        var wish = Any(chance, Wishes)(chance, floor.Care, at);
                        floor.Ward.Send(
                            wish,
                            at,
                            wish is WriteContingency or WithdrawContingency or AnswerContingency or TakeOver
                                ? Any(chance, Everybody)
                                : People.Prescriber
                        );
                        floor.Ward.Settle(at);
                        floor.Ward.Send(new KeepStatusWithStay { Key = Maya }, at, Actor.Clock);
                        floor.Ward.Restart();
                        followed = Follow(floor, followed, chance, at);
                    }

                    fired += Once(floor);
                }
            )
        );
        fired.ShouldBeGreaterThan(60);
    }

    // The reaction may lag behind, be repeated from any earlier place, or have no time at all.
    private static int Follow(Floor floor, int followed, Random chance, DateTimeOffset at)
    {
        var (from, to) = (
            chance.Next(5) == 0 ? chance.Next(followed + 1) : followed,
            chance.Next(3) == 0 ? followed : floor.Ward.Log.Count
        );
        foreach (var command in floor.Ward.Log.Take(to).Skip(from).ToList().SelectMany(FireContingencies.Reaction.React))
        {
            floor.Ward.Send(command, at, Actor.Clock).Refusal.ShouldBeNull();
        }

        return Math.Max(followed, to);
    }

    private static int Once(Floor floor)
    {
        var fired = floor.Ward.Log.Select(f => f.Event).OfType<ContingencyFired>().ToList();
        fired.Select(f => f.Contingency).ShouldBeUnique();
        foreach (var one in fired)
        {
            var written = floor.Ward.Log.Select(f => f.Event).OfType<ContingencyWritten>().Single(w => w.Contingency == one.Contingency);
            (one.OccurredAt >= ArmedAt(floor, written)).ShouldBeTrue();
            (
                one.Because is { } because
                    ? written.If.IsMetBy(floor.Ward.Log.Single(f => f.Id == because).Event)
                    : written.If.Time == one.OccurredAt
            ).ShouldBeTrue();
            floor.Ward.Log.Any(f => f.Event is ContingencyWithdrawn w && w.Contingency == one.Contingency).ShouldBeFalse();
        }

        return fired.Count;
    }

    // From the log alone: the end of the shift, or when somebody else took the patient over after it was written.
    private static DateTimeOffset ArmedAt(Floor floor, ContingencyWritten written) =>
        floor
            .Ward.Log.SkipWhile(f => f.Event != written)
            .Select(f => f.Event)
            .OfType<PatientTakenOver>()
            .Where(t => t.To.Id != written.Author.Id)
            .Select(t => t.OccurredAt)
            .Append(written.ArmsAt)
            .Min();

    private static Guid? Some(Random chance, Care care) => care.Contingencies.Count > 0 ? Any(chance, care.Contingencies).Id : null;

    private static T Any<T>(Random chance, IReadOnlyList<T> of) => of[chance.Next(of.Count)];
}
