using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Status;

/// <summary>
/// Bring the status in line with the stay: on its unit while the patient is here. It looks at how things are, so it may be sent any number
/// of times.
/// </summary>
[Internal]
public sealed record KeepStatusWithStay : Command<PatientStatus>
{
    public static readonly Reaction Reaction = new(
        "StatusFollowsStay",
        fact => StreamId.Is(fact.Stream, StateKind<Stay>.Name) ? [new KeepStatusWithStay { Key = fact.Key }] : []
    );

    public override Permission Permission => Permission.Observe;

    public override IEnumerable<string> Reads(PatientStatus state, LoadedStates facts) =>
        [StreamId.For(StateKind<Stay>.Name, Key), .. StatusRules.NeedsUnit(state), .. Place.Needs(facts.Get<Stay>(Key))];

    public override Decision Decide(PatientStatus state, DecisionContext now)
    {
        var stay = now.States.Get<Stay>(Key);
        return stay switch
        {
            _ when !stay.IsHere() => state.IsRunning()
                ? new StatusClosed(stay.LeftAt() ?? StatusRules.Time(state, now).Local(now.Now))
                : [],
            _ when state.IsRunning() && state.Unit == stay.Where()!.Unit => [],
            _ => new StatusPlaced(Place.Time(stay, now).Local(now.Now), stay.Where()!.Unit, stay.AdmittedAt!.Value),
        };
    }
}
