using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Begin the huddle, or go on to a patient in it.</summary>
/// <param name="Stay">Of whom it speaks next; nobody yet if it isn't given.</param>
public sealed record TurnHuddle(Guid? Stay = null) : Command<Shift>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Shift state, LoadedStates facts) => ShiftRules.Needs(Key);

    public override Decision Decide(Shift state, DecisionContext now) =>
        ShiftRules.NotThere(Key, now) switch
        {
            { } refusal => refusal,
            _ when state.Huddle is { Ended: null } huddle && huddle.Stay == Stay => [],
            _ =>
            [
                .. ShiftRules.Opened(state, Key, now),
                .. state.Huddle is { Ended: null } ? Array.Empty<Event>() : [new HuddleBegan(ShiftRules.Time(Key, now).Local(now.Now))],
                .. Stay is { } stay ? [new HuddleTurned(ShiftRules.Time(Key, now).Local(now.Now), stay)] : Array.Empty<Event>(),
            ],
        };
}
