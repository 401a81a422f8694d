using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>
/// Bring the rounding in line with the stay: begin, move, pause, go on, end. It looks at how things are, not at what happened, so it may be
/// sent any number of times.
/// </summary>
[Internal]
public sealed record FollowStay : Command<Rounding>
{
    public static readonly Reaction Reaction = new(
        "RoundingFollowsStay",
        fact => StreamId.Is(fact.Stream, StateKind<Stay>.Name) ? [new FollowStay { Key = fact.Key }] : []
    );

    public override Permission Permission => Permission.RecordCheck;

    public override IEnumerable<string> Reads(Rounding state, LoadedStates facts) =>
        [
            StreamId.For(StateKind<Stay>.Name, Key),
            .. RoundingRules.NeedsUnit(state),
            .. Stays.Place.Needs(facts.Get<Stay>(Key)),
            .. Since(facts.Get<Stay>(Key)) <= state.MissedUpTo || Unheard(facts.Get<Stay>(Key), state).Count > 0
                ? [CheckRules.History(Key)]
                : (string[])[],
        ];

    public override Decision Decide(Rounding state, DecisionContext now)
    {
        var stay = now.States.Get<Stay>(Key);
        var at = RoundingRules.Time(state, now).Local(now.Now);
        var past = new List<Event>();
        foreach (var leave in state.IsRunning() ? Unheard(stay, state) : [])
        {
            (state, var told) = Told(leave, stay, state, now);
            past.AddRange(told);
        }

        return [.. past, .. InLine(state, stay, at, now).Events];
    }

    private static Decision InLine(Rounding state, Stay stay, DateTimeOffset at, DecisionContext now) =>
        (stay.IsHere(), state.IsRunning()) switch
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

    // Leaves that were over before anybody here looked: entered with their end in one go, or while what follows from an entry was behind.
    private static List<PastLeave> Unheard(Stay stay, Rounding state) =>
        [
            .. stay.PastLeaves.Where(l =>
                l.To > state.BeganLast
                && (!(l.From <= state.LeaveUpTo) || (state.Pause is { IsLeave: true } pause && pause.Since == l.From))
            ),
        ];

    // The leave, and the return from it unless the patient went on to somewhere else.
    private static (Rounding, List<Event>) Told(PastLeave leave, Stay stay, Rounding state, DecisionContext now)
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

    private static IEnumerable<Event> Moved(Rounding state, Stay stay, DateTimeOffset at, DecisionContext now)
    {
        var unit = now.States.Get<Unit>(stay.Where()!.Unit);
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

    private static Rounding There(Rounding state, Stay stay, DecisionContext now) =>
        state.Unit == stay.Where()!.Unit
            ? state
            : state with
            {
                Unit = stay.Where()!.Unit,
                LimitMinutes = now.States.Get<Unit>(stay.Where()!.Unit).Local(state.Level).LimitMinutes,
            };

    private static IEnumerable<Event> PausedOrResumed(Rounding state, Stay stay, DateTimeOffset at, DecisionContext now) =>
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

    private static IReadOnlyList<Guid>? BesideNow(Stay stay, Rounding state, DecisionContext now) =>
        Beside(stay, Since(stay), DateTimeOffset.MaxValue, state, now);

    private static IReadOnlyList<Guid>? Beside(Stay stay, DateTimeOffset? since, DateTimeOffset to, Rounding state, DecisionContext now) =>
        since <= state.MissedUpTo && CheckRules.HistoryOf(stay.Id.ToString(), now).MissedIn(since.Value, to) is { Count: > 0 } missed
            ? missed
            : null;

    private static ObservationPaused Paused(LeaveOfAbsence leave) =>
        new(leave.Since, leave.Kind.Words(), leave.ExpectedReturn, IsLeave: true);
}
