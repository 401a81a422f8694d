using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;

namespace Handoff.Domain.Status;

/// <summary>Start a precaution; it is to be reviewed within a day.</summary>
/// <param name="Name">What exactly; needed where the kind is <see cref="PrecautionKind.Other"/>. At most 40 characters.</param>
public sealed record StartPrecaution(PrecautionKind? Kind, string? Reason, string? Name = null, DateTimeOffset? At = null)
    : Command<PatientStatus>
{
    public override Permission Permission => Permission.KeepPrecautions;

    public override IEnumerable<string> Reads(PatientStatus state, LoadedStates facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, DecisionContext now) =>
        state switch
        {
            _ when StatusRules.Wrong(state, At ?? now.Now, now) is { } refusal => refusal,
            _ when Kind is null => Refusal.Missing("kind", "Choose the precaution."),
            _ when Kind is PrecautionKind.Other && Text.Line(Name) is null => Refusal.Missing("name", "Say which precaution it is."),
            _ when Text.TooLong(Text.Line(Name), 40, "name") is { } refusal => refusal,
            _ when RoundingRules.WrongReason(Reason) is { } refusal => refusal,
            _ when state.ActivePrecautions().Any(p => (p.Kind, p.Name) == (Kind, Text.Line(Name))) => [],
            _ => new PrecautionStarted(
                StatusRules.At(state, At, now),
                Kind.Value,
                Text.Line(Name),
                Text.Line(Reason)!,
                StatusRules.At(state, At, now) + Precaution.ReviewedWithin
            ),
        };
}
