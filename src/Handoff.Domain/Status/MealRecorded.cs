using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Status;

/// <param name="Percent">How much of it was eaten, 0 to 100.</param>
/// <param name="IsDeclined">The patient wanted none of it, which is more than not having eaten; then the percentage is 0.</param>
[Stored("meal_recorded")]
public sealed record MealRecorded(DateTimeOffset OccurredAt, Meal Meal, int Percent, bool IsDeclined, string? Remark) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"{Meal} at {time.Clock(OccurredAt)}: {Meals.Eaten(Percent, IsDeclined)}{(Remark is null ? "" : $". {Remark}")}";

    public override HandoffLine? ForHandoff(UnitTime time) =>
        Percent >= Meals.Poor
            ? null
            : new(
                HandoffPart.Condition,
                $"{Meal.Words()} {Meals.Eaten(Percent, IsDeclined)} at {time.Clock(OccurredAt)}",
                "meals",
                Retention.Counted,
                "poor or declined meals"
            );
}
