using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <param name="LevelName">The unit's own word for the level.</param>
/// <param name="HereSince">When the patient came; the word of it may have come late.</param>
[Stored("rounding_began")]
public sealed record RoundingBegan(
    DateTimeOffset OccurredAt,
    string Unit,
    ObservationLevel Level,
    string LevelName,
    int LimitMinutes,
    DueWindow Due,
    DateTimeOffset? HereSince = null
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Safety checks began at {time.Clock(OccurredAt)}: {LevelName}, at most {LimitMinutes} min apart.";
}

/// <summary>The level is the same; its name and limit are the new unit's own.</summary>
[Stored("rounding_moved")]
public sealed record RoundingMoved(DateTimeOffset OccurredAt, string Unit, string LevelName, int LimitMinutes, DueWindow? Due)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Safety checks go on, on {Unit}: {LevelName}, at most {LimitMinutes} min apart.";
}

/// <param name="Was">The level before; the same if only how long the order holds was changed. Null where it was not kept yet.</param>
/// <param name="WantsOrder">Raised in an emergency by somebody who may not order: a prescriber's order is asked for.</param>
[Stored("observation_level_ordered")]
public sealed record ObservationLevelOrdered(
    DateTimeOffset OccurredAt,
    ObservationLevel Level,
    string LevelName,
    int LimitMinutes,
    string Reason,
    DateTimeOffset? Until,
    DueWindow? Due,
    ObservationLevel? Was = null,
    bool WantsOrder = false
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Observation level {LevelName} from {time.Clock(OccurredAt)}{Ends(time)}: "
        + $"{Reason}{(WantsOrder ? " (raised without an order; one is asked for)" : "")}";

    public override HandoffLine ForHandoff(UnitTime time) =>
        new(
            HandoffPart.Critical,
            $"{LevelName} since {time.DayAndClock(OccurredAt)}{Ends(time)}: {Reason}{(WantsOrder ? ", raised without an order" : "")}",
            "level",
            Retention.Stands
        );

    private string Ends(UnitTime time) => Until is { } until ? $" until {time.DayAndClock(until)}" : "";
}

/// <summary>
/// The order for the level has run out. The level itself stays until somebody orders another: no clock makes a patient less watched.
/// </summary>
/// <param name="OccurredAt">The moment until which the order held.</param>
[Stored("level_order_ended")]
public sealed record LevelOrderEnded(DateTimeOffset OccurredAt, string LevelName) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"The order for {LevelName} ran out at {time.Clock(OccurredAt)}; checks go on as before until there is another.";

    public override Significance Significance() => Kernel.Significance.Notable;

    public override HandoffLine ForHandoff(UnitTime time) =>
        new(HandoffPart.Critical, $"{LevelName} goes on, its order ran out at {time.DayAndClock(OccurredAt)}", "level", Retention.Stands);
}

/// <param name="UnseenBy">By when somebody must have looked again because the patient went to a bathroom; null elsewhere.</param>
/// <param name="Beside">Entries that this one says otherwise about, such as a missed check at whose time the patient is said to have been
/// seen.</param>
/// <param name="WhileAway">Dated inside an absence that is recorded, and confirmed by who entered it.</param>
/// <param name="EnteredWith">The first of several checks of this patient that were entered in one moment, with earlier times.</param>
/// <param name="ProvenBy">The enrolled source that proves the grade; null where it is none, and on checks from before sources were
/// enrolled.</param>
/// <param name="NotProven">Why a proof that was given is worth nothing.</param>
/// <param name="Between">For an entry that comes late and long after: its neighbours, between which sleep is counted anew.</param>
/// <param name="Opening">For an entry from before an order, a pause or a return: the window on which the remembered sightings stand now
/// that it is known.</param>
[Stored("safety_checked")]
public sealed record SafetyChecked(
    DateTimeOffset OccurredAt,
    string Place,
    bool IsAsleep,
    bool? BreathingSeen,
    Activity? Activity,
    EvidenceGrade Evidence,
    string? Remark,
    DueWindow Due,
    DateTimeOffset? UnseenBy = null,
    IReadOnlyList<Guid>? Beside = null,
    bool WhileAway = false,
    Guid? EnteredWith = null,
    Neighbours? Between = null,
    ProvenBy? ProvenBy = null,
    string? NotProven = null,
    DueWindow? Opening = null
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Seen at {time.Clock(OccurredAt)}: {Place}, "
        + $"{(IsAsleep ? "asleep" : "awake")}{(Activity is { } a ? ", " + a.Words() : "")}"
        + $"{Breathing}{(Remark is null ? "" : $". {Remark}")}"
        + (WhileAway ? " (at a time when the patient is recorded as away)" : "")
        + (EnteredWith is null ? "" : " (entered together with others)")
        + (NotProven is null ? "" : $" (no evidence: {NotProven})");

    /// <summary>Asleep and breathing not seen is an alarm, and not a sighting that satisfies the clock.</summary>
    [JsonIgnore]
    public bool IsSighting => BreathingSeen != false;

    public override TimeSpan LateAfter() => Due.Limit - OccurredAt is var limit && limit < base.LateAfter() ? limit : base.LateAfter();

    public override IReadOnlyList<Guid> StandsBeside() => [.. Beside ?? [], .. EnteredWith is { } first ? [first] : (Guid[])[]];

    public override Significance Significance() => BreathingSeen == false ? Kernel.Significance.Critical : Kernel.Significance.Usual;

    private string Breathing =>
        BreathingSeen switch
        {
            true => ", breathing seen",
            false => ", breathing NOT seen",
            null => "",
        };

    public override HandoffLine? ForHandoff(UnitTime time) =>
        this switch
        {
            { BreathingSeen: false } => new(HandoffPart.Critical, Sentence(time)),
            { Beside.Count: > 0 } or { WhileAway: true } => new(
                HandoffPart.Happened,
                Sentence(time) + (Beside is { Count: > 0 } ? ", entered late for a time that is recorded as missed" : "")
            ),
            { Activity: Observations.Activity.Agitated or Observations.Activity.Tearful } => new(
                HandoffPart.Condition,
                $"{Activity.Value.Words()} at {time.Clock(OccurredAt)}, {Place}",
                $"seen-{Activity}",
                Retention.Counted,
                $"times seen {Activity.Value.Words()}"
            ),
            _ => null,
        };
}

[Stored("check_skipped")]
public sealed record CheckSkipped(DateTimeOffset OccurredAt, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Not seen at {time.Clock(OccurredAt)}: {Reason}";

    public override HandoffLine ForHandoff(UnitTime time) =>
        new(HandoffPart.Happened, Sentence(time), "not-seen", Retention.Counted, "rounds on which the patient was not seen", IsQuiet: true);
}

/// <param name="OccurredAt">The moment at which the limit had passed.</param>
/// <param name="LastSeen">When the patient had last been seen, if ever.</param>
/// <param name="Missed">How many limits in a row have passed without a sighting.</param>
/// <param name="FoundLater">A check that had hidden the gap was struck; the gap is between the sightings that still stand.</param>
/// <param name="SeenAgain">Where the gap is over: when the patient was seen next.</param>
/// <param name="Raises">So many in a row that somebody must be called: a concern goes up the ladder.</param>
[Stored("check_missed")]
public sealed record CheckMissed(
    DateTimeOffset OccurredAt,
    DateTimeOffset? LastSeen,
    int LimitMinutes,
    int Missed,
    bool FoundLater = false,
    DateTimeOffset? SeenAgain = null,
    bool Raises = false
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"No check within {LimitMinutes} min by {time.Clock(OccurredAt)}; "
        + $"{(LastSeen is { } seen ? $"last seen {time.Clock(seen)}" : "not seen yet")}"
        + $"{(SeenAgain is { } again ? $", seen again {time.Clock(again)}" : "")}."
        + $"{(FoundLater ? " Found later: a check that stood between was entered in error." : "")}";

    public override Significance Significance() => Kernel.Significance.Notable;

    public override HandoffLine ForHandoff(UnitTime time) =>
        new(
            HandoffPart.Happened,
            $"Not seen within {LimitMinutes} min by {time.Clock(OccurredAt)}",
            "missed",
            Retention.Counted,
            "limits passed without a check",
            OccurredAt - LastSeen ?? TimeSpan.FromMinutes(Missed * LimitMinutes),
            IsQuiet: true
        );
}

/// <param name="Was">For a check that is no longer remembered: what it said of sleep; and its neighbours, between which sleep is counted
/// anew.</param>
/// <param name="Opening">The window on which the remembered sightings stand (while checks are paused, the one with which they go on), where
/// it had rested on this check.</param>
[Stored("check_entered_in_error")]
public sealed record CheckEnteredInError(
    DateTimeOffset OccurredAt,
    Guid Check,
    string Reason,
    Glimpse? Was = null,
    Neighbours? Between = null,
    DueWindow? Opening = null
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"A check was entered in error: {Reason}";

    public override Amendment Amends() => new(Check);
}

/// <param name="With">Who has the patient meanwhile.</param>
/// <param name="Beside">Missed checks that fall into it, where it was entered later.</param>
[Stored("observation_paused")]
public sealed record ObservationPaused(
    DateTimeOffset OccurredAt,
    string Reason,
    DateTimeOffset? ExpectedReturn,
    bool IsLeave,
    string? With = null,
    IReadOnlyList<Guid>? Beside = null
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Safety checks paused at {time.Clock(OccurredAt)}: {Reason}{(With is null ? "" : $", with {With}")}"
        + (ExpectedReturn is { } back ? $", until about {time.DayAndClock(back)}." : ".");

    public override IReadOnlyList<Guid> StandsBeside() => Beside ?? [];

    public override HandoffLine? ForHandoff(UnitTime time) =>
        IsLeave ? null : new(HandoffPart.Happened, Sentence(time), "pause", Retention.Stands);
}

/// <summary>The patient was expected back by now, and the pause still stands: somebody forgot it, or the patient is missing.</summary>
[Stored("pause_overdue")]
public sealed record PauseOverdue(DateTimeOffset OccurredAt) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Safety checks are still paused; the patient was expected back at {time.Clock(OccurredAt)}.";

    public override Significance Significance() => Kernel.Significance.Notable;

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.ToDo, Sentence(time), "pause", Retention.Stands);
}

[Stored("observation_resumed")]
public sealed record ObservationResumed(DateTimeOffset OccurredAt, DueWindow Due) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Safety checks go on from {time.Clock(OccurredAt)}.";

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time), "pause", Retention.Over);
}

/// <param name="Beside">Missed checks that come after it, where it was entered later.</param>
[Stored("rounding_ended")]
public sealed record RoundingEnded(DateTimeOffset OccurredAt, IReadOnlyList<Guid>? Beside = null) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Safety checks ended at {time.Clock(OccurredAt)}.";

    public override IReadOnlyList<Guid> StandsBeside() => Beside ?? [];
}
