using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>
/// Give the handoff: by who is responsible, or by who is in charge for somebody who left. Only the service sends it, with what it found
/// open and the position that the giver saw, so that neither can be left out; sent again, it may find other things, and is the same
/// request.
/// </summary>
/// <param name="Watermark">The log position up to which the giver has seen.</param>
/// <param name="Open">What is open about the patient, by <see cref="LoopId"/>, with its words.</param>
/// <param name="Since">From when on the generated lines tell; null for since the admission.</param>
[Internal]
public sealed record SubmitHandoff(
    [property: JsonIgnore] long Watermark,
    [property: JsonIgnore] IReadOnlyList<CarriedLoop> Open,
    [property: JsonIgnore] DateTimeOffset? Since
) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when GivingRules.NotYours(state, now) is { } refusal => refusal,
            { Severity: null } => Refusal.Missing("severity", "Choose stable, watcher or unstable."),
            _ when Open.FirstOrDefault(l => l.Pressing == Pressing.Emergency) is { } emergency => GivingRules.Emergency(emergency.Words),
            _ when Open.FirstOrDefault(l => state.Settled(l.Loop) is not { IsForThis: true }) is { } open => new Refusal(
                "loop-open",
                $"Still open: {open.Words}. Close it, put it off with a reason, or make it somebody else's.",
                "loops"
            ),
            { Submitted: { } given } when given.Said.Texts.SequenceEqual(state.Texts) && given.Said.Severity == state.Severity => [],
            _ => new HandoffSubmitted(
                CareRules.Time(state, now),
                CareRules.Responsible(state, now)!,
                Watermark,
                Since,
                now.States.Get<Unit>(state.Unit!).Template,
                state.Severity.Value,
                state.Texts,
                [.. Open.Select(l => GivingRules.Carried(l, state.Settled(l.Loop)!))]
            ),
        };
}
