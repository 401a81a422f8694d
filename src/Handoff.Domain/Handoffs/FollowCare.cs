using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>
/// Bring the care in line with the stay: begin, move, end. It looks at how things are, so it may be sent any number of times.
/// </summary>
[Internal]
public sealed record FollowCare : Command<Care>
{
    public static readonly Reaction Reaction = new(
        "CareFollowsStay",
        fact => StreamId.Is(fact.Stream, StateKind<Stay>.Name) ? [new FollowCare { Key = fact.Key }] : []
    );

    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) =>
        [
            StreamId.For(StateKind<Stay>.Name, Key),
            .. facts.Get<Stay>(Key).Where() is { } where ? [StreamId.For(StateKind<Unit>.Name, where.Unit)] : Array.Empty<string>(),
        ];

    public override Decision Decide(Care state, DecisionContext now)
    {
        var stay = now.States.Get<Stay>(Key);
        var at = stay.Where() is { } where ? now.States.Get<Unit>(where.Unit).Time().Local(now.Now) : now.Now;
        return (stay.IsHere(), state.IsRunning()) switch
        {
            (true, false) => new CareBegan(at, stay.Where()!.Unit),
            (true, true) when state.Unit != stay.Where()!.Unit => new CareMoved(at, stay.Where()!.Unit),
            (false, true) => new CareEnded(stay.LeftAt() ?? at),
            _ => [],
        };
    }
}
