using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <summary>Bring what is owed in line with the stay. It looks at how things are, so it may be sent any number of times.</summary>
[Internal]
public sealed record FollowDeparture : Command<Departure>
{
    public static readonly Reaction Reaction = new(
        "DepartureFollowsStay",
        fact =>
            fact.Event is MovedOutside or Transferred or TransferCancelled or Discharged or AdmissionCancelled
            && StreamId.Is(fact.Stream, StateKind<Stay>.Name)
                ? [new FollowDeparture { Key = fact.Key }]
                : []
    );

    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Reads(Departure state, LoadedStates facts) =>
        [StreamId.For(StateKind<Stay>.Name, Key), .. Place.Needs(facts.Get<Stay>(Key))];

    public override Decision Decide(Departure state, DecisionContext now)
    {
        var stay = now.States.Get<Stay>(Key);
        return stay switch
        {
            { Outside: { } outside, DischargedAt: null, IsCancelled: false } when state.Since != outside.Since => new DepartureOpened(
                outside.Since,
                stay.Where()!.Unit,
                outside.Place
            ),
            { Outside: not null, DischargedAt: null, IsCancelled: false } => [],
            _ when state.IsOpen => new DepartureClosed(Place.Time(stay, now).Local(now.Now)),
            _ => [],
        };
    }
}
