using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

internal static class GivingRules
{
    /// <summary>The giver gives; for a giver who left, who is in charge.</summary>
    public static Refusal? NotYours(Care state, DecisionContext now) =>
        CareRules.IsResponsible(state, now) || CareRules.Leads(state, now)
            ? null
            : Refusal.NotPermitted(
                "not-your-patient",
                "Somebody else is responsible for this patient. They hand over; if they have left, who is in charge does."
            );

    /// <summary>The stream that says a loop, besides the patient's own care.</summary>
    public static IEnumerable<string> NeedsLoop(Care state, string? loop) =>
        IsFit(loop) && LoopId.Parts(loop) is var (stream, _) && stream != Own(state) ? [stream] : [];

    /// <summary>Only what is open now, about this patient, can be put off or passed on; an emergency can't be.</summary>
    public static Refusal? WrongLoop(Care state, string? loop, DecisionContext now) =>
        string.IsNullOrEmpty(loop)
            ? Refusal.Missing("loop", "Say which open point.")
            : Open(state, loop, now) switch
            {
                null => Refusal.Invalid("loop-unknown", "Nothing of that kind is open about this patient.", "loop"),
                { Pressing: Pressing.Emergency } emergency => Emergency(emergency.Words),
                _ => null,
            };

    public static Refusal Emergency(string words) =>
        new(
            "loop-emergency",
            $"An emergency is open: {words.TrimEnd('.')}. It can't be put off or passed on; somebody answers it first.",
            "loops"
        );

    private static OpenLoop? Open(Care state, string loop, DecisionContext now) =>
        IsFit(loop) && LoopId.Parts(loop) is var (stream, kind)
            ? (stream == Own(state) ? state : now.States.On(stream))
                ?.OpenLoops()
                .FirstOrDefault(l => l.Kind == kind && l.Stay == state.Stay)
            : null;

    private static bool IsFit(string? loop) => loop is { Length: <= 200 } && Text.Line(loop) == loop;

    private static string Own(Care state) => StreamId.For(StateKind<Care>.Name, state.Stay);

    public static CarriedLoop Carried(CarriedLoop open, SettledLoop said) =>
        open with
        {
            Reason = said.Reason,
            To = said.To,
            Deferred = said.Deferred,
        };
}
