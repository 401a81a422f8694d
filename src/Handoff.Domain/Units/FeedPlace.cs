using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>
/// Places as a hospital's feed writes them: point of care, room and bed are three words there, and each hospital spells them in its own
/// way.
/// </summary>
public static class FeedPlace
{
    private const int LongestBed = 20;

    private static readonly string[] OnlyBed = ["", "1", "01", "A"];

    /// <summary><c>2 West</c> and <c>2_WEST</c> as <c>2-west</c>; "" for nothing.</summary>
    public static string UnitId(string? pointOfCare) =>
        string.Join('-', (Text.Line(pointOfCare) ?? "").ToLowerInvariant().Split([' ', '_'], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>
    /// Whether letters and digits are the same: <c>2WEST</c> is <c>2 West</c>, and a patient must not be taken for gone over a blank.
    /// </summary>
    internal static bool IsName(string? name, string? pointOfCare) =>
        Text.Line(pointOfCare) is { } said && Plain(said) is { Length: > 0 } plain && plain == Plain(name ?? "");

    internal static string? Bed(IReadOnlyList<string> beds, string? room, string? bed)
    {
        var (inRoom, said) = (Text.Line(room) ?? "", Text.Line(bed) ?? "");
        return Spellings(inRoom, said).Select(spelling => Known(beds, spelling)).FirstOrDefault(known => known is not null)
            ?? AsSent(inRoom, said);
    }

    // A room stands for its bed only where the bed can be the room's only one: two patients must not be told to lie in the same.
    private static IEnumerable<string> Spellings(string room, string bed) =>
        [
            room + bed,
            room + bed.TrimStart('0'),
            bed,
            .. OnlyBed.Contains(bed, StringComparer.OrdinalIgnoreCase) ? [room] : Array.Empty<string>(),
        ];

    private static string? Known(IReadOnlyList<string> beds, string spelling) =>
        Plain(spelling) is { Length: > 0 } plain ? beds.FirstOrDefault(bed => Plain(bed) == plain) : null;

    private static string Plain(string label) => string.Concat(label.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    private static string? AsSent(string room, string bed) =>
        (room, bed) switch
        {
            ("", "") => null,
            ("", _) => Cut(bed),
            (_, "") => Cut(room),
            _ when bed.StartsWith(room, StringComparison.OrdinalIgnoreCase) => Cut(bed),
            _ => Cut(char.IsLetter(bed[0]) && char.IsDigit(room[^1]) ? room + bed : $"{room}-{bed}"),
        };

    private static string Cut(string label) =>
        label.Length <= LongestBed ? label : label[..(char.IsHighSurrogate(label[LongestBed - 1]) ? LongestBed - 1 : LongestBed)].TrimEnd();
}
