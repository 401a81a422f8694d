namespace Handoff.Honesty;

/// <summary>What a statement is about.</summary>
internal enum Area
{
    Place,
    LastSeen,
    Gap,
    HiddenGap,
    Level,
    Responsible,
    Loops,
    Timeline,
    Late,
    Struck,
    Sleep,
}

/// <summary>A statement that the raw events don't bear out, or one that they ask for and that nobody makes.</summary>
internal sealed record Fault(Area Area, string Words)
{
    public override string ToString() => $"{Area}: {Words}";
}

internal static class Faults
{
    public static IEnumerable<Fault> About(this IEnumerable<string> words, Area area) => words.Select(one => new Fault(area, one));
}
