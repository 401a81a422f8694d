using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;

namespace Handoff.Domain.Boards;

public sealed partial record BoardCard
{
    /// <summary>How the patient is.</summary>
    public CardStatus? Status { get; init; }
}

/// <summary>Precautions, and what of a patient is not as usual. What is as usual is not in it.</summary>
/// <param name="Changes">The worst first.</param>
/// <param name="SleptHours">Last night's hours asleep if they were few; else null.</param>
/// <param name="Meal">The latest meal if little of it was eaten; else null.</param>
/// <param name="DeclinedInARow">How many meals in a row were declined, up to the latest.</param>
public sealed record CardStatus(
    IReadOnlyList<CardPrecaution> Precautions,
    IReadOnlyList<CardChange> Changes,
    double? SleptHours,
    CardMeal? Meal,
    int DeclinedInARow
)
{
    public static CardStatus FromStatus(PatientStatus? status, Rounding? rounding, UnitTime time, DateTimeOffset now) =>
        new(
            [
                .. (status?.ActivePrecautions() ?? []).Select(p => new CardPrecaution(
                    p.Id,
                    p.Kind,
                    p.Words(),
                    p.ReviewBy(),
                    p.IsReviewOverdue(now)
                )),
            ],
            [
                .. (status?.Changes(now) ?? []).Select(c => new CardChange(
                    c.Domain,
                    c.Change,
                    c.Words,
                    c.Now.Intensity,
                    c.Usual?.Intensity,
                    c.Now.Descriptor,
                    c.Now.At
                )),
            ],
            rounding?.LastNight(time.Local(now)) is { } night && night.IsLow() ? night.Hours() : null,
            status?.PoorMeal(now) is { } meal ? new(meal.Meal, meal.Percent, meal.IsDeclined, meal.At) : null,
            status?.DeclinedInARow(now) ?? 0
        );
}

/// <param name="Words">As on its chip.</param>
public sealed record CardPrecaution(Guid Id, PrecautionKind Kind, string Words, DateTimeOffset ReviewBy, bool IsReviewOverdue);

/// <param name="Words">As on the card: <c>mood ↓ worse</c>.</param>
/// <param name="Intensity">0 none, 1 mild, 2 moderate, 3 severe; so is <paramref name="Baseline"/>, which is null where none was
/// set.</param>
public sealed record CardChange(
    BehaviorDomain Domain,
    Change Change,
    string Words,
    int Intensity,
    int? Baseline,
    string Descriptor,
    DateTimeOffset At
);

public sealed record CardMeal(Meal Meal, int Percent, bool IsDeclined, DateTimeOffset At);
