using FsCheck;
using FsCheck.Fluent;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;
using static Handoff.Domain.Tests.Observations.RoundingTests;
using static Handoff.Domain.Tests.Scenario;
using static Handoff.Domain.Tests.Times;

namespace Handoff.Domain.Tests.Observations;

public class AnyOrderTests
{
    private static readonly Gen<Func<Given<Rounding>, DateTimeOffset, Command<Rounding>>> Wish = Gen.Elements<
        Func<Given<Rounding>, DateTimeOffset, Command<Rounding>>
    >(
        (_, _) => new RecordCheck("Room", false),
        (_, _) => new RecordCheck("Hallway", false),
        (_, at) => new RecordCheck("Late", false, At: at.AddMinutes(-12)),
        (_, at) => new RecordCheck("Late", false, At: at.AddMinutes(-40)),
        (given, _) => new TakeBackCheck(given.State.Last()?.Check ?? Another, "x"),
        (given, _) => new TakeBackCheck(given.State.Sightings.Count > 1 ? given.State.Sightings[^2].Check : Another, "x"),
        (_, _) => new OrderLevel(ObservationLevel.Q5, "x"),
        (_, _) => new OrderLevel(ObservationLevel.Q15, "x"),
        (_, _) => new OrderLevel(ObservationLevel.Q30, "x"),
        (_, at) => new OrderLevel(ObservationLevel.Q15, "x", at.AddHours(4)),
        (_, at) => new PauseObservation("procedure", at.AddHours(1)),
        (_, _) => new ResumeObservation()
    );

    [Fact]
    public void Whatever_is_recorded_every_limit_is_said_once_and_never_again() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(60),
            Prop.ForAll(
                Gen.Zip(Wish, Gen.Choose(0, 25)).ListOf(30).ToArbitrary(),
                steps =>
                {
                    var given = Rounded();
                    var at = At("08:00");
                    foreach (var (wish, minutes) in steps)
                    {
                        at = at.AddMinutes(minutes);
                        given.Ward.Lapse(at);
                        given.When(wish(given, at), at);
                        given.Ward.Lapse(at);
                        given.Ward.Restart();
                        Agrees(given.State, at);
                    }

                    var missed = given.Ward.Log.Select(r => r.Event).OfType<CheckMissed>().Where(e => !e.FoundLater).ToList();
                    missed.Select(e => e.OccurredAt).ShouldBeUnique();
                    missed.Where(e => e.SeenAgain is null).Select(e => e.OccurredAt).ShouldBeInOrder();
                }
            )
        );

    private static void Agrees(Rounding state, DateTimeOffset at)
    {
        (state.Due is null).ShouldBe(state.Pause is not null);
        state.Sightings.Select(s => s.At).ShouldBeInOrder();
        state.Sightings.Count.ShouldBeLessThanOrEqualTo(Rounding.Remembered);
        state.Due?.Asks.ShouldBeLessThanOrEqualTo(state.Due.Limit);
        state.Due?.Limit.ShouldBeLessThanOrEqualTo(at + state.Limit());
        (state.Missed > 0).ShouldBe(state.Due?.Limit <= at);
    }
}
