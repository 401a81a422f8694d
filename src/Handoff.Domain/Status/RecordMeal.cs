using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Status;

/// <summary>Record how much of a meal was eaten.</summary>
/// <param name="Percent">0 to 100; not needed where it was declined.</param>
/// <param name="At">When; now if it isn't given.</param>
public sealed record RecordMeal(Meal? Meal, int? Percent = null, bool IsDeclined = false, string? Remark = null, DateTimeOffset? At = null)
    : Command<PatientStatus>
{
    public override Permission Permission => Permission.Observe;

    public override IEnumerable<string> Reads(PatientStatus state, LoadedStates facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, DecisionContext now) =>
        state switch
        {
            _ when StatusRules.Wrong(state, At ?? now.Now, now) is { } refusal => refusal,
            _ when Meal is null => Refusal.Missing("meal", "Choose the meal."),
            _ when Percent is null && !IsDeclined => Refusal.Missing("percent", "Say how much was eaten, or that it was declined."),
            _ when Percent is < 0 or > 100 => Refusal.Invalid("percent-out-of-range", "How much was eaten is 0 to 100 %.", "percent"),
            _ when Percent > 0 && IsDeclined => Refusal.Invalid(
                "declined-but-eaten",
                "A meal that was declined was not eaten. Choose one of the two.",
                "percent"
            ),
            _ when Text.TooLong(Text.Line(Remark), Text.RemarkLimit, "remark") is { } refusal => refusal,
            _ when state.Meals.Any(m => m.At == At && (m.Meal, m.Percent, m.IsDeclined) == (Meal, Percent ?? 0, IsDeclined)) => [],
            _ => new MealRecorded(StatusRules.At(state, At, now), Meal.Value, Percent ?? 0, IsDeclined, Text.Line(Remark)),
        };
}
