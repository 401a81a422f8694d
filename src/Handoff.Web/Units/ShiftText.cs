using System.Globalization;
using System.Text.RegularExpressions;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Web.Components;

namespace Handoff.Web.Units;

/// <summary>Shifts as people write them: <c>Night 23:00-07:00</c>, one per line.</summary>
public static partial class ShiftText
{
    public const string Own = "own";

    private static readonly (string Key, string Words, IReadOnlyList<ShiftTime> Shifts)[] Known =
    [
        ("eight", "8 hours", ShiftPattern.EightHours),
        ("twelve", "12 hours", ShiftPattern.TwelveHours),
        ("mixed", "Mixed", ShiftPattern.Mixed),
    ];

    public static readonly IReadOnlyList<Option> Patterns =
    [
        .. Known.Select(known => new Option(
            known.Key,
            known.Words,
            string.Join(", ", known.Shifts.Select(shift => shift.Starts.ToString("HH", CultureInfo.InvariantCulture)))
        )),
        new(Own, "Our own", "as written below"),
    ];

    public static string PatternOf(IReadOnlyList<ShiftTime> shifts) =>
        Known.FirstOrDefault(known => known.Shifts.SequenceEqual(shifts)).Key ?? Own;

    public static string Format(IEnumerable<ShiftTime> shifts) =>
        string.Join('\n', shifts.Select(shift => $"{shift.Name} {UnitTime.Typed(shift.Starts)}-{UnitTime.Typed(shift.Ends)}"));

    /// <summary>The shifts of a known pattern; null for one's own.</summary>
    public static IReadOnlyList<ShiftTime>? Format(string? pattern) => Known.FirstOrDefault(known => known.Key == pattern).Shifts;

    /// <summary>The shift that a line says; null if it says none.</summary>
    public static ShiftTime? Read(string line) =>
        Line().Match(line) is { Success: true, Groups: var parts }
        && Time(parts["from"].Value) is { } from
        && Time(parts["to"].Value) is { } to
            ? new(parts["name"].Value, from, to)
            : null;

    private static TimeOnly? Time(string typed) =>
        TimeOnly.TryParseExact(typed, ["HH:mm", "H:mm"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;

    [GeneratedRegex(@"^\s*(?<name>.+?)\s+(?<from>\d{1,2}:\d\d)\s*[-–—]\s*(?<to>\d{1,2}:\d\d)\s*$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Line();
}
