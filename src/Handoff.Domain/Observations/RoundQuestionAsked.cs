using System.Globalization;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Observations;

/// <summary>A question about some checks of one person, to be put to them and answered by who is in charge.</summary>
/// <param name="Id">The same for the same checks, however often it is asked.</param>
/// <param name="Unit">Of the first of the checks.</param>
/// <param name="From">When the patient of the first was seen; <paramref name="To"/> of the last.</param>
/// <param name="Checks">By when they were made.</param>
public sealed record RoundQuestionAsked(
    Guid Id,
    RoundQuestionKind Kind,
    string Unit,
    string Person,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<Guid> Checks,
    IReadOnlyList<Guid> Stays,
    int Places
)
{
    /// <summary>What is asked, in words that suppose nothing.</summary>
    public string Sentence(UnitTime time)
    {
        var what =
            $"{Checks.Count} checks of {(Stays.Count == 1 ? "one patient" : $"{Stays.Count} patients")}, "
            + $"{time.DayAndClock(From)} to {time.Clock(To)},";
        return Kind switch
        {
            RoundQuestionKind.EnteredTogether => $"{what} were entered in one moment. How were they made?",
            RoundQuestionKind.EqualIntervals => $"{what} are the same time apart. What were they timed by?",
            RoundQuestionKind.TwoPlaces => $"{what} in {Places} places, stand under one name. Who made which?",
            _ => $"{what} were entered later, and nothing else was done in the service around those times. Where were they noted?",
        };
    }
}
