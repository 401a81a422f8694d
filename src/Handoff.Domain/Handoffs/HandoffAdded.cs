using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>
/// What the giver, looking back once all was accepted, found to have been left out. It reaches whoever accepted as news. Source: FAA JO
/// 7110.65, position relief
/// briefing: who was relieved stays, listens and looks whether anything was missed.
/// </summary>
/// <param name="Handoff">The submission to which it belongs.</param>
[Stored("handoff_added")]
public sealed record HandoffAdded(DateTimeOffset OccurredAt, Guid Handoff, string Words) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Left out of the handoff, added at {time.Clock(OccurredAt)}: {Words}";

    public override Significance Significance() => Kernel.Significance.Notable;

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Critical, Sentence(time));

    public override Amendment Amends() => new(Handoff, IsStruck: false);
}
