using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>
/// Take back any check of the stay that was entered in error. The entry stays, struck through, with the reason; a gap that it had hidden is
/// said.
/// </summary>
public sealed record TakeBackCheck(Guid? Check, string? Reason) : Command<Rounding>
{
    public override Permission Permission => Permission.RecordCheck;

    public override IEnumerable<string> Reads(Rounding state, LoadedStates facts) =>
        [.. RoundingRules.NeedsUnit(state), CheckRules.History(Key)];

    public override Decision Decide(Rounding state, DecisionContext now)
    {
        var history = CheckRules.HistoryOf(Key, now);
        return state switch
        {
            _ when RoundingRules.Unknown(state) is { } refusal => refusal,
            _ when Check is null => Refusal.Missing("check", "Say which check."),
            _ when RoundingRules.WrongReason(Reason) is { } refusal => refusal,
            _ when history.Check(Check.Value) is { } check => check.IsStruck ? [] : Struck(check, history, state, now),
            _ => new Refusal("check-unknown", "There is no such check of this patient.", "check"),
        };
    }

    private Decision Struck(Entered check, RoundingHistory history, Rounding state, DecisionContext now)
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
