using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Make an open point somebody else's, who is on the shift.</summary>
public sealed record ReownLoop(string? Loop, string? Person, string? Shift) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) =>
        [.. CareRules.Needs(state), .. CareRules.NeedsShift(Shift), .. GivingRules.NeedsLoop(state, Loop)];

    public override Decision Decide(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when GivingRules.NotYours(state, now) is { } refusal => refusal,
            _ when GivingRules.WrongLoop(state, Loop, now) is { } refusal => refusal,
            _ when CareRules.NotOn(state, Person, Shift, now) is { } refusal => refusal,
            _ when state.Settled(Loop!) is { IsForThis: true } said && said.To?.Id == Person => [],
            _ => new LoopReowned(CareRules.Time(state, now), Loop!, CareRules.On(Person, Shift, now)!.Who),
        };
}
