using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <summary>Where a patient was put, from when on.</summary>
/// <param name="IsBedAsked">The unit has no such bed, and nobody has said yet which one it is.</param>
public sealed record Placement(DateTimeOffset Since, string Unit, string? Bed, bool IsBedAsked = false)
{
    public static string Words(string unit, string? bed) => bed is null ? unit : $"{unit}, bed {bed}";
}
