using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Status;

[Stored("status_closed")]
public sealed record StatusClosed(DateTimeOffset OccurredAt) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Status is kept until {time.Clock(OccurredAt)}.";

    public override Significance Significance() => Kernel.Significance.Silent;
}
