using Handoff.Domain.Access;

namespace Handoff.Domain.Status;

public enum Meal
{
    Breakfast,
    Lunch,
    Dinner,
    Snack,
}

public sealed record MealEaten(Guid Id, DateTimeOffset At, string By, Meal Meal, int Percent, bool IsDeclined) : StatusEntry(Id, At, By)
{
    internal override IEnumerable<WrittenEntry> Written() =>
        [new(this, "a meal", $"{Meal}: {Meals.Eaten(Percent, IsDeclined)}", Permission.Observe)];

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
