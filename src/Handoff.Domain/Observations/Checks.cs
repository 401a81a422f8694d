using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

// Commands

/// <summary>Record that the patient was seen.</summary>
/// <param name="Place">Where, in the unit's words.</param>
/// <param name="BreathingSeen">Must be said of a patient who is asleep.</param>
/// <param name="At">When; now if it isn't given.</param>
public sealed record RecordCheck(
    string? Place, bool? IsAsleep, bool? BreathingSeen = null, Activity? Activity = null, EvidenceGrade Evidence = EvidenceGrade.None,
    string? Remark = null, DateTimeOffset? At = null) : Command<Rounding>
{
    public override Permission Permission => Permission.RecordCheck;

    public override IEnumerable<string> Needs(Rounding state, Facts facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, Situation now)
    {
        var at = At ?? now.Now;
        return state switch
        {
            _ when RoundingRules.NotRunning(state, at) is { } refusal => refusal,
            _ when Text.Line(Place) is null => Refusal.Missing("place", "Say where you saw the patient."),
            _ when Text.TooLong(Text.Line(Place), 40, "place") is { } refusal => refusal,
            _ when IsAsleep is null => Refusal.Missing("isAsleep", "Say whether the patient was awake or asleep."),
            _ when IsAsleep == true && BreathingSeen is null => Refusal.Missing("breathingSeen", "For a sleeping patient, say whether you saw them breathe."),
            _ when Text.TooLong(Text.Line(Remark), Text.RemarkLimit, "remark") is { } refusal => refusal,
            _ when now.Impossible(at, state.HereSince - Situation.ClockSkew, "at") is { } refusal => refusal,
            { Pause: { } pause } when at >= pause.Since =>
                new Refusal("observation-paused", "The patient is recorded as away. Record their return first, or give the time before they left.", "at"),
            _ => Seen(at, state, now),
        };
    }

    private SafetyChecked Seen(DateTimeOffset at, Rounding state, Situation now) => new(
        RoundingRules.Time(state, now).Local(at), Text.Line(Place)!, IsAsleep!.Value, BreathingSeen, Activity, Evidence, Text.Line(Remark),
        DueWindow.After(RoundingRules.Time(state, now).Local(at), state.Limit(), now.Chance("due")));
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

/// <summary>Take back a check that was entered in error. The entry stays, struck through, with the reason.</summary>
public sealed record TakeBackCheck(Guid? Check, string? Reason) : Command<Rounding>
{
    public override Permission Permission => Permission.RecordCheck;

    public override IEnumerable<string> Needs(Rounding state, Facts facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, Situation now) => state switch
    {
        _ when RoundingRules.Unknown(state) is { } refusal => refusal,
        _ when Check is null => Refusal.Missing("check", "Say which check."),
        _ when RoundingRules.WrongReason(Reason) is { } refusal => refusal,
        _ when state.TakenBack.Contains(Check.Value) => [],
        _ when state.Sightings.All(s => s.Check != Check) =>
            new Refusal("check-not-recent", $"Only the latest {Rounding.Remembered} checks of a patient can be taken back.", "check"),
        _ => new CheckEnteredInError(RoundingRules.Time(state, now).Local(now.Now), Check.Value, Text.Line(Reason)!),
    };
}

/// <summary>Order an observation level. Anybody on the floor may raise it in an emergency; only who may order may lower it.</summary>
public sealed record OrderLevel(ObservationLevel? Level, string? Reason, DateTimeOffset? Until = null) : Command<Rounding>
{
    public override Permission Permission => Permission.RaiseLevel;

    public override IEnumerable<string> Needs(Rounding state, Facts facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, Situation now) => state switch
    {
        _ when RoundingRules.NotRunning(state) is { } refusal => refusal,
        _ when Level is null => Refusal.Missing("level", "Choose a level."),
        _ when RoundingRules.WrongReason(Reason) is { } refusal => refusal,
        _ when Level < state.Level && !now.May(Permission.OrderLevel) =>
            Refusal.NotPermitted("level-lowering-needs-prescriber", "Only a prescriber lowers an observation level."),
        _ when Until <= now.Now => Refusal.Invalid("until-in-past", "The order would already have run out.", "until"),
        _ when Level == state.Level && Until == state.LevelUntil => [],
        _ when Level == state.Level && !now.May(Permission.OrderLevel) =>
            Refusal.NotPermitted("level-renewal-needs-prescriber", "Only a prescriber changes how long an order holds."),
        _ => Ordered(state, now),
    };

    private ObservationLevelOrdered Ordered(Rounding state, Situation now)
    {
        var local = RoundingRules.Unit(state, now).Local(Level!.Value);
        var at = RoundingRules.Time(state, now).Local(now.Now);
        var due = RoundingRules.Reset(state, local, at, now);
        return new(at, local.Level, local.Name, local.LimitMinutes, Text.Line(Reason)!, Until is { } until ? RoundingRules.Time(state, now).Local(until) : null, due, state.Level);
    }
}

/// <summary>Stop looking for a while because somebody else has the patient: a procedure, a visit in another building.</summary>
public sealed record PauseObservation(string? Reason, DateTimeOffset? ExpectedReturn) : Command<Rounding>
{
    public override Permission Permission => Permission.PauseObservation;

    public override IEnumerable<string> Needs(Rounding state, Facts facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, Situation now) => state switch
    {
        _ when RoundingRules.NotRunning(state) is { } refusal => refusal,
        _ when RoundingRules.WrongReason(Reason) is { } refusal => refusal,
        _ when ExpectedReturn is null => Refusal.Missing("expectedReturn", "Say when the patient is expected back."),
        _ when ExpectedReturn <= now.Now => Refusal.Invalid("return-in-past", "The expected return has already passed.", "expectedReturn"),
        { Pause.IsLeave: true } => new Refusal("on-leave", "The patient is on leave; the checks are paused until they are back."),
        { Pause: { } pause } when pause.Reason == Text.Line(Reason) && pause.ExpectedReturn == ExpectedReturn => [],
        _ => new ObservationPaused(
            RoundingRules.Time(state, now).Local(now.Now), Text.Line(Reason)!, RoundingRules.Time(state, now).Local(ExpectedReturn.Value), IsLeave: false),
    };
}

public sealed record ResumeObservation : Command<Rounding>
{
    public override Permission Permission => Permission.PauseObservation;

    public override IEnumerable<string> Needs(Rounding state, Facts facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, Situation now) => state switch
    {
        _ when RoundingRules.NotRunning(state) is { } refusal => refusal,
        { Pause: null } => [],
        { Pause.IsLeave: true } => new Refusal("on-leave", "The patient is on leave. End the leave; the checks go on by themselves."),
        _ => new ObservationResumed(RoundingRules.Time(state, now).Local(now.Now), RoundingRules.AtOnce(state, now)),
    };
}

/// <summary>Say that a limit has passed without a sighting; once for each time it passes, and once only for an outage.</summary>
[Internal]
public sealed record FindCheckMissed : Command<Rounding>
{
    public override Permission Permission => Permission.RecordCheck;

    public override IEnumerable<string> Needs(Rounding state, Facts facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, Situation now)
    {
        if (!state.IsRunning() || state.Due is not { } due || now.Now < due.Limit)
        {
            return [];
        }

        var missed = 1 + (int)((now.Now - due.Limit) / state.Limit());
        return missed > state.Missed
            ? new CheckMissed(RoundingRules.Time(state, now).Local(due.Limit + (missed - 1) * state.Limit()), state.Last()?.At, state.LimitMinutes, missed)
            : [];
    }
}

/// <summary>Say that a pause has outlived the return that was expected.</summary>
[Internal]
public sealed record FindPauseOverdue : Command<Rounding>
{
    public override Permission Permission => Permission.PauseObservation;

    public override IEnumerable<string> Needs(Rounding state, Facts facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, Situation now) => state.Pause switch
    {
        { IsLeave: false, IsOverdue: false, ExpectedReturn: { } back } when state.IsRunning() && back <= now.Now => new PauseOverdue(back),
        _ => [],
    };
}

/// <summary>Bring the rounding in line with the stay: begin, move, pause, go on, end. It looks at how things are, not at what happened, so it may be sent any number of times.</summary>
[Internal]
public sealed record FollowStay : Command<Rounding>
{
    public static readonly Reaction Reaction = new("RoundingFollowsStay", fact =>
        StreamId.Is(fact.Stream, StateKind<Stay>.Name) ? [new FollowStay { Key = fact.Key }] : []);

    public override Permission Permission => Permission.RecordCheck;

    public override IEnumerable<string> Needs(Rounding state, Facts facts) =>
        [StreamId.For(StateKind<Stay>.Name, Key), .. RoundingRules.NeedsUnit(state), .. Stays.Place.Needs(facts.Of<Stay>(Key))];

    public override Decision Decide(Rounding state, Situation now)
    {
        var stay = now.Facts.Of<Stay>(Key);
        var at = RoundingRules.Time(state, now).Local(now.Now);
        return (stay.IsHere(), state.IsRunning()) switch
        {
            (false, true) => new RoundingEnded(stay.DischargedAt ?? at),
            (true, false) => new BeginRounding(stay, state).Decide(now),
            (true, true) => [.. Moved(state, stay, at, now), .. PausedOrResumed(There(state, stay, now), stay, at, now)],
            _ => [],
        };
    }

    private static IEnumerable<Event> Moved(Rounding state, Stay stay, DateTimeOffset at, Situation now)
    {
        var unit = now.Facts.Of<Unit>(stay.Where()!.Unit);
        var level = unit.Local(state.Level);
        return state.Unit == stay.Where()!.Unit
            ? []
            : [new RoundingMoved(unit.Time().Local(at), stay.Where()!.Unit, level.Name, level.LimitMinutes, RoundingRules.Reset(state, level, unit.Time().Local(at), now))];
    }

    private static Rounding There(Rounding state, Stay stay, Situation now) => state.Unit == stay.Where()!.Unit
        ? state
        : state with { Unit = stay.Where()!.Unit, LimitMinutes = now.Facts.Of<Unit>(stay.Where()!.Unit).Local(state.Level).LimitMinutes };

    private static IEnumerable<Event> PausedOrResumed(Rounding state, Stay stay, DateTimeOffset at, Situation now) => (stay.Leave, state.Pause) switch
    {
        ({ } leave, null or { IsLeave: false }) => [Paused(leave)],
        ({ } leave, { IsLeave: true } pause) when (pause.Reason, pause.ExpectedReturn) != (leave.Kind.Words(), leave.ExpectedReturn) => [Paused(leave)],
        (null, { IsLeave: true }) => [new ObservationResumed(stay.LeaveEndedAt ?? at, RoundingRules.AtOnce(state, now))],
        _ => [],
    };

    private static ObservationPaused Paused(LeaveOfAbsence leave) => new(leave.Since, leave.Kind.Words(), leave.ExpectedReturn, IsLeave: true);
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
        return Stay.Leave is { } leave ? [began, new ObservationPaused(at, leave.Kind.Words(), leave.ExpectedReturn, IsLeave: true)] : [began];
    }
}

internal static class RoundingRules
{
    public static Refusal? Unknown(Rounding state) =>
        state.BeganAt is null ? Refusal.NotFound("stay-unknown", "There is no such stay.", "stay") : null;

    /// <param name="at">When it happened, where that may have been before the discharge.</param>
    public static Refusal? NotRunning(Rounding state, DateTimeOffset? at = null) => Unknown(state) ?? (state.IsOver && !(at < state.EndedAt)
        ? new("stay-over", "The patient was discharged. Nothing more can be recorded of this kind.")
        : null);

    public static Refusal? WrongReason(string? reason) => Text.Line(reason) switch
    {
        null => Refusal.Missing("reason", "Give a reason."),
        var line => Text.TooLong(line, Text.RemarkLimit, "reason"),
    };

    public static IEnumerable<string> NeedsUnit(Rounding state) => state.Unit is { } unit ? [StreamId.For(StateKind<Unit>.Name, unit)] : [];

    public static Unit Unit(Rounding state, Situation now) => now.Facts.Of<Unit>(state.Unit ?? "");

    public static UnitTime Time(Rounding state, Situation now) => Unit(state, now).Time();

    /// <summary>The window under another level. No order is a sighting: a closer one asks at once and never puts the limit off, a wider one never brings it nearer.</summary>
    public static DueWindow? Reset(Rounding state, LocalLevel level, DateTimeOffset at, Situation now)
    {
        var limit = TimeSpan.FromMinutes(level.LimitMinutes);
        return state switch
        {
            { Due: null } => null,
            _ when level.Level > state.Level || limit < state.Limit() => DueWindow.Closer(state.Due, at, limit),
            _ when limit == state.Limit() => state.Due,
            _ => DueWindow.Wider(state.Due, DueWindow.After(state.UnseenSince() ?? at, limit, now.Chance("due"))),
        };
    }

    public static DueWindow AtOnce(Rounding state, Situation now) => DueWindow.AtOnce(Time(state, now).Local(now.Now), state.Limit());
}
