using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

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

    public static Unit Unit(Rounding state, DecisionContext now) => now.States.Get<Unit>(state.Unit ?? "");

    public static UnitTime Time(Rounding state, DecisionContext now) => Unit(state, now).Time();

    /// <summary>The window under another level; none while checks are paused.</summary>
    public static DueWindow? Reset(Rounding state, LocalLevel level, DateTimeOffset at, DecisionContext now) =>
        state.Due is { } stood ? state.Under(stood, level.Level, level.LimitMinutes, at, now.Chance("due")) : null;

    /// <summary>
    /// The limits that have passed by a moment and that nobody has said. It comes after whatever ends or moves the window: after an outage
    /// somebody may act before the clock does.
    /// </summary>
    public static IEnumerable<CheckMissed> Unsaid(Rounding state, DateTimeOffset by, DecisionContext now, DateTimeOffset? seenAgain = null)
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
    public static DueWindow After(Pause pause, Rounding state, DecisionContext now)
    {
        var at = Time(state, now).Local(now.Now);
        return DueWindow.Resumed(pause.Stood, pause.Since, at, state.Limit());
    }
}
