using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Escalations;

/// <summary>How soon somebody must come.</summary>
public enum Urgency
{
    Routine,
    Urgent,
    Emergency,
}

/// <summary>Situation, background, assessment, recommendation: the order in which a concern is told so that it is heard.</summary>
public sealed record Sbar(string Situation, string? Background, string? Assessment, string? Recommendation);

/// <summary>A step that was taken.</summary>
/// <param name="SentAt">When the paging service took the notice of it; null if it has not, or there is none.</param>
/// <param name="NotSent">Why nobody has confirmed that the notice was taken, in words; null if somebody has, or nothing is known
/// yet.</param>
public sealed record Told(Role To, DateTimeOffset At, DateTimeOffset? SentAt = null, string? NotSent = null);

/// <summary>One concern about one patient, from the moment it was raised until what came of it is known.</summary>
[Stored("escalation")]
public sealed record Escalation : State
{
    public Guid Id { get; init; }

    public Guid Stay { get; init; }

    public string? Unit { get; init; }

    public Urgency Urgency { get; init; }

    public Sbar Sbar { get; init; } = new("", null, null, null);

    public IReadOnlyList<Rung> Ladder { get; init; } = [];

    /// <summary>Who has been told up to now, the first one first.</summary>
    public IReadOnlyList<Told> Told { get; init; } = [];

    public DateTimeOffset? RaisedAt { get; init; }

    public string RaisedBy { get; init; } = "";

    /// <summary>The staff id: nobody acknowledges their own concern.</summary>
    public string RaisedById { get; init; } = "";

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public string? AcknowledgedBy { get; init; }

    public string? Plan { get; init; }

    /// <summary>Why the check on which the concern rests was struck; null if it rests on none, or that stands.</summary>
    public string? BasisStruck { get; init; }

    public DateTimeOffset? ClosedAt { get; init; }

    public string? Outcome { get; init; }

    public bool IsKnown() => RaisedAt is not null;

    public bool IsUnacknowledged() => IsKnown() && AcknowledgedAt is null;

    public bool IsOpen() => IsKnown() && ClosedAt is null;

    /// <summary>How long it took until somebody answered; null while nobody has. Real elapsed seconds, whatever the clocks did.</summary>
    public double? SecondsToAcknowledge() => (AcknowledgedAt - RaisedAt)?.TotalSeconds;

    /// <summary>The next step and when it is due; null when the ladder has been climbed or somebody has answered.</summary>
    public (Rung Rung, DateTimeOffset At)? Next() =>
        IsUnacknowledged() && Told.Count < Ladder.Count
            ? (Ladder[Told.Count], RaisedAt!.Value.AddMinutes(Ladder[Told.Count].AfterMinutes))
            : null;

    public override string? OnUnit() => IsOpen() ? Unit : null;

    public override Guid? OfStay() => IsKnown() ? Stay : null;

    public override IEnumerable<Deadline> Deadlines() =>
        Next() is { } next ? [new("step", next.At, new FindEscalationStep { Key = Id.ToString() })] : [];

    public override IEnumerable<OpenLoop> OpenLoops() =>
        IsUnacknowledged()
            ?
            [
                new(
                    "escalation",
                    Stay,
                    RaisedAt!.Value,
                    null,
                    $"{Urgency.Words()} concern not acknowledged: "
                        + $"{Sbar.Situation}{(BasisStruck is null ? "" : " (its check was entered in error)")}",
                    $"/escalations/{Id}",
                    Urgency.Pressing()
                ),
            ]
            : [];

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            ConcernEscalated e => this with
            {
                Id = Guid.Parse(fact.Key),
                Stay = e.Stay,
                Unit = e.Unit,
                Urgency = e.Urgency,
                Sbar = e.Sbar,
                Ladder = e.Ladder,
                Told = [new(e.To, e.OccurredAt)],
                RaisedAt = e.OccurredAt,
                RaisedBy = fact.By.Name,
                RaisedById = fact.By.Id,
            },
            EscalationStepped e => this with { Told = [.. Told, new(e.To, e.OccurredAt)] },
            EscalationNoticeDelivered e => Noticed(e.To, told => told with { SentAt = e.OccurredAt, NotSent = null }),
            EscalationNoticeFailed e => Noticed(e.To, told => told with { NotSent = e.Why }),
            EscalationAcknowledged e => this with { AcknowledgedAt = e.OccurredAt, AcknowledgedBy = e.By, Plan = e.Plan },
            EscalationClosed e => this with { ClosedAt = e.OccurredAt, Outcome = e.Outcome },
            ConcernLostBasis e => this with { BasisStruck = e.Reason },
            EscalationMoved e => this with { Unit = e.Unit },
            _ => this,
        };

    private Escalation Noticed(Role to, Func<Told, Told> how) =>
        this with
        {
            Told = [.. Told.Select(told => told.To == to ? how(told) : told)],
        };
}
