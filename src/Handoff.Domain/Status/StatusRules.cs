using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Status;

internal static class StatusRules
{
    public static Refusal? Unknown(PatientStatus state) =>
        state.HereSince is null ? Refusal.NotFound("stay-unknown", "There is no such stay.", "stay") : null;

    /// <summary>Why nothing can be recorded of that time, or null.</summary>
    /// <param name="at">What was so before the discharge can still be written down.</param>
    public static Refusal? Wrong(PatientStatus state, DateTimeOffset at, DecisionContext now) =>
        state switch
        {
            _ when Unknown(state) is { } refusal => refusal,
            { IsOver: true } when !(at < state.EndedAt) => new(
                "stay-over",
                "The patient is not here any more. Nothing more can be recorded of this kind."
            ),
            _ => now.Impossible(at, state.HereSince - DecisionContext.ClockSkew, "at"),
        };

    public static IEnumerable<string> NeedsUnit(PatientStatus state) =>
        state.Unit is { } unit ? [StreamId.For(StateKind<Unit>.Name, unit)] : [];

    public static UnitTime Time(PatientStatus state, DecisionContext now) => now.States.Get<Unit>(state.Unit ?? "").Time();

    /// <summary>The time of an entry on the unit's clock; now if none was given.</summary>
    public static DateTimeOffset At(PatientStatus state, DateTimeOffset? at, DecisionContext now) => Time(state, now).Local(at ?? now.Now);
}
