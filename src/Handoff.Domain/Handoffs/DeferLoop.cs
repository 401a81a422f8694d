using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>Let an open point go on to the next shift. How often that was done is shown.</summary>
/// <param name="Loop">The point, as the handoff lists it.</param>
public sealed record DeferLoop(string? Loop, string? Reason) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) =>
        [.. CareRules.Needs(state), .. GivingRules.NeedsLoop(state, Loop)];

    public override Decision Decide(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when GivingRules.NotYours(state, now) is { } refusal => refusal,
            _ when GivingRules.WrongLoop(state, Loop, now) is { } refusal => refusal,
            _ when CareRules.WrongWords(Reason, "reason", "Say why it goes on to the next shift.") is { } refusal => refusal,
            _ when state.Settled(Loop!) is { IsForThis: true } said && said.Reason == Text.Line(Reason) => [],
            _ => new LoopDeferred(CareRules.Time(state, now), Loop!, Text.Line(Reason)!),
        };
}
