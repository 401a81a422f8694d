using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>
/// Come on a shift: at its start, late, or after the one before (a double shift is two shifts). Who assigns patients may say it for
/// somebody else.
/// </summary>
/// <param name="Who">Somebody else; oneself if it isn't given.</param>
public sealed record ComeOn(Staff? Who = null, DateTimeOffset? At = null) : Command<Shift>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Shift state, LoadedStates facts) => ShiftRules.Needs(Key);

    public override Decision Decide(Shift state, DecisionContext now)
    {
        var (who, at) = (Who ?? now.By.Staff, At ?? now.Now);
        var refusal =
            ShiftRules.NotThere(Key, now) ?? ShiftRules.NotYours(Key, who, now) ?? ShiftRules.Wrong(who) ?? now.Impossible(at, null, "at");
        return refusal switch
        {
            { } no => no,
            _ when ShiftRules.Dated(Key, now) is var dated && (at < dated.Starts - Shift.EarliestBefore || at >= dated.Ends) =>
                Refusal.Invalid("shift-not-on", "That shift is not on at that time. Choose another shift or another time.", "at"),
            _ when state.On(who.Id) is not null => [],
            _ => [.. ShiftRules.Opened(state, Key, now), new CameOn(ShiftRules.Time(Key, now).Local(at), who)],
        };
    }
}
