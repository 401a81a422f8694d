using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

/// <summary>A crisis on a unit, from the first tap until everything that it left open is closed.</summary>
[Stored("incident")]
public sealed record Incident : State
{
    /// <summary>
    /// After an intervention patient and staff talk it through within 24 hours. Source: 42 CFR 483.370(a) and (b), binding for residential
    /// treatment of people under 21, and kept as the usual limit everywhere.
    /// </summary>
    public static readonly TimeSpan DebriefWithin = TimeSpan.FromHours(24);

    public Guid Id { get; init; }

    public string Unit { get; init; } = "";

    public IncidentKind Kind { get; init; }

    /// <summary>The unit's zone; null where the opening did not say it yet.</summary>
    public string? Zone { get; init; }

    /// <summary>In the order of their times; those entered in error stay among them.</summary>
    public IReadOnlyList<Step> Steps { get; init; } = [];

    /// <summary>Whose missing debrief was said: a stay's id, or <c>staff</c>.</summary>
    public IReadOnlyList<string> SaidOverdue { get; init; } = [];

    public bool IsKnown() => Steps.Count > 0;

    /// <summary>Opened by mistake: nothing of it counts.</summary>
    public bool IsInError() => Steps.Any(step => step is { Kind: StepKind.Opened, InError: not null });

    public DateTimeOffset OpenedAt() => Steps.FirstOrDefault(step => step.Kind == StepKind.Opened)?.At ?? default;

    public DateTimeOffset? ResolvedAt() => Counting(StepKind.Resolved).FirstOrDefault()?.At;

    /// <summary>Whether it goes on now, so that boards must show it.</summary>
    public bool IsOpen() => IsKnown() && !IsInError() && ResolvedAt() is null;

    /// <summary>Where it is, or was when it was resolved; null if nobody has said.</summary>
    public string? Place() => Steps.LastOrDefault(step => step.Place is not null && step.Counts())?.Place;

    /// <summary>Whether a code was called.</summary>
    public bool IsCode() => Counting(StepKind.CodeCalled).Any();

    /// <summary>The patients involved, in the order in which they were named.</summary>
    public IReadOnlyList<Guid> Patients() => [.. Counting(StepKind.Involved).SelectMany(step => step.Stays).Distinct()];

    public IEnumerable<Step> Counting(StepKind kind) => Steps.Where(step => step.Kind == kind && step.Counts());

    public Step? Step(Guid id) => Steps.FirstOrDefault(step => step.Id == id);

    public bool WasReviewed(Guid stay) => Counting(StepKind.LevelReview).Any(step => step.IsAbout(stay));

    public bool WasDebriefed(DebriefOf of, Guid stay) =>
        Counting(StepKind.Debrief).Any(step => step.Debrief == of && (of == DebriefOf.Staff || step.IsAbout(stay)));

    /// <summary>Whose debrief is still to be held: stays, and null for the staff's.</summary>
    public IEnumerable<Guid?> DebriefsOwed() =>
        ResolvedAt() is null || IsInError()
            ? []
            :
            [
                .. Patients().Where(stay => !WasDebriefed(DebriefOf.Patient, stay)).Select(stay => (Guid?)stay),
                .. WasDebriefed(DebriefOf.Staff, default) ? Array.Empty<Guid?>() : [null],
            ];

    public DateTimeOffset? DebriefsDue() => ResolvedAt() + DebriefWithin;

    public bool IsSaidOverdue(Guid? owed) => SaidOverdue.Contains(Whose(owed));

    /// <summary>The techniques that did a patient good here, each once.</summary>
    public IReadOnlyList<Technique> Helped(Guid stay) =>
        IsInError() || !Patients().Contains(stay)
            ? []
            :
            [
                .. Counting(StepKind.Deescalation)
                    .Where(step => step.IsAbout(stay) && step.Effect?.IsGood() == true)
                    .Select(step => step.Technique)
                    .OfType<Technique>()
                    .Distinct(),
            ];

    /// <summary>The incident's own page.</summary>
    public string Link() => $"/units/{Unit}/incidents/{Id}";

    public override string? OnUnit() => IsOpen() || OpenLoops().Any() ? Unit : null;

    public override IEnumerable<OpenLoop> OpenLoops() =>
        (IsKnown() && !IsInError(), ResolvedAt()) switch
        {
            (false, _) => [],
            (_, null) =>
            [
                new("incident-open", null, OpenedAt(), null, RunningWords(), Link(), Pressing.Urgent),
                .. Patients()
                    .Select(stay => new OpenLoop("incident-open", stay, OpenedAt(), null, RunningWords(), Link(), Pressing.Urgent)),
            ],
            (_, { } resolved) =>
            [
                .. Patients()
                    .Where(stay => !WasReviewed(stay))
                    .Select(stay => new OpenLoop(
                        "level-review",
                        stay,
                        resolved,
                        null,
                        $"observation level to be reviewed after {Kind.Words()}",
                        Link()
                    )),
                .. DebriefsOwed()
                    .Select(owed => new OpenLoop(
                        owed is null ? "debrief-staff" : "debrief-patient",
                        owed,
                        resolved,
                        DebriefsDue(),
                        $"debrief with {(owed is null ? "staff" : "the patient")} after {Kind.Words()}",
                        Link()
                    )),
            ],
        };

    private string RunningWords() => $"{Kind.Words()} since {UnitTime.In(Zone, OpenedAt()).Clock(OpenedAt())} is not resolved";

    public override IEnumerable<Deadline> Deadlines() =>
        DebriefsDue() is { } due
            ? DebriefsOwed()
                .Where(owed => !IsSaidOverdue(owed))
                .Select(owed => new Deadline("debrief-" + Whose(owed), due, new FindDebriefOverdue { Key = Id.ToString() }))
            : [];

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            IncidentOpened e => (this with { Id = Guid.Parse(fact.Key), Unit = e.Unit, Kind = e.IncidentKind, Zone = e.Zone }).With(
                fact,
                e
            ),
            IncidentResolved e => (this with { SaidOverdue = [] }).With(fact, e),
            IncidentStep e => With(fact, e),
            DeescalationRated e => Change(
                e.Step,
                step =>
                    step with
                    {
                        Effect = e.Effect,
                        Says = $"tried {e.Technique.Words()}{DeescalationRated.Went(e.Effect, e.Minutes, e.AvoidedRestriction)}",
                    }
            ),
            IncidentStepCorrected e => Change(
                e.Step,
                step =>
                    step with
                    {
                        At = e.At ?? step.At,
                        Remark = e.Remark ?? step.Remark,
                        Was = [.. step.Was, new(step.At, step.Remark, e.Reason, fact.By.Name)],
                    }
            ),
            IncidentStepEnteredInError e => Change(e.Step, step => step with { InError = new(e.Reason, fact.By.Name) }),
            DebriefOverdue e => this with { SaidOverdue = [.. SaidOverdue, Whose(e.Stays.Count > 0 ? e.Stays[0] : null)] },
            _ => this,
        };

    private Incident With(EventEnvelope fact, IncidentStep e) =>
        Ordered([
            .. Steps,
            new(
                fact.Id,
                e.Kind(),
                e.OccurredAt,
                e.Stays,
                e.Says(),
                e.Remark,
                fact.By.Name,
                fact.At,
                (e as DeescalationAttempted)?.Technique,
                (e as DeescalationAttempted)?.Effect,
                (e as DebriefHeld)?.Of,
                (e as IncidentMoved)?.Place ?? (e as IncidentOpened)?.Place,
                [],
                null
            ),
        ]);

    private Incident Change(Guid id, Func<Step, Step> change) => Ordered([.. Steps.Select(step => step.Id == id ? change(step) : step)]);

    private Incident Ordered(IEnumerable<Step> steps) => this with { Steps = [.. steps.OrderBy(step => step.At)] };

    private static string Whose(Guid? owed) => owed?.ToString() ?? "staff";
}
