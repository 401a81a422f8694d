using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Status;

/// <summary>Say that a precaution was reviewed and is still needed.</summary>
public sealed record ReviewPrecaution(Guid? Precaution, string? Remark = null) : Command<PatientStatus>
{
    public override Permission Permission => Permission.KeepPrecautions;

    public override IEnumerable<string> Reads(PatientStatus state, LoadedStates facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, DecisionContext now) =>
        state switch
        {
            _ when PrecautionRules.Wrong(state, Precaution, now) is { } refusal => refusal,
            _ when PrecautionRules.Find(state, Precaution) is { Ended: not null } => new Refusal(
                "precaution-over",
                "The precaution was ended. Start it anew if it is needed.",
                "precaution"
            ),
            _ when Text.TooLong(Text.Line(Remark), Text.RemarkLimit, "remark") is { } refusal => refusal,
            _ when PrecautionRules.Find(state, Precaution)!.Reviews.Any(r => r.At == now.Now) => [],
            _ => Reviewed(PrecautionRules.Find(state, Precaution)!, StatusRules.At(state, null, now)),
        };

    private PrecautionReviewed Reviewed(Precaution of, DateTimeOffset at) =>
        new(at, of.Id, of.Kind, of.Name, Text.Line(Remark), at + Status.Precaution.ReviewedWithin);
}
