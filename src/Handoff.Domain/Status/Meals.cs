using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Status;

// Events

/// <param name="Percent">How much of it was eaten, 0 to 100.</param>
/// <param name="IsDeclined">The patient wanted none of it, which is more than not having eaten; then the percentage is 0.</param>
[Stored("meal_recorded")]
public sealed record MealRecorded(DateTimeOffset OccurredAt, Meal Meal, int Percent, bool IsDeclined, string? Remark) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"{Meal} at {time.Clock(OccurredAt)}: {Meals.Eaten(Percent, IsDeclined)}{(Remark is null ? "" : $". {Remark}")}";

    public override Bearing? ForHandoff(UnitTime time) =>
        Percent >= Meals.Poor
            ? null
            : new(
                HandoffPart.Condition,
                $"{Meal.Words()} {Meals.Eaten(Percent, IsDeclined)} at {time.Clock(OccurredAt)}",
                "meals",
                Weight.Counted,
                "poor or declined meals"
            );
}

// State

public enum Meal
{
    Breakfast,
    Lunch,
    Dinner,
    Snack,
}

public sealed record MealEaten(Guid Id, DateTimeOffset At, string By, Meal Meal, int Percent, bool IsDeclined) : StatusEntry(Id, At, By)
{
    /// <summary>Less than a quarter was eaten.</summary>
    public bool IsPoor() => Percent < Meals.Poor;

    /// <summary>As on the board: <c>lunch 10 %</c>, <c>lunch declined</c>.</summary>
    public string Words() => $"{Meal.Words()} {Meals.Eaten(Percent, IsDeclined)}";
}

public static class Meals
{
    /// <summary>Less of a meal than this, in percent, is told.</summary>
    public const int Poor = 25;

    public static string Words(this Meal meal) => meal.ToString().ToLowerInvariant();

    /// <summary><c>10 %</c>, <c>declined</c>.</summary>
    public static string Eaten(int percent, bool isDeclined) => isDeclined ? "declined" : $"{percent} %";

    /// <summary>The meal that is served about this time of the unit's day.</summary>
    public static Meal About(TimeOnly clock) =>
        clock.Hour switch
        {
            >= 6 and < 10 => Meal.Breakfast,
            >= 11 and < 15 => Meal.Lunch,
            >= 17 and < 20 => Meal.Dinner,
            _ => Meal.Snack,
        };
}

// Commands

/// <summary>Record how much of a meal was eaten.</summary>
/// <param name="Percent">0 to 100; not needed where it was declined.</param>
/// <param name="At">When; now if it isn't given.</param>
public sealed record RecordMeal(Meal? Meal, int? Percent, bool IsDeclined = false, string? Remark = null, DateTimeOffset? At = null)
    : Command<PatientStatus>
{
    public override Permission Permission => Permission.Observe;

    public override IEnumerable<string> Needs(PatientStatus state, Facts facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, Situation now) =>
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
