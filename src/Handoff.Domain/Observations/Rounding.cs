using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>One patient's observation: the level, who saw them last, and by when somebody must look again.</summary>
[Stored("rounding")]
[OfEachStay]
public sealed record Rounding : State
{
    /// <summary>Enough to take back a mistaken entry, few enough to stay small.</summary>
    public const int Remembered = 4;

    private const int TakenBackRemembered = 16,
        AlarmsRemembered = 8;

    public Guid Stay { get; init; }

    public string? Unit { get; init; }

    public ObservationLevel Level { get; init; }

    public string LevelName { get; init; } = "";

    public int LimitMinutes { get; init; }

    public DateTimeOffset LevelSince { get; init; }

    public DateTimeOffset? LevelUntil { get; init; }

    /// <summary>When the order for the level ran out; null while one holds, or has no end.</summary>
    public DateTimeOffset? OrderEndedAt { get; init; }

    /// <summary>Since when a prescriber's order is asked for: somebody raised the level who may not order.</summary>
    public DateTimeOffset? OrderWantedSince { get; init; }

    /// <summary>
    /// Somebody looked at the patient and did not see them breathe, and nobody has recorded yet that they have seen to it; oldest first.
    /// </summary>
    public IReadOnlyList<BreathingAlarm> Alarms { get; init; } = [];

    public BreathingAlarm? Alarm() => Alarms.Count > 0 ? Alarms[^1] : null;

    /// <summary>When it was last said that the patient was unseen in a bathroom: once for each time.</summary>
    public DateTimeOffset? BathroomSaid { get; init; }

    public LastEntry? LastEntered { get; init; }

    /// <summary>The latest moment that a source proved: no proof before it is accepted, so none twice.</summary>
    public DateTimeOffset? ProvenUpTo { get; init; }

    public DateTimeOffset? BeganAt { get; init; }

    /// <summary>When the patient came: no sighting is older.</summary>
    public DateTimeOffset? HereSince { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>When the checks began or last went on: before that, nobody was asked to look.</summary>
    public DateTimeOffset? RunningSince { get; init; }

    /// <summary>When the checks began, or began again after a discharge that was cancelled. A pause changes nothing of it.</summary>
    public DateTimeOffset? BeganLast { get; init; }

    public bool IsOver { get; init; }

    public Pause? Pause { get; init; }

    /// <summary>When the latest leave began for which checks were paused: none is heard of twice.</summary>
    public DateTimeOffset? LeaveUpTo { get; init; }

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

    /// <summary>By when a patient who went to a bathroom must be seen again; null if they are not in one, or are away.</summary>
    public DateTimeOffset? BathroomBy() => Pause is null && Last() is { UnseenBy: { } by } ? by : null;

    /// <summary>Since when nobody has looked at a patient in a bathroom for longer than is allowed; null if that is not so.</summary>
    public DateTimeOffset? UnseenInBathroom() => IsRunning() && BathroomBy() is { } by && BathroomSaid == by ? Last()!.At : null;

    /// <summary>The night that is last night at this moment on the unit's clock; null if nothing was seen of it.</summary>
    public SleepNight? LastNight(DateTimeOffset local) => Nights().FirstOrDefault(n => n.Date == SleepNight.LastNight(local));

    public Sighting? Last() => Sightings.Count > 0 ? Sightings[^1] : null;

    /// <summary>Since when nobody has seen the patient, or since when somebody was asked to.</summary>
    public DateTimeOffset? UnseenSince() => Last()?.At > RunningSince ? Last()!.At : RunningSince;

    /// <summary>From when a limit is counted: the last sighting, or the beginning. No pause and no order renews it.</summary>
    public DateTimeOffset? LimitFrom() => Last()?.At > BeganLast ? Last()!.At : BeganLast;

    public bool IsRunning() => BeganAt is not null && !IsOver;

    public TimeSpan Limit() => TimeSpan.FromMinutes(LimitMinutes);

    public override string? OnUnit() => IsRunning() ? Unit : null;

    public override Guid? OfStay() => Stay;

    // The return from a leave is the stay's own deadline.
    public override IEnumerable<Deadline> Deadlines()
    {
        if (!IsRunning())
        {
            yield break;
        }

        if (Due is { } due)
        {
            yield return new("check", due.Limit + Missed * Limit(), new FindCheckMissed { Key = Stay.ToString() });
        }

        if (Pause is { IsLeave: false, IsOverdue: false, ExpectedReturn: { } back })
        {
            yield return new("pause", back, new FindPauseOverdue { Key = Stay.ToString() });
        }

        if (BathroomBy() is { } by && BathroomSaid != by)
        {
            yield return new("bathroom", by, new FindUnseenInBathroom { Key = Stay.ToString() });
        }

        if (LevelUntil is { } until && OrderEndedAt is null)
        {
            yield return new("level-order", until, new FindLevelOrderEnded { Key = Stay.ToString() });
        }
    }

    /// <summary>
    /// <c>check</c>: a limit has passed, until the patient is seen. <c>breathing</c>: not seen, until somebody has seen to it.
    /// <c>order</c>: an order ran out or was
    /// never given, until there is one. <c>pause</c>: it lasts longer than was said, until checks go on.
    /// </summary>
    public override IEnumerable<OpenLoop> OpenLoops()
    {
        if (!IsRunning())
        {
            yield break;
        }

        if (Alarm() is { } alarm)
        {
            yield return new(
                "breathing",
                Stay,
                alarm.At,
                alarm.At,
                $"breathing not seen ({alarm.Place}); nobody has said what was done",
                $"/stays/{Stay}",
                Pressing.Emergency
            );
        }

        if (Missed > 0 && Due is { } due)
        {
            yield return new(
                "check",
                Stay,
                due.Limit,
                due.Limit,
                Missed == 1 ? "not seen within the limit" : $"not seen for {Missed} limits in a row",
                $"/stays/{Stay}",
                Pressing.Urgent
            );
        }

        if (OrderWantedSince is { } since)
        {
            yield return new(
                "order",
                Stay,
                since,
                since + OrderRules.Red,
                $"{LevelName} was raised without an order; a prescriber's order is wanted",
                $"/stays/{Stay}/level",
                Pressing.Urgent
            )
            {
                Mark = "order wanted",
            };
        }
        else if (OrderEndedAt is { } ended)
        {
            yield return new("order", Stay, ended, ended, $"the order for {LevelName} ran out", $"/stays/{Stay}/level", Pressing.Urgent);
        }

        if (Pause is { IsLeave: false, IsOverdue: true, ExpectedReturn: { } back } pause)
        {
            yield return new("pause", Stay, back, back, $"checks still paused ({pause.Reason})", $"/stays/{Stay}");
        }
    }

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            RoundingBegan e => (
                this with
                {
                    Stay = Guid.Parse(fact.Key),
                    Unit = e.Unit,
                    Level = e.Level,
                    LevelName = e.LevelName,
                    LimitMinutes = e.LimitMinutes,
                    LevelSince = e.OccurredAt,
                    BeganAt = BeganAt ?? e.OccurredAt,
                    HereSince = HereSince ?? e.HereSince ?? e.OccurredAt,
                    RunningSince = e.Due.Asks,
                    BeganLast = e.Due.Asks,
                    EndedAt = null,
                    IsOver = false,
                    Pause = null,
                }
            ).Open(e.Due),
            RoundingMoved e => Moved(e),
            ObservationLevelOrdered e => (
                this with
                {
                    Level = e.Level,
                    LevelName = e.LevelName,
                    LimitMinutes = e.LimitMinutes,
                    LevelSince = e.OccurredAt,
                    LevelUntil = e.Until,
                    OrderEndedAt = null,
                    OrderWantedSince = e.WantsOrder ? OrderWantedSince ?? e.OccurredAt : null,
                    Pause = Pause is { Stood: { } stood } pause
                        ? pause with
                        {
                            Stood = Under(stood, e.Level, e.LimitMinutes, e.OccurredAt),
                        }
                        : Pause,
                }
            ).Open(e.Due),
            LevelOrderEnded e => this with { OrderEndedAt = e.OccurredAt },
            SafetyChecked { IsSighting: false } e => (
                this with
                {
                    Alarms = [.. Alarms.TakeLast(AlarmsRemembered - 1), new(fact.Id, e.OccurredAt, e.Place, fact.By.Name)],
                }
            ).Entered(fact, e),
            SafetyChecked { WhileAway: true } e => Entered(fact, e),
            SafetyChecked e => Anew(e.Opening).Seen(Sighted(fact, e), e.Between, e.Opening is not null).Entered(fact, e),
            BreathingSeenTo => this with { Alarms = [] },
            UnseenInBathroom e => this with { BathroomSaid = e.OccurredAt },
            CheckMissed e when !(e.OccurredAt <= MissedUpTo) => (this with { MissedUpTo = e.OccurredAt }).Looked(Sightings, Opening),
            CheckEnteredInError e => Unseen(e) with { Alarms = [.. Alarms.Where(a => a.Check != e.Check)] },
            ObservationPaused e => (
                this with
                {
                    LeaveUpTo = e.IsLeave && !(e.OccurredAt < LeaveUpTo) ? e.OccurredAt : LeaveUpTo,
                    Pause = new(Began(e), e.Reason, e.ExpectedReturn, e.IsLeave, With: e.With, Stood: Pause?.Stood ?? Due),
                }
            ).Open(null, e.OccurredAt),
            PauseOverdue => this with { Pause = Pause is { } pause ? pause with { IsOverdue = true } : null },
            ObservationResumed e => (this with { Pause = null, RunningSince = e.Due.Asks }).Open(e.Due),
            RoundingEnded e => (this with { IsOver = true, EndedAt = e.OccurredAt, Pause = null }).Open(null, e.OccurredAt),
            _ => this,
        };

    private Rounding Moved(RoundingMoved moved)
    {
        var there = this with { Unit = moved.Unit, LevelName = moved.LevelName, LimitMinutes = moved.LimitMinutes };
        return moved.Due == Due ? there : there.Open(moved.Due);
    }

    // A beginning, an order or a return sets the window anew, whoever was seen before. What the last sighting says of the time after it
    // reaches as far.
    private Rounding Open(DueWindow? due, DateTimeOffset? until = null)
    {
        var sightings = Sightings.Select(
            (s, i) =>
                (due is null ? s : s with { Due = due }) with
                {
                    Until = i < Sightings.Count - 1 ? s.Until : Reach(s, due?.Limit ?? until),
                }
        );
        return Looked([.. sightings], due);
    }

    // A pause ends what is known; going on does not bring it back. A window that reaches farther than the limit after the sighting makes no
    // more known.
    private DateTimeOffset? Reach(Sighting last, DateTimeOffset? limit) =>
        Due is null && last.Until is not null ? last.Until
        : limit < last.At ? last.At
        : limit > last.At + Limit() ? last.At + Limit()
        : limit;

    private static Sighting Sighted(EventEnvelope fact, SafetyChecked e) =>
        new(
            fact.Id,
            e.OccurredAt,
            e.Place,
            e.IsAsleep,
            e.BreathingSeen,
            e.Activity,
            e.Evidence,
            fact.By.Name,
            e.Due,
            e.Due.Limit,
            e.UnseenBy
        );

    private Rounding Entered(EventEnvelope fact, SafetyChecked e) =>
        this with
        {
            LastEntered = new(e.EnteredWith ?? fact.Id, fact.At, fact.Delay > CheckRules.InOneMoment),
            ProvenUpTo = e.ProvenBy is { } proven && !(proven.Moment <= ProvenUpTo) ? proven.Moment : ProvenUpTo,
        };

    // A late entry is remembered in its place; one from before the window was set does not bring the limit nearer.
    private Rounding Seen(Sighting sighting, Neighbours? between, bool standsOnOpening)
    {
        var isBefore = sighting.At < LevelSince || sighting.At < RunningSince;
        var counted =
            standsOnOpening && Opening is { } anew
                ? sighting with
                {
                    Due = anew,
                    Until = anew.Limit < sighting.Until && anew.Limit > sighting.At ? anew.Limit : sighting.Until,
                }
            : Opening is { } opening && (isBefore || sighting.Due.Limit < opening.Limit)
                ? sighting with
                {
                    Due = opening.Limit < sighting.At + Limit() ? opening with { Limit = sighting.At + Limit() } : opening,
                    Until = isBefore && opening.Limit < sighting.Until ? opening.Limit : sighting.Until,
                }
            : sighting;
        List<Sighting> all = [.. Sightings.Append(counted).OrderBy(s => s.At)];
        var forgotten = all.SkipLast(Remembered).LastOrDefault();
        var sleep =
            forgotten is null ? Sleep
            : between is not null ? Sleep.Added(Glimpsed(sighting), between)
            : Sleep.Settled(Glimpsed(forgotten));
        return (this with { Sleep = sleep }).Looked([.. all.TakeLast(Remembered)], Opening is null ? null : forgotten?.Due ?? Opening);
    }

    private static Glimpse Glimpsed(Sighting sighting) => new(sighting.At, sighting.IsAsleep, sighting.Until ?? sighting.At);

    private Rounding Unseen(CheckEnteredInError struck)
    {
        var there = this with
        {
            TakenBack = [.. TakenBack.Append(struck.Check).TakeLast(TakenBackRemembered)],
            Sleep = struck is { Was: { } was, Between: { } between } ? Sleep.Struck(was, between) : Sleep,
        };
        var anew = there.Anew(struck.Opening);
        return anew.Looked([.. anew.Sightings.Where(s => s.Check != struck.Check)], anew.Opening);
    }

    // What stands on the window that was set last stands on the one that takes its place; during a pause it is the one with which checks go
    // on.
    private Rounding Anew(DueWindow? opening) =>
        (opening, Pause) switch
        {
            (null, _) => this,
            ({ } anew, { } pause) => this with { Pause = pause with { Stood = anew } },
            ({ } anew, null) => this with
            {
                Sightings = [.. Sightings.Select(s => StandsOnOpening(s) ? s with { Due = anew } : s)],
                Opening = anew,
            },
        };

    /// <summary>
    /// A window under another level. No order is a sighting: a closer one asks at once and never puts the limit off, a wider one never
    /// brings it nearer.
    /// </summary>
    internal DueWindow Under(DueWindow stood, ObservationLevel level, int minutes, DateTimeOffset at, double chance = 0) =>
        TimeSpan.FromMinutes(minutes) switch
        {
            // Line of sight is closer than every 5 minutes, and is written down every 15.
            var limit when level > Level && limit > Limit() => DueWindow.Kept(stood, at),
            var limit when level > Level || limit < Limit() => DueWindow.Closer(stood, at, limit),
            var limit when limit == Limit() => stood,
            var limit => DueWindow.Wider(stood, DueWindow.After(LimitFrom() ?? at, limit, chance)),
        };

    /// <summary>The window on which the remembered sightings stand; while checks are paused, the one with which they go on.</summary>
    internal DueWindow? StandsOn() => Pause is { } pause ? pause.Stood : Opening;

    /// <summary>The window of a sighting that lies before a beginning, an order or a return is the one that was set then.</summary>
    private bool StandsOnOpening(Sighting sighting) => sighting.Due == Opening;

    /// <summary>The checks whose own windows are remembered, besides the one on which they stand.</summary>
    internal IReadOnlySet<Guid> OfThemselves() =>
        Pause is null ? Sightings.Where(s => !StandsOnOpening(s)).Select(s => s.Check).ToHashSet() : new HashSet<Guid>();

    private Rounding Looked(IReadOnlyList<Sighting> sightings, DueWindow? opening)
    {
        var due = opening is null || sightings.Count == 0 ? opening : sightings[^1].Due;
        return this with { Sightings = sightings, Opening = opening, Due = due, Missed = SaidOf(due) };
    }

    private int SaidOf(DueWindow? due) => due?.Limit <= MissedUpTo ? 1 + (int)((MissedUpTo.Value - due.Limit) / Limit()) : 0;

    // A pause that is made longer began when it began.
    private DateTimeOffset Began(ObservationPaused paused) =>
        Pause is { IsLeave: false } && !paused.IsLeave ? Pause.Since : paused.OccurredAt;
}
