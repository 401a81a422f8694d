using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>
/// Go off: at the end, or early and why. What somebody was responsible for stays theirs until it is accepted or taken over.
/// </summary>
/// <param name="Person">Somebody else's id; oneself if it isn't given.</param>
public sealed record GoOff(string? Person = null, string? Reason = null, DateTimeOffset? At = null) : Command<Shift>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Shift state, LoadedStates facts) => ShiftRules.Needs(Key);

    public override Decision Decide(Shift state, DecisionContext now)
    {
        var at = At ?? now.Now;
        return state.On(Person ?? now.By.Staff.Id) switch
        {
            _ when ShiftRules.NotThere(Key, now) is { } refusal => refusal,
            _ when Text.TooLong(Text.Line(Reason), Text.RemarkLimit, "reason") is { } refusal => refusal,
            null when state.People.Any(p => p.Who.Id == (Person ?? now.By.Staff.Id)) => [],
            null => Refusal.Invalid("person-not-on", "That person is not on this shift.", "person"),
            { } one when ShiftRules.NotYours(Key, one.Who, now) is { } refusal => refusal,
            { } one when now.Impossible(at, one.Since, "at") is { } refusal => refusal with
            {
                Says = "That is before they came, or in the future.",
            },
            { } one => new WentOff(ShiftRules.Time(Key, now).Local(at), one.Who, Text.Line(Reason)),
        };
    }
}
