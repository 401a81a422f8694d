using Handoff.Domain.Kernel;

namespace Handoff.Domain.Incidents;

internal static class Attempts
{
    public static readonly Refusal StepUnknown = Refusal.NotFound("step-unknown", "This incident has no such step.", "step");

    public static readonly Refusal StepInError = new("step-in-error", "That step was entered in error. Record it anew.", "step");

    private const int MostMinutes = 600;

    public static Refusal? WrongMinutes(int? minutes) =>
        minutes is < 0 or > MostMinutes
            ? Refusal.Invalid("minutes-out-of-range", $"Give whole minutes from 0 to {MostMinutes}.", "minutes")
            : null;

    public static int Since(Step step, DecisionContext now) => Math.Clamp((int)(now.Now - step.At).TotalMinutes, 0, MostMinutes);
}
