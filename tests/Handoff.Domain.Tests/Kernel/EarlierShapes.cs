using Handoff.Domain.Kernel;

namespace Handoff.Domain.Tests.Kernel;

// Three shapes of one event, as a long-lived log would hold them.

[Stored("walk_taken")]
public sealed record WalkTakenV1(DateTimeOffset OccurredAt, int Minutes) : Event(OccurredAt), IEarlierShape
{
    public Event Upcast() => new WalkTakenV2(OccurredAt, Minutes, "outside");

    public override string Sentence(UnitTime time) => "A walk.";
}

[Stored("walk_taken_v2")]
public sealed record WalkTakenV2(DateTimeOffset OccurredAt, int Minutes, string Where) : Event(OccurredAt), IEarlierShape
{
    public Event Upcast() => new WalkTaken(OccurredAt, TimeSpan.FromMinutes(Minutes), Where);

    public override string Sentence(UnitTime time) => "A walk.";
}

[Stored("walk_taken_v3")]
public sealed record WalkTaken(DateTimeOffset OccurredAt, TimeSpan Length, string Where) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => "A walk.";
}
