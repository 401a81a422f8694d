using System.Globalization;
using Handoff.Domain.Kernel;
using Handoff.Web.Components;

namespace Handoff.Api;

/// <summary>
/// What a time that somebody typed without an offset means on the night on which the clocks change: the same for forms and for addresses.
/// </summary>
internal static class WhichTime
{
    /// <summary>After the name of the field with the time: the field in which the form says which of the two is meant.</summary>
    public const string Suffix = Field.Which;

    /// <param name="which"><c>first</c> or <c>second</c>; anything else says nothing.</param>
    /// <returns>The instant; or what is wrong, and the suffix of the field that it is wrong with.</returns>
    public static (DateTimeOffset? At, (string Suffix, string Words)? Wrong) Read(DateTime local, string? which, UnitTime time) =>
        (time.Twice(local), which) switch
        {
            _ when time.IsSkipped(local) => (
                null,
                (
                    "",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"There was no {UnitTime.Typed(TimeOnly.FromDateTime(local))} on {local:ddd d MMM}: the clocks went "
                            + $"forward over it. Give the time that the clock showed."
                    )
                )
            ),
            (null, _) => (time.Instant(local), null),
            (var (first, _), Field.First) => (time.Local(first), null),
            (var (_, second), Field.Second) => (time.Local(second), null),
            _ => (
                null,
                (
                    Suffix,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"On {local:ddd d MMM} {UnitTime.Typed(TimeOnly.FromDateTime(local))} comes twice, because the clocks "
                            + $"go back. Choose which one it was."
                    )
                )
            ),
        };
}
