using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>Say that the huddle of a shift is over.</summary>
public sealed record EndHuddle : Command<Shift>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Shift state, LoadedStates facts) => ShiftRules.Needs(Key);

    public override Decision Decide(Shift state, DecisionContext now) =>
        ShiftRules.NotThere(Key, now) switch
        {
            { } refusal => refusal,
            _ when state.Huddle is not { Ended: null } => [],
            _ => new HuddleEnded(ShiftRules.Time(Key, now).Local(now.Now)),
        };
}
