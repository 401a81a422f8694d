using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

// Events

/// <summary>A patient left for a place that this service does not run: whoever had them owes the place a report.</summary>
[Stored("departure_opened")]
public sealed record DepartureOpened(DateTimeOffset OccurredAt, string Unit, string Place) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Report to {Place} is to be given.";

    public override Gravity Gravity() => Kernel.Gravity.Silent;
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

    public override Gravity Gravity() => Kernel.Gravity.Silent;
}

// State

/// <summary>
/// What is owed to the place to which a patient went, if that is none of ours: the report. The patient is off the unit's board and out of its hand-over;
/// this stays in the hand-over of the unit that they left until somebody has given the report.
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

    public override State Evolve(Recorded fact) =>
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

// Commands

/// <summary>Say that the place to which the patient went has had the report.</summary>
/// <param name="To">Who took it.</param>
public sealed record GiveReport(string? To, string? Remark = null) : Command<Departure>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Departure state, Facts facts) => Place.Needs(state.Unit);

    public override Decision Decide(Departure state, Situation now) =>
        (state, Text.Line(To)) switch
        {
            ({ Since: null }, _) => Refusal.NotFound("departure-unknown", "Nobody was moved outside under that id.", "stay"),
            _ when !now.By.WorksOn(state.Unit!) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            (_, null) => Refusal.Missing("to", "Say who took the report."),
            (_, { Length: > Text.NameLimit } to) => Text.TooLong(to, Text.NameLimit, "to")!,
            _ when Text.TooLong(Text.Line(Remark), Text.RemarkLimit, "remark") is { } refusal => refusal,
            ({ IsOpen: false }, _) => [],
            (_, var to) => new ReportGiven(now.Facts.Of<Unit>(state.Unit!).Time().Local(now.Now), to, Text.Line(Remark)),
        };
}

/// <summary>Bring what is owed in line with the stay. It looks at how things are, so it may be sent any number of times.</summary>
[Internal]
public sealed record FollowDeparture : Command<Departure>
{
    public static readonly Reaction Reaction = new(
        "DepartureFollowsStay",
        fact =>
            fact.Event is MovedOutside or Transferred or TransferCancelled or Discharged or AdmissionCancelled
            && StreamId.Is(fact.Stream, StateKind<Stay>.Name)
                ? [new FollowDeparture { Key = fact.Key }]
                : []
    );

    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Needs(Departure state, Facts facts) =>
        [StreamId.For(StateKind<Stay>.Name, Key), .. Place.Needs(facts.Of<Stay>(Key))];

    public override Decision Decide(Departure state, Situation now)
    {
        var stay = now.Facts.Of<Stay>(Key);
        return stay switch
        {
            { Outside: { } outside, DischargedAt: null, IsCancelled: false } when state.Since != outside.Since => new DepartureOpened(
                outside.Since,
                stay.Where()!.Unit,
                outside.Place
            ),
            { Outside: not null, DischargedAt: null, IsCancelled: false } => [],
            _ when state.IsOpen => new DepartureClosed(Place.Time(stay, now).Local(now.Now)),
            _ => [],
        };
    }
}
