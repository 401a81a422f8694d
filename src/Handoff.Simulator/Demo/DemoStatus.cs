using Handoff.Domain.Kernel;
using Handoff.Domain.Status;

namespace Handoff.Simulator.Demo;

/// <summary>How a few of the demo's patients are; most are as usual.</summary>
internal static class DemoStatus
{
    /// <param name="patient">The patient's place in the unit's order of beds.</param>
    public static IReadOnlyList<Func<string, ICommand>> ForPatient(int patient) =>
        patient switch
        {
            0 =>
            [
                stay => new StartPrecaution(PrecautionKind.Suicide, "Told staff about a plan for tonight") { Key = stay },
                stay => new SetBaseline(BehaviorDomain.Mood, 1, "worried") { Key = stay },
                stay => new RecordPreference(PreferenceKind.Calms, "A walk with somebody who does not talk") { Key = stay },
            ],
            2 or 9 =>
            [
                stay => new StartPrecaution(PrecautionKind.Elopement, "Left a group without a word and was found at the exit")
                {
                    Key = stay,
                },
            ],
            4 =>
            [
                stay => new RecordMeal(Meal.Snack, null, IsDeclined: true) { Key = stay },
                stay => new RecordPreference(PreferenceKind.Triggers, "Being touched from behind") { Key = stay },
            ],
            10 => [stay => new StartPrecaution(PrecautionKind.Fall, "Unsteady after the first dose") { Key = stay }],
            _ => [],
        };
}
