using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <summary>A patient left for a place that this service does not run: whoever had them owes the place a report.</summary>
[Stored("departure_opened")]
public sealed record DepartureOpened(DateTimeOffset OccurredAt, string Unit, string Place) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Report to {Place} is to be given.";

    public override Significance Significance() => Kernel.Significance.Silent;
}

[Stored("report_given")]
public sealed record ReportGiven(DateTimeOffset OccurredAt, string To, string? Remark) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Report given to {To} at {time.Clock(OccurredAt)}{(Remark is null ? "." : $": {Remark}")}";
}

/// <summary>Nobody needs the report any more: the patient is back, or was discharged.</summary>
[Stored("departure_closed")]
public sealed record DepartureClosed(DateTimeOffset OccurredAt) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => "The report is not needed any more.";

    public override Significance Significance() => Kernel.Significance.Silent;
}

/// <summary>
/// What is owed to the place to which a patient went, if that is none of ours: the report. The patient is off the unit's board and out of
/// its handoff;
/// this stays in the handoff of the unit that they left until somebody has given the report.
/// </summary>
[Stored("departure")]
public sealed record Departure : State
{
    public Guid Stay { get; init; }

    public string? Unit { get; init; }

    public string Place { get; init; } = "";

    public DateTimeOffset? Since { get; init; }

    public bool IsOpen { get; init; }

    public override string? OnUnit() => IsOpen ? Unit : null;

    public override Guid? OfStay() => Stay;

    public override IEnumerable<OpenLoop> OpenLoops() =>
        IsOpen && Since is { } since
            ? [new("moved-outside", Stay, since, null, $"moved to {Place}, outside: report to be given", $"/stays/{Stay}/report")]
            : [];

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            DepartureOpened e => this with
            {
                Stay = Guid.Parse(fact.Key),
                Unit = e.Unit,
                Place = e.Place,
                Since = e.OccurredAt,
                IsOpen = true,
            },
            ReportGiven or DepartureClosed => this with { IsOpen = false },
            _ => this,
        };
}
