using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

// Commands

/// <summary>Record that the patient was seen.</summary>
/// <param name="Place">Where, in the unit's words.</param>
/// <param name="BreathingSeen">Must be said of a patient who is asleep. Not seen is an alarm: it does not restart the clock.</param>
/// <param name="At">When; now if it isn't given.</param>
/// <param name="Evidence">A person's own claim: it is stored as none. Only a proof makes it more.</param>
/// <param name="Proof">A signed word of an enrolled source; what is wrong with it is kept in words, and the check is kept all the same.</param>
/// <param name="SeenWhileAway">Confirms that the patient was seen at a time when they are recorded as away. The check is kept with a mark and satisfies no limit.</param>
public sealed record RecordCheck(
    string? Place,
    bool? IsAsleep,
    bool? BreathingSeen = null,
    Activity? Activity = null,
    EvidenceGrade Evidence = EvidenceGrade.None,
    string? Remark = null,
    DateTimeOffset? At = null,
    bool SeenWhileAway = false,
    EvidenceProof? Proof = null
) : Command<Rounding>
{
    public override Permission Permission => Permission.RecordCheck;

    public override IEnumerable<string> Needs(Rounding state, Facts facts) =>
        [
            .. RoundingRules.NeedsUnit(state),
            .. IsOfThePast(state) ? [CheckRules.History(Key)] : (string[])[],
            .. Proof is { } proof ? [StreamId.For(StateKind<EvidenceSource>.Name, proof.Source)] : (string[])[],
        ];

    public override Decision Decide(Rounding state, Situation now)
    {
        var at = At ?? now.Now;
        return state switch
        {
            _ when RoundingRules.NotRunning(state, at) is { } refusal => refusal,
            _ when Text.Line(Place) is null => Refusal.Missing("place", "Say where you saw the patient."),
            _ when Text.TooLong(Text.Line(Place), 40, "place") is { } refusal => refusal,
            _ when IsAsleep is null => Refusal.Missing("isAsleep", "Say whether the patient was awake or asleep."),
            _ when IsAsleep == true && BreathingSeen is null => Refusal.Missing(
                "breathingSeen",
                "For a sleeping patient, say whether you saw them breathe."
            ),
            _ when Text.TooLong(Text.Line(Remark), Text.RemarkLimit, "remark") is { } refusal => refusal,
            _ when now.Impossible(at, state.HereSince - Situation.ClockSkew, "at") is { } refusal => refusal,
            { Pause: { } pause } when at >= pause.Since => new Refusal(
                "observation-paused",
                "The patient is recorded as away. Record their return first, or give the time before they left.",
                "at"
            ),
            _ when Away(state, at, now) is { } away && !SeenWhileAway => AskedAbout(away, RoundingRules.Time(state, now)),
            _ => Said(Seen(at, state, now), state, now),
        };
    }

    private Decision Said(SafetyChecked seen, Rounding state, Situation now) =>
        seen is not { IsSighting: true, WhileAway: false }
            ? seen
            :
            [
                seen,
                .. IsOfThePast(state) ? Beside(seen, state, now)
                : seen.OccurredAt > state.Due?.Limit ? RoundingRules.Unsaid(state, seen.OccurredAt, now, seenAgain: seen.OccurredAt)
                : [],
            ];

    private IEnumerable<CheckMissed> Beside(SafetyChecked seen, Rounding state, Situation now) =>
        CheckRules
            .HistoryOf(Key, now)
            .With(seen.OccurredAt, seen.Due.Limit - seen.OccurredAt)
            .GapsBeside(seen.OccurredAt, now.Now)
            .Select(gap => CheckRules.Missed(gap, state, now));

    /// <summary>What it says of another time than now may stand beside what was recorded of that time.</summary>
    private bool IsOfThePast(Rounding state) =>
        At is { } at
        && (
            at < state.Last()?.At
            || at < state.LevelSince
            || at < state.RunningSince
            || at <= state.MissedUpTo
            || state.Pause is not null
            || state.IsOver
        );

    private Absence? Away(Rounding state, DateTimeOffset at, Situation now) =>
        IsOfThePast(state) ? CheckRules.HistoryOf(Key, now).AwayAt(at) : null;

    private static Refusal AskedAbout(Absence away, UnitTime time) =>
        new(
            "check-while-away",
            $"The patient is recorded as away from {time.Clock(away.From)}{(away.To is { } to ? $" to {time.Clock(to)}" : "")} ({away.Reason}). If you saw them then, say “Seen although recorded as away”: the check is kept with a mark.",
            "seenWhileAway"
        );

    private SafetyChecked Seen(DateTimeOffset at, Rounding state, Situation now)
    {
        var (unit, time) = (RoundingRules.Unit(state, now), RoundingRules.Time(state, now));
        var local = time.Local(at);
        var history = IsOfThePast(state) ? CheckRules.HistoryOf(Key, now) : null;
        var limit = history?.LimitAt(at) is { } minutes ? TimeSpan.FromMinutes(minutes) : state.Limit();
        var around = history?.Around(local);
        var (grade, why) =
            Proof?.WorthFor(state.Stay, now.Facts.Of<EvidenceSource>(Proof.Source.ToString()), at, state.ProvenUpTo)
            ?? (EvidenceGrade.None, null);
        return new(
            local,
            Text.Line(Place)!,
            IsAsleep!.Value,
            BreathingSeen,
            Activity,
            grade,
            Text.Line(Remark),
            DueWindow.After(local, limit, now.Chance("due")),
            unit.WatchRules.IsBathroom(Text.Line(Place)!) ? local.AddMinutes(unit.WatchRules.BathroomMinutes) : null,
            history?.MissedIn(at, around?.After?.At ?? DateTimeOffset.MaxValue) is { Count: > 0 } missed ? missed : null,
            SeenWhileAway && history?.AwayAt(at) is not null,
            CheckRules.EnteredWith(state, at, now),
            state.Sightings.Count == Rounding.Remembered && at < state.Sightings[0].At ? around : null,
            grade == EvidenceGrade.None ? null : new(Proof!.Source, Proof.Moment),
            why,
            history?.OpeningWith(local, limit, state)
        );
    }
}

/// <summary>Say why the patient was not looked at. The clock runs on.</summary>
public sealed record SkipCheck(string? Reason) : Command<Rounding>
{
    public override Permission Permission => Permission.RecordCheck;

    public override IEnumerable<string> Needs(Rounding state, Facts facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, Situation now) =>
        (RoundingRules.NotRunning(state) ?? RoundingRules.WrongReason(Reason)) is { } refusal
            ? refusal
            : new CheckSkipped(RoundingRules.Time(state, now).Local(now.Now), Text.Line(Reason)!);
}

/// <summary>Take back any check of the stay that was entered in error. The entry stays, struck through, with the reason; a gap that it had hidden is said.</summary>
public sealed record TakeBackCheck(Guid? Check, string? Reason) : Command<Rounding>
{
    public override Permission Permission => Permission.RecordCheck;

    public override IEnumerable<string> Needs(Rounding state, Facts facts) => [.. RoundingRules.NeedsUnit(state), CheckRules.History(Key)];

    public override Decision Decide(Rounding state, Situation now)
    {
        var history = CheckRules.HistoryOf(Key, now);
        return state switch
        {
            _ when RoundingRules.Unknown(state) is { } refusal => refusal,
            _ when Check is null => Refusal.Missing("check", "Say which check."),
            _ when RoundingRules.WrongReason(Reason) is { } refusal => refusal,
            _ when history.Of(Check.Value) is { } check => check.IsStruck ? [] : Struck(check, history, state, now),
            _ => new Refusal("check-unknown", "There is no such check of this patient.", "check"),
        };
    }

    private Decision Struck(Entered check, RoundingHistory history, Rounding state, Situation now)
    {
        var at = RoundingRules.Time(state, now).Local(now.Now);
        var isRemembered = state.Sightings.Any(s => s.Check == check.Check);
        var around = history.Around(check.At);
        var without = history.Without(check.Check);
        var was = new Glimpse(check.At, check.IsAsleep, around.Before is null && around.After is null ? check.At : check.Due.Limit);
        var struck =
            isRemembered || !check.IsSighting
                ? new CheckEnteredInError(at, check.Check, Text.Line(Reason)!)
                : new CheckEnteredInError(at, check.Check, Text.Line(Reason)!, was, history.Around(check.At, check.Check));
        var opening = check.IsSighting ? without.Window(state.OfThemselves()) : null;
        struck = opening?.Limit == state.StandsOn()?.Limit ? struck : struck with { Opening = opening };
        return check.IsSighting && without.GapAt(check.At, now.Now) is { } gap
            ? [struck, CheckRules.Missed(gap, state, now) with { FoundLater = true }]
            : [struck];
    }
}

/// <summary>Order an observation level. Anybody on the floor may raise it in an emergency; only who may order may lower it.</summary>
public sealed record OrderLevel(ObservationLevel? Level, string? Reason, DateTimeOffset? Until = null) : Command<Rounding>
{
    public override Permission Permission => Permission.RaiseLevel;

    public override IEnumerable<string> Needs(Rounding state, Facts facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, Situation now) =>
        state switch
        {
            _ when RoundingRules.NotRunning(state) is { } refusal => refusal,
            _ when Level is null => Refusal.Missing("level", "Choose a level."),
            _ when RoundingRules.WrongReason(Reason) is { } refusal => refusal,
            _ when Level < state.Level && !now.May(Permission.OrderLevel) => Refusal.NotPermitted(
                "level-lowering-needs-prescriber",
                "Only a prescriber lowers an observation level."
            ),
            _ when Until <= now.Now => Refusal.Invalid("until-in-past", "The order would already have run out.", "until"),
            _ when Level == state.Level && Until == state.LevelUntil && !(IsWanted(state) && now.May(Permission.OrderLevel)) => [],
            _ when Level == state.Level && !now.May(Permission.OrderLevel) => Refusal.NotPermitted(
                "level-renewal-needs-prescriber",
                "Only a prescriber changes how long an order holds."
            ),
            _ => [Ordered(state, now), .. RoundingRules.Unsaid(state, now.Now, now)],
        };

    private ObservationLevelOrdered Ordered(Rounding state, Situation now)
    {
        var local = RoundingRules.Unit(state, now).Local(Level!.Value);
        var at = RoundingRules.Time(state, now).Local(now.Now);
        var due = RoundingRules.Reset(state, local, at, now);
        return new(
            at,
            local.Level,
            local.Name,
            local.LimitMinutes,
            Text.Line(Reason)!,
            Until is { } until ? RoundingRules.Time(state, now).Local(until) : null,
            due,
            state.Level,
            WantsOrder: !now.May(Permission.OrderLevel)
        );
    }

    private static bool IsWanted(Rounding state) => state.OrderWantedSince is not null || state.OrderEndedAt is not null;
}

/// <summary>Say that a limit has passed without a sighting; once for each time it passes, and once only for an outage.</summary>
[Internal]
public sealed record FindCheckMissed : Command<Rounding>
{
    public override Permission Permission => Permission.RecordCheck;

    public override IEnumerable<string> Needs(Rounding state, Facts facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, Situation now) => [.. RoundingRules.Unsaid(state, now.Now, now)];
}

/// <summary>Bring the rounding in line with the stay: begin, move, pause, go on, end. It looks at how things are, not at what happened, so it may be sent any number of times.</summary>
[Internal]
public sealed record FollowStay : Command<Rounding>
{
    public static readonly Reaction Reaction = new(
        "RoundingFollowsStay",
        fact => StreamId.Is(fact.Stream, StateKind<Stay>.Name) ? [new FollowStay { Key = fact.Key }] : []
    );

    public override Permission Permission => Permission.RecordCheck;

    public override IEnumerable<string> Needs(Rounding state, Facts facts) =>
        [
            StreamId.For(StateKind<Stay>.Name, Key),
            .. RoundingRules.NeedsUnit(state),
            .. Stays.Place.Needs(facts.Of<Stay>(Key)),
            .. Since(facts.Of<Stay>(Key)) <= state.MissedUpTo || Unheard(facts.Of<Stay>(Key), state).Count > 0
                ? [CheckRules.History(Key)]
                : (string[])[],
        ];

    public override Decision Decide(Rounding state, Situation now)
    {
        var stay = now.Facts.Of<Stay>(Key);
        var at = RoundingRules.Time(state, now).Local(now.Now);
        var past = new List<Event>();
        foreach (var leave in state.IsRunning() ? Unheard(stay, state) : [])
        {
            (state, var told) = Told(leave, stay, state, now);
            past.AddRange(told);
        }

        return [.. past, .. Now(state, stay, at, now).Events];
    }

    private static Decision Now(Rounding state, Stay stay, DateTimeOffset at, Situation now)
    {
        return (stay.IsHere(), state.IsRunning()) switch
        {
            (false, true) =>
            [
                new RoundingEnded(stay.LeftAt() ?? at, BesideNow(stay, state, now)),
                .. RoundingRules.Unsaid(state, stay.LeftAt() ?? at, now),
            ],
            (true, false) => new BeginRounding(stay, state).Decide(now),
            (true, true) => [.. Moved(state, stay, at, now), .. PausedOrResumed(There(state, stay, now), stay, at, now)],
            _ => [],
        };
    }

    // Leaves that were over before anybody here looked: entered with their end in one go, or while what follows from an entry was behind.
    private static List<PastLeave> Unheard(Stay stay, Rounding state) =>
        [
            .. stay.PastLeaves.Where(l =>
                l.To > state.BeganLast
                && (!(l.From <= state.LeaveUpTo) || (state.Pause is { IsLeave: true } pause && pause.Since == l.From))
            ),
        ];

    // The leave, and the return from it unless the patient went on to somewhere else.
    private static (Rounding, List<Event>) Told(PastLeave leave, Stay stay, Rounding state, Situation now)
    {
        var events = new List<Event>();
        if (state.Pause is not { IsLeave: true })
        {
            var since = RoundingRules.Time(state, now).Local(leave.From < state.BeganLast ? state.BeganLast.Value : leave.From);
            var paused = Paused(new(since, leave.Kind, leave.ExpectedReturn)) with { Beside = Beside(stay, since, leave.To, state, now) };
            events.AddRange([paused, .. RoundingRules.Unsaid(state, since, now)]);
            state = state with
            {
                Pause = new(since, paused.Reason, paused.ExpectedReturn, IsLeave: true, Stood: state.Pause?.Stood ?? state.Due),
                Due = null,
                Missed = 0,
            };
        }

        if (stay.LeftAt() == leave.To || stay.Leave?.Since == leave.To || stay.PastLeaves.Any(next => next.From == leave.To))
        {
            return (state with { Pause = state.Pause! with { IsLeave = false } }, events);
        }

        // It buys no time that was over before anybody knew of it.
        var known = CheckRules.HistoryOf(stay.Id.ToString(), now).KnownUpTo();
        var due = RoundingRules.After(known > state.Pause!.Since ? state.Pause with { Since = known.Value } : state.Pause, state, now);
        events.Add(new ObservationResumed(leave.To, due));
        return (state with { Pause = null, Due = due }, events);
    }

    private static IEnumerable<Event> Moved(Rounding state, Stay stay, DateTimeOffset at, Situation now)
    {
        var unit = now.Facts.Of<Unit>(stay.Where()!.Unit);
        var level = unit.Local(state.Level);
        return state.Unit == stay.Where()!.Unit
            ? []
            :
            [
                new RoundingMoved(
                    unit.Time().Local(at),
                    stay.Where()!.Unit,
                    level.Name,
                    level.LimitMinutes,
                    RoundingRules.Reset(state, level, unit.Time().Local(at), now)
                ),
                .. RoundingRules.Unsaid(state, now.Now, now),
            ];
    }

    private static Rounding There(Rounding state, Stay stay, Situation now) =>
        state.Unit == stay.Where()!.Unit
            ? state
            : state with
            {
                Unit = stay.Where()!.Unit,
                LimitMinutes = now.Facts.Of<Unit>(stay.Where()!.Unit).Local(state.Level).LimitMinutes,
            };

    private static IEnumerable<Event> PausedOrResumed(Rounding state, Stay stay, DateTimeOffset at, Situation now) =>
        (stay.Leave, state.Pause) switch
        {
            ({ } leave, null or { IsLeave: false }) =>
            [
                Paused(leave) with
                {
                    Beside = BesideNow(stay, state, now),
                },
                .. RoundingRules.Unsaid(state, leave.Since, now),
            ],
            ({ } leave, { IsLeave: true } pause) when (pause.Reason, pause.ExpectedReturn) != (leave.Kind.Words(), leave.ExpectedReturn) =>
            [
                Paused(leave),
            ],
            (null, { IsLeave: true } pause) => [new ObservationResumed(stay.LeaveEndedAt ?? at, RoundingRules.After(pause, state, now))],
            _ => [],
        };

    // A leave or a discharge that is entered later may cover what was said to be missed.
    private static DateTimeOffset? Since(Stay stay) => stay.IsHere() ? stay.Leave?.Since : stay.LeftAt();

    private static IReadOnlyList<Guid>? BesideNow(Stay stay, Rounding state, Situation now) =>
        Beside(stay, Since(stay), DateTimeOffset.MaxValue, state, now);

    private static IReadOnlyList<Guid>? Beside(Stay stay, DateTimeOffset? since, DateTimeOffset to, Rounding state, Situation now) =>
        since <= state.MissedUpTo && CheckRules.HistoryOf(stay.Id.ToString(), now).MissedIn(since.Value, to) is { Count: > 0 } missed
            ? missed
            : null;

    private static ObservationPaused Paused(LeaveOfAbsence leave) =>
        new(leave.Since, leave.Kind.Words(), leave.ExpectedReturn, IsLeave: true);
}

/// <summary>The first level is the unit's own for new patients, until somebody orders another. After a discharge that is cancelled, the level is what it was.</summary>
internal sealed record BeginRounding(Stay Stay, Rounding Before)
{
    public Decision Decide(Situation now)
    {
        var where = Stay.Where()!.Unit;
        var unit = now.Facts.Of<Unit>(where);
        var level = unit.Local(Before.BeganAt is null ? unit.OnAdmission : Before.Level);
        var at = unit.Time().Local(now.Now);
        var due = DueWindow.AtOnce(at, TimeSpan.FromMinutes(level.LimitMinutes));
        var began = new RoundingBegan(at, where, level.Level, level.Name, level.LimitMinutes, due, Stay.AdmittedAt);
        return Stay.Leave is { } leave
            ? [began, new ObservationPaused(at, leave.Kind.Words(), leave.ExpectedReturn, IsLeave: true)]
            : [began];
    }
}

internal static class RoundingRules
{
    public static Refusal? Unknown(Rounding state) =>
        state.BeganAt is null ? Refusal.NotFound("stay-unknown", "There is no such stay.", "stay") : null;

    /// <param name="at">When it happened, where that may have been before the discharge.</param>
    public static Refusal? NotRunning(Rounding state, DateTimeOffset? at = null) =>
        Unknown(state)
        ?? (
            state.IsOver && !(at < state.EndedAt)
                ? new("stay-over", "The patient is not here any more. Nothing more can be recorded of this kind.")
                : null
        );

    public static Refusal? WrongReason(string? reason) =>
        Text.Line(reason) switch
        {
            null => Refusal.Missing("reason", "Give a reason."),
            var line => Text.TooLong(line, Text.RemarkLimit, "reason"),
        };

    public static IEnumerable<string> NeedsUnit(Rounding state) => state.Unit is { } unit ? [StreamId.For(StateKind<Unit>.Name, unit)] : [];

    public static Unit Unit(Rounding state, Situation now) => now.Facts.Of<Unit>(state.Unit ?? "");

    public static UnitTime Time(Rounding state, Situation now) => Unit(state, now).Time();

    /// <summary>The window under another level; none while checks are paused.</summary>
    public static DueWindow? Reset(Rounding state, LocalLevel level, DateTimeOffset at, Situation now) =>
        state.Due is { } stood ? state.Under(stood, level.Level, level.LimitMinutes, at, now.Chance("due")) : null;

    /// <summary>
    /// The limits that have passed by a moment and that nobody has said. It comes after whatever ends or moves the window: after an outage somebody may act before the clock does.
    /// </summary>
    public static IEnumerable<CheckMissed> Unsaid(Rounding state, DateTimeOffset by, Situation now, DateTimeOffset? seenAgain = null)
    {
        if (!state.IsRunning() || state.Due is not { } due || by < due.Limit)
        {
            return [];
        }

        var missed = 1 + (int)((by - due.Limit) / state.Limit());
        var passed = due.Limit + (missed - 1) * state.Limit();

        // A level that was raised keeps the limit that stood: nobody says fifteen minutes of a patient who was seen five minutes before.
        var minutes = state.LimitFrom() is { } from
            ? Math.Clamp((int)(passed - from).TotalMinutes, 1, state.LimitMinutes)
            : state.LimitMinutes;
        return missed <= state.Missed
            ? []
            :
            [
                new(
                    Time(state, now).Local(passed),
                    state.Last()?.At,
                    minutes,
                    missed,
                    SeenAgain: seenAgain,
                    Raises: seenAgain is null && CheckRules.Raises(missed, state, now)
                ),
            ];
    }

    /// <summary>The window after a pause: the limit is where it would have been without it, or at once if that has passed.</summary>
    public static DueWindow After(Pause pause, Rounding state, Situation now)
    {
        var at = Time(state, now).Local(now.Now);
        return DueWindow.Resumed(pause.Stood, pause.Since, at, state.Limit());
    }
}

internal static class CheckRules
{
    /// <summary>Several checks of one patient that are entered within so long of each other, each for a time longer ago than this, are marked as entered together.</summary>
    public static readonly TimeSpan InOneMoment = TimeSpan.FromMinutes(1);

    public static string History(string key) => StreamId.For(StateKind<RoundingHistory>.Name, key);

    public static RoundingHistory HistoryOf(string key, Situation now) => now.Facts.Of<RoundingHistory>(key);

    public static Guid? EnteredWith(Rounding state, DateTimeOffset at, Situation now) =>
        now.Now - at > InOneMoment && state.LastEntered is { IsForEarlier: true } last && now.Now - last.RecordedAt <= InOneMoment
            ? last.First
            : null;

    /// <summary>What a gap comes to that is found afterwards.</summary>
    public static CheckMissed Missed(Gap gap, Rounding state, Situation now)
    {
        var limit = TimeSpan.FromMinutes(gap.LimitMinutes);
        var at = gap.SeenAgain is null ? gap.Limit + (gap.Missed - 1) * limit : gap.Limit;

        // An order may have brought the limit nearer: nobody is said to be unseen for longer than they were.
        var minutes = Math.Clamp((int)(at - gap.From).TotalMinutes, 1, gap.LimitMinutes);
        return new(
            RoundingRules.Time(state, now).Local(at),
            gap.LastSeen,
            minutes,
            gap.Missed,
            SeenAgain: gap.SeenAgain,
            Raises: gap.SeenAgain is null && Raises(gap.Missed, state, now)
        );
    }

    /// <summary>Whether so many limits in a row are too many: at once where somebody must be with the patient all the time, else as the unit has it.</summary>
    public static bool Raises(int missed, Rounding state, Situation now) =>
        state.Level.IsContinuous() || missed >= RoundingRules.Unit(state, now).WatchRules.MissesInARow;
}
