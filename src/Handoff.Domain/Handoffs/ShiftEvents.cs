using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>The pattern's shift as it falls on its date; recorded with the first thing that happens on it.</summary>
[Stored("shift_opened")]
public sealed record ShiftOpened(DateTimeOffset OccurredAt, string Unit, string Name, DateTimeOffset Starts, DateTimeOffset Ends)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Name}, {time.DayAndClock(Starts)} to {time.Clock(Ends)}.";
}

[Stored("came_on")]
public sealed record CameOn(DateTimeOffset OccurredAt, Staff Who) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Who.Name} came on at {time.Clock(OccurredAt)}.";
}

[Stored("went_off")]
public sealed record WentOff(DateTimeOffset OccurredAt, Staff Who, string? Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"{Who.Name} went off at {time.Clock(OccurredAt)}{(Reason is null ? "" : $" ({Reason})")}.";
}

[Stored("huddle_began")]
public sealed record HuddleBegan(DateTimeOffset OccurredAt) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The huddle began at {time.Clock(OccurredAt)}.";
}

/// <summary>The huddle speaks of this patient now.</summary>
[Stored("huddle_turned")]
public sealed record HuddleTurned(DateTimeOffset OccurredAt, Guid Stay) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The huddle turned to the next patient at {time.Clock(OccurredAt)}.";
}

[Stored("huddle_ended")]
public sealed record HuddleEnded(DateTimeOffset OccurredAt) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The huddle ended at {time.Clock(OccurredAt)}.";
}
