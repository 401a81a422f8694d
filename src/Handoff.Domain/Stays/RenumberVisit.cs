using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Stays;

/// <summary>The hospital gave the visit another number.</summary>
[Internal]
public sealed record RenumberVisit(string? Visit, DateTimeOffset? At = null) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Reads(Stay state, LoadedStates facts) => Place.Needs(state);

    public override Decision Decide(Stay state, DecisionContext now) =>
        Text.Line(Visit) switch
        {
            _ when !state.IsKnown() => StayRules.Unknown,
            null => Refusal.Missing("visit", "Give the visit's new number."),
            _ when now.Impossible(At ?? now.Now, null, "at") is { } refusal => refusal,
            var visit when visit == state.Visit => [],
            var visit => new VisitRenumbered(StayRules.Time(state, At, now), state.Visit, visit),
        };
}
