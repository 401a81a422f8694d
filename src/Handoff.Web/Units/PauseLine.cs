using System.Globalization;

namespace Handoff.Web.Units;

/// <summary>What the fields of one line of the reasons for a pause are called.</summary>
public static class PauseLine
{
    /// <summary>Lines beyond the reasons that there are, for new ones.</summary>
    public const int Spare = 3;

    public static string Id(int line) => ForLine("id", line);

    public static string Name(int line) => ForLine("reason", line);

    public static string Minutes(int line) => ForLine("minutes", line);

    private static string ForLine(string field, int line) => string.Create(CultureInfo.InvariantCulture, $"{field}-{line}");
}
