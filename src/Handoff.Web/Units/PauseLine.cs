using System.Globalization;

namespace Handoff.Web.Units;

/// <summary>What the fields of one line of the reasons for a pause are called.</summary>
public static class PauseLine
{
    /// <summary>Lines beyond the reasons that there are, for new ones.</summary>
    public const int Spare = 3;

    public static string Id(int line) => Of("id", line);

    public static string Name(int line) => Of("reason", line);

    public static string Minutes(int line) => Of("minutes", line);

    private static string Of(string field, int line) => string.Create(CultureInfo.InvariantCulture, $"{field}-{line}");
}
