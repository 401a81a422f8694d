using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Status;

/// <summary>Say that a precaution was not reviewed in time; once, until somebody reviews it.</summary>
[Internal]
public sealed record FindReviewOverdue(Guid Precaution) : Command<PatientStatus>
{
    public override Permission Permission => Permission.KeepPrecautions;

    public override Decision Decide(PatientStatus state, DecisionContext now) =>
        PrecautionRules.Find(state, Precaution) switch
        {
            { } of when state.IsRunning() && of.IsReviewOverdue(now.Now) && !of.IsOverdueSaid() => new PrecautionReviewOverdue(
                of.ReviewBy(),
                of.Id,
                of.Kind,
                of.Name
            ),
            _ => [],
        };
}
