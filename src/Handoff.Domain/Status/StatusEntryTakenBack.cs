using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;

namespace Handoff.Domain.Status;

/// <param name="What">The entry in a few words: <c>a meal</c>, <c>an observation</c>.</param>
[Stored("status_entry_taken_back")]
public sealed record StatusEntryTakenBack(DateTimeOffset OccurredAt, Guid Entry, string What, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Entered in error, {What}: {Reason}";

    public override Amendment Amends() => new(Entry);

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time));
}
