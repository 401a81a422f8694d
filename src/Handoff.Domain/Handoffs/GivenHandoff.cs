using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Handoffs;

/// <summary>A handoff that waits for its receiver.</summary>
/// <param name="For">The giver; <paramref name="By"/> sent it in.</param>
public sealed record GivenHandoff(
    Guid Id,
    DateTimeOffset At,
    Staff By,
    Staff For,
    IllnessSeverity Severity,
    long Watermark,
    IReadOnlyList<WrittenText> Texts,
    IReadOnlyList<CarriedLoop> Loops
)
{
    public static GivenHandoff? FromSubmission(Submission? given) =>
        given is null
            ? null
            : new(
                given.Id,
                given.At,
                given.By,
                given.Said.For,
                given.Said.Severity,
                given.Said.Watermark,
                given.Said.Texts,
                given.Said.Loops
            );
}
