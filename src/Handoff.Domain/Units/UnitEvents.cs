using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <param name="Zone">IANA time zone, such as <c>America/Phoenix</c>.</param>
[Stored("unit_opened")]
public sealed record UnitOpened(DateTimeOffset OccurredAt, string Name, string Zone) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Name} opened.";
}

[Stored("beds_set")]
public sealed record BedsSet(DateTimeOffset OccurredAt, IReadOnlyList<string> Beds) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The unit has {Beds.Count} beds: {string.Join(", ", Beds)}.";
}

[Stored("shifts_set")]
public sealed record ShiftsSet(DateTimeOffset OccurredAt, IReadOnlyList<ShiftTime> Shifts) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"The unit works {string.Join(", ", Shifts.Select(s => $"{s.Name} {UnitTime.Typed(s.Starts)}–{UnitTime.Typed(s.Ends)}"))}.";
}

[Stored("levels_set")]
public sealed record LevelsSet(DateTimeOffset OccurredAt, IReadOnlyList<LocalLevel> Levels, ObservationLevel OnAdmission)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Observation levels: {string.Join(", ", Levels.Select(l => $"{l.Name} within {l.LimitMinutes} min"))}; on admission "
        + $"{OnAdmission.UsualName()}.";
}

[Stored("places_set")]
public sealed record PlacesSet(DateTimeOffset OccurredAt, IReadOnlyList<string> Places) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Places on the unit: {string.Join(", ", Places)}.";
}

[Stored("handoff_template_set")]
public sealed record HandoffTemplateSet(DateTimeOffset OccurredAt, HandoffTemplate Template) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Handoffs are written as {Template.Words()}.";
}
