using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Status;

/// <summary>Say how the patient usually is. It is asked for once and then only when it has changed for good.</summary>
public sealed record SetBaseline(BehaviorDomain? Domain, int? Intensity, string? Descriptor = null) : Command<PatientStatus>
{
    public override Permission Permission => Permission.SetBaseline;

    public override IEnumerable<string> Reads(PatientStatus state, LoadedStates facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, DecisionContext now) =>
        state switch
        {
            _ when StatusRules.Wrong(state, now.Now, now) is { } refusal => refusal,
            _ when Behavior.Wrong(Domain, Descriptor, Intensity) is { } refusal => refusal,
            _ when state.BaselineOf(Domain!.Value) is { } stands
                    && (stands.Intensity, stands.Descriptor) == (Intensity, Text.Line(Descriptor)) => [],
            _ => new BaselineSet(
                StatusRules.At(state, null, now),
                Domain.Value,
                Intensity!.Value,
                Text.Line(Descriptor),
                state.BaselineOf(Domain.Value)?.Intensity
            ),
        };
}
