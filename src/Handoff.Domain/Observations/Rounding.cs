using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

// Events

/// <param name="LevelName">The unit's own word for the level.</param>
/// <param name="HereSince">When the patient came; the word of it may have come late.</param>
[Stored("rounding_began")]
public sealed record RoundingBegan(
    DateTimeOffset OccurredAt, string Unit, ObservationLevel Level, string LevelName, int LimitMinutes, DueWindow Due, DateTimeOffset? HereSince = null) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Safety checks began at {time.Clock(OccurredAt)}: {LevelName}, at most {LimitMinutes} min apart.";
}

/// <summary>The level is the same; its name and limit are the new unit's own.</summary>
[Stored("rounding_moved")]
public sealed record RoundingMoved(DateTimeOffset OccurredAt, string Unit, string LevelName, int LimitMinutes, DueWindow? Due) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Safety checks go on, on {Unit}: {LevelName}, at most {LimitMinutes} min apart.";
}

/// <param name="Was">The level before; the same if only how long the order holds was changed. Null where it was not kept yet.</param>
[Stored("observation_level_ordered")]
public sealed record ObservationLevelOrdered(
    DateTimeOffset OccurredAt, ObservationLevel Level, string LevelName, int LimitMinutes, string Reason, DateTimeOffset? Until, DueWindow? Due, ObservationLevel? Was = null) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Observation level {LevelName} from {time.Clock(OccurredAt)}{(Until is { } until ? $" until {time.DayAndClock(until)}" : "")}: {Reason}";

    public override Bearing ForHandoff(UnitTime time) =>
        new(HandoffPart.Critical, $"{LevelName} since {time.DayAndClock(OccurredAt)}{(Until is { } until ? $" until {time.DayAndClock(until)}" : "")}: {Reason}", "level", Weight.Stands);
}

[Stored("safety_checked")]
public sealed record SafetyChecked(
    DateTimeOffset OccurredAt, string Place, bool IsAsleep, bool? BreathingSeen, Activity? Activity, EvidenceGrade Evidence, string? Remark, DueWindow Due) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Seen at {time.Clock(OccurredAt)}: {Place}, {(IsAsleep ? "asleep" : "awake")}{(Activity is { } a ? ", " + a.Words() : "")}{Breathing}{(Remark is null ? "" : $". {Remark}")}";

    public override Gravity Gravity() => BreathingSeen == false ? Kernel.Gravity.Critical : Kernel.Gravity.Usual;

    private string Breathing => BreathingSeen switch { true => ", breathing seen", false => ", breathing NOT seen", null => "" };

    public override Bearing? ForHandoff(UnitTime time) => this switch
    {
        { BreathingSeen: false } => new(HandoffPart.Critical, Sentence(time)),
        { Activity: Observations.Activity.Agitated or Observations.Activity.Tearful } => new(
            HandoffPart.Condition, $"{Activity.Value.Words()} at {time.Clock(OccurredAt)}, {Place}", $"seen-{Activity}", Weight.Counted, $"times seen {Activity.Value.Words()}"),
        _ => null,
    };
}

[Stored("check_skipped")]
public sealed record CheckSkipped(DateTimeOffset OccurredAt, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Not seen at {time.Clock(OccurredAt)}: {Reason}";

    public override Bearing ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time), "not-seen", Weight.Counted, "rounds on which the patient was not seen");
}

/// <param name="OccurredAt">The moment at which the limit had passed.</param>
/// <param name="LastSeen">When the patient had last been seen, if ever.</param>
/// <param name="Missed">How many limits in a row have passed without a sighting.</param>
[Stored("check_missed")]
public sealed record CheckMissed(DateTimeOffset OccurredAt, DateTimeOffset? LastSeen, int LimitMinutes, int Missed) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => LastSeen is { } seen
        ? $"No check within {LimitMinutes} min by {time.Clock(OccurredAt)}; last seen {time.Clock(seen)}."
        : $"No check within {LimitMinutes} min by {time.Clock(OccurredAt)}; not seen yet.";

    public override Gravity Gravity() => Kernel.Gravity.Notable;

    public override Bearing ForHandoff(UnitTime time) =>
        new(HandoffPart.Happened, $"Not seen within {LimitMinutes} min by {time.Clock(OccurredAt)}", "missed", Weight.Counted, "limits passed without a check");
}

[Stored("check_entered_in_error")]
public sealed record CheckEnteredInError(DateTimeOffset OccurredAt, Guid Check, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"A check was entered in error: {Reason}";

    public override Amendment Amends() => new(Check);
}

[Stored("observation_paused")]
public sealed record ObservationPaused(DateTimeOffset OccurredAt, string Reason, DateTimeOffset? ExpectedReturn, bool IsLeave) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Safety checks paused at {time.Clock(OccurredAt)}: {Reason}" + (ExpectedReturn is { } back ? $", until about {time.DayAndClock(back)}." : ".");

    public override Bearing? ForHandoff(UnitTime time) => IsLeave ? null : new(HandoffPart.Happened, Sentence(time), "pause", Weight.Stands);
}

/// <summary>The patient was expected back by now, and the pause still stands: somebody forgot it, or the patient is missing.</summary>
[Stored("pause_overdue")]
public sealed record PauseOverdue(DateTimeOffset OccurredAt) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Safety checks are still paused; the patient was expected back at {time.Clock(OccurredAt)}.";

    public override Gravity Gravity() => Kernel.Gravity.Notable;

    public override Bearing ForHandoff(UnitTime time) => new(HandoffPart.ToDo, Sentence(time), "pause", Weight.Stands);
}

[Stored("observation_resumed")]
public sealed record ObservationResumed(DateTimeOffset OccurredAt, DueWindow Due) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Safety checks go on from {time.Clock(OccurredAt)}.";

    public override Bearing ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time), "pause", Weight.Over);
}

[Stored("rounding_ended")]
public sealed record RoundingEnded(DateTimeOffset OccurredAt) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Safety checks ended at {time.Clock(OccurredAt)}.";
}

// State

/// <summary>How sure it is that somebody was there: a beacon, a tag, a code on the door, or a person's word.</summary>
public enum EvidenceGrade { None, Qr, Nfc, Ble }

public enum Activity { Calm, Talking, Eating, InGroup, WithStaff, Watching, Bathing, Toileting, Pacing, Restless, Agitated, Tearful, Withdrawn, Other }

/// <summary>One time that somebody saw the patient, and the window that stands as long as it is the latest.</summary>
public sealed record Sighting(Guid Check, DateTimeOffset At, string Place, bool IsAsleep, bool? BreathingSeen, Activity? Activity, EvidenceGrade Evidence, string By, DueWindow Due);

public sealed record Pause(DateTimeOffset Since, string Reason, DateTimeOffset? ExpectedReturn, bool IsLeave, bool IsOverdue = false);

/// <summary>One patient's observation: the level, who saw them last, and by when somebody must look again.</summary>
[Stored("rounding")]
public sealed record Rounding : State
{
    /// <summary>Enough to take back a mistaken entry, few enough to stay small.</summary>
    public const int Remembered = 4;

    private const int TakenBackRemembered = 16;

    public Guid Stay { get; init; }

    public string? Unit { get; init; }

    public ObservationLevel Level { get; init; }

    public string LevelName { get; init; } = "";

    public int LimitMinutes { get; init; }

    public DateTimeOffset LevelSince { get; init; }

    public DateTimeOffset? LevelUntil { get; init; }

    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>When the patient came: no sighting is older.</summary>
    public DateTimeOffset? HereSince { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the checks began or last went on: before that, nobody was asked to look.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    public bool IsOver { get; init; }

    public Pause? Pause { get; init; }

    /// <summary>The latest sightings, oldest first, by when they happened.</summary>
    public IReadOnlyList<Sighting> Sightings { get; init; } = [];

    /// <summary>The latest checks that were entered in error.</summary>
    public IReadOnlyList<Guid> TakenBack { get; init; } = [];

    /// <summary>The window that stands when none of the remembered sightings was made; null while observation is paused or over.</summary>
    public DueWindow? Opening { get; init; }

    /// <summary>When somebody is asked to look and by when they must have; null while observation is paused or over.</summary>
    public DueWindow? Due { get; init; }

    /// <summary>Limits in a row that have passed without a sighting.</summary>
    public int Missed { get; init; }

    /// <summary>The latest limit that was said to be missed: none is said twice.</summary>
    public DateTimeOffset? MissedUpTo { get; init; }

    /// <summary>Sleep by night as far as it is settled; <see cref="Nights"/> has it up to the last sighting.</summary>
    public SleepTally Sleep { get; init; } = SleepTally.None;

    /// <summary>The latest nights, oldest first, as far as sightings tell of them.</summary>
    public IReadOnlyList<SleepNight> Nights() => Sleep.With(Sightings.Select(Glimpsed));

    /// <summary>The night that is last night at this moment on the unit's clock; null if nothing was seen of it.</summary>
    public SleepNight? LastNight(DateTimeOffset local) => Nights().FirstOrDefault(n => n.Date == SleepNight.LastNight(local));

    public Sighting? Last() => Sightings.Count > 0 ? Sightings[^1] : null;

    /// <summary>Since when nobody has seen the patient, or since when somebody was asked to.</summary>
    public DateTimeOffset? UnseenSince() => Last()?.At > RunningSince ? Last()!.At : RunningSince;

    public bool IsRunning() => BeganAt is not null && !IsOver;

    public TimeSpan Limit() => TimeSpan.FromMinutes(LimitMinutes);

    public override string? OnUnit() => IsRunning() ? Unit : null;

    public override Guid? OfStay() => Stay;

    // The return from a leave is the stay's own deadline.
    public override IEnumerable<Deadline> Deadlines() => this switch
    {
        _ when !IsRunning() => [],
        { Due: { } due } => [new("check", due.Limit + Missed * Limit(), new FindCheckMissed { Key = Stay.ToString() })],
        { Pause: { IsLeave: false, IsOverdue: false, ExpectedReturn: { } back } } => [new("pause", back, new FindPauseOverdue { Key = Stay.ToString() })],
        _ => [],
    };

    /// <summary>A pause that lasts longer than was said is one loop, <c>pause</c>; going on with checks closes it.</summary>
    public override IEnumerable<OpenLoop> OpenLoops() => IsRunning() && Pause is { IsLeave: false, IsOverdue: true, ExpectedReturn: { } back } pause
        ? [new("pause", Stay, back, back, $"checks still paused ({pause.Reason})", $"/stays/{Stay}")]
        : [];

    public override State Evolve(Recorded fact) => fact.Event switch
    {
        RoundingBegan e => (this with
        {
            Stay = Guid.Parse(fact.Key), Unit = e.Unit, Level = e.Level, LevelName = e.LevelName, LimitMinutes = e.LimitMinutes,
            LevelSince = e.OccurredAt, BeganAt = BeganAt ?? e.OccurredAt, HereSince = HereSince ?? e.HereSince ?? e.OccurredAt, RunningSince = e.Due.Asks, EndedAt = null, IsOver = false, Pause = null,
        }).Open(e.Due),
        RoundingMoved e => Moved(e),
        ObservationLevelOrdered e => (this with
        {
            Level = e.Level, LevelName = e.LevelName, LimitMinutes = e.LimitMinutes, LevelSince = e.OccurredAt, LevelUntil = e.Until,
        }).Open(e.Due),
        SafetyChecked e => Seen(new(fact.Id, e.OccurredAt, e.Place, e.IsAsleep, e.BreathingSeen, e.Activity, e.Evidence, fact.By.Name, e.Due)),
        CheckMissed e => this with { Missed = e.Missed, MissedUpTo = e.OccurredAt },
        CheckEnteredInError e => Unseen(e.Check),
        ObservationPaused e => (this with { Pause = new(Began(e), e.Reason, e.ExpectedReturn, e.IsLeave) }).Open(null),
        PauseOverdue => this with { Pause = Pause is { } pause ? pause with { IsOverdue = true } : null },
        ObservationResumed e => (this with { Pause = null, RunningSince = e.Due.Asks }).Open(e.Due),
        RoundingEnded e => (this with { IsOver = true, EndedAt = e.OccurredAt, Pause = null }).Open(null),
        _ => this,
    };

    private Rounding Moved(RoundingMoved moved)
    {
        var there = this with { Unit = moved.Unit, LevelName = moved.LevelName, LimitMinutes = moved.LimitMinutes };
        return moved.Due == Due ? there : there.Open(moved.Due);
    }

    // A beginning, an order or a return sets the window anew, whoever was seen before.
    private Rounding Open(DueWindow? due) =>
        Looked(due is null ? Sightings : [.. Sightings.Select(s => s with { Due = due })], due);

    // A late entry is remembered in its place; one from before the window was set does not bring the limit nearer.
    private Rounding Seen(Sighting sighting)
    {
        var counted = sighting.Due.Limit < Opening?.Limit ? sighting with { Due = Opening } : sighting;
        List<Sighting> all = [.. Sightings.Append(counted).OrderBy(s => s.At)];
        var forgotten = all.SkipLast(Remembered).LastOrDefault();
        return (this with { Sleep = forgotten is null ? Sleep : Sleep.Settled(Glimpsed(forgotten)) })
            .Looked([.. all.TakeLast(Remembered)], Opening is null ? null : forgotten?.Due ?? Opening);
    }

    private static Glimpse Glimpsed(Sighting sighting) => new(sighting.At, sighting.IsAsleep);

    private Rounding Unseen(Guid check) =>
        (this with { TakenBack = [.. TakenBack.Append(check).TakeLast(TakenBackRemembered)] }).Looked([.. Sightings.Where(s => s.Check != check)], Opening);

    private Rounding Looked(IReadOnlyList<Sighting> sightings, DueWindow? opening)
    {
        var due = opening is null || sightings.Count == 0 ? opening : sightings[^1].Due;
        return this with { Sightings = sightings, Opening = opening, Due = due, Missed = SaidOf(due) };
    }

    private int SaidOf(DueWindow? due) => due?.Limit <= MissedUpTo ? 1 + (int)((MissedUpTo.Value - due.Limit) / Limit()) : 0;

    // A pause that is made longer began when it began.
    private DateTimeOffset Began(ObservationPaused paused) => Pause is { IsLeave: false } && !paused.IsLeave ? Pause.Since : paused.OccurredAt;
}

public static class ActivityWords
{
    public static string Words(this Activity activity) => activity switch
    {
        Activity.InGroup => "in group",
        Activity.WithStaff => "with staff",
        _ => activity.ToString().ToLowerInvariant(),
    };
}
