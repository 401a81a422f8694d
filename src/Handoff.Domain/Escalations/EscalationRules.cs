using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Escalations;

internal static class EscalationRules
{
    public static IEnumerable<string> Needs(Escalation state) => state.Unit is { } unit ? [StreamId.For(StateKind<Unit>.Name, unit)] : [];

    public static UnitTime Time(Escalation state, DecisionContext now) => now.States.Get<Unit>(state.Unit ?? "").Time();

    public static DateTimeOffset At(Escalation state, DecisionContext now) => Time(state, now).Local(now.Now);

    public static Refusal? Unknown(Escalation state) =>
        state.IsKnown() ? null : Refusal.NotFound("escalation-unknown", "There is no such escalation.", "escalation");

    public static Refusal? WrongText(string? text, string field, string says) =>
        Text.Block(text) switch
        {
            null => Refusal.Missing(field, says),
            var block => Text.TooLong(block, Text.RemarkLimit, field),
        };
}
