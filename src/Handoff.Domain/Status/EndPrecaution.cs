using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;

namespace Handoff.Domain.Status;

/// <summary>End a precaution, and say why.</summary>
public sealed record EndPrecaution(Guid? Precaution, string? Reason) : Command<PatientStatus>
{
    public override Permission Permission => Permission.KeepPrecautions;

    public override IEnumerable<string> Reads(PatientStatus state, LoadedStates facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, DecisionContext now) =>
        state switch
        {
            _ when PrecautionRules.Wrong(state, Precaution, now) is { } refusal => refusal,
            _ when RoundingRules.WrongReason(Reason) is { } refusal => refusal,
            _ when PrecautionRules.Find(state, Precaution) is { Ended: null } of => new PrecautionEnded(
                StatusRules.At(state, null, now),
                of.Id,
                of.Kind,
                of.Name,
                Text.Line(Reason)!
            ),
            _ => [],
        };
}
