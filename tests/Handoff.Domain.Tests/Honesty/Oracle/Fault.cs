namespace Handoff.Honesty;

/// <summary>What a statement is about.</summary>
internal enum Area { Place, LastSeen, Gap, HiddenGap, Level, Responsible, Loops, Timeline, Late, Struck, Sleep }

/// <summary>A statement that the raw events don't bear out, or one that they ask for and that nobody makes.</summary>
internal sealed record Fault(Area Area, string Words)
{
    public override string ToString() => $"{Area}: {Words}";
}

internal static class Faults
{
    /// <summary>
    /// Statements that are not yet borne out in every history. A gap is hidden when a check is recorded after an outage before what was missed has been said (seed 12),
    /// and when a check is struck after which checks were paused and resumed (seed 1).
    /// </summary>
    public static readonly Area[] NotYet = [Area.HiddenGap];

    public static IEnumerable<Fault> About(this IEnumerable<string> words, Area area) => words.Select(one => new Fault(area, one));
}
