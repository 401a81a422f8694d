using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Status;

/// <summary>From now on the patient's status is this unit's to keep.</summary>
/// <param name="HereSince">When the patient came; nothing about them is older.</param>
[Stored("status_placed")]
public sealed record StatusPlaced(DateTimeOffset OccurredAt, string Unit, DateTimeOffset HereSince) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Status is kept on {Unit} from {time.Clock(OccurredAt)}.";

    public override Significance Significance() => Kernel.Significance.Silent;
}
