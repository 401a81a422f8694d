using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>Order an observation level. Anybody on the floor may raise it in an emergency; only who may order may lower it.</summary>
public sealed record OrderLevel(ObservationLevel? Level, string? Reason, DateTimeOffset? Until = null) : Command<Rounding>
{
    public override Permission Permission => Permission.RaiseLevel;

    public override IEnumerable<string> Reads(Rounding state, LoadedStates facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, DecisionContext now) =>
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

    private ObservationLevelOrdered Ordered(Rounding state, DecisionContext now)
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
