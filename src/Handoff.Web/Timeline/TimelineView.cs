using System.Globalization;
using Handoff.Domain.Kernel;
using Handoff.Domain.Timeline;
using Handoff.Web.Layout;

namespace Handoff.Web.Timeline;

/// <summary>A page of a timeline, and what was asked for.</summary>
/// <param name="Found">How many entries are sought in all.</param>
/// <param name="Target">The entry that a link led to.</param>
public sealed record TimelineView(Guid Stay, History History, EntryFilter Sought, EntryPage Leaf, int Found, Guid? Target = null)
{
    /// <summary>The past instant that was asked for, as it was asked; null for now.</summary>
    public string? At { get; init; }

    /// <summary>The same without a filter.</summary>
    public string Everything => Paths.Stay(Stay, "timeline") + Query([("at", At)]);

    public string Earlier => Link(("before", Number(Leaf.Earlier)));

    public string Later => Link(("after", Number(Leaf.Later)));

    /// <summary>The newest entries, with the same filter.</summary>
    public string Newest => Link();

    /// <summary>What a live page asks for again.</summary>
    public string Part => Paths.Stay(Stay, "timeline/part") + Query([.. Filter()]);

    private string Link(params (string Name, string? Value)[] more) => Paths.Stay(Stay, "timeline") + Query([.. Filter(), .. more]);

    private IEnumerable<(string Name, string? Value)> Filter() =>
        [
            ("kind", Sought.Topic),
            ("by", Sought.By),
            ("shift", Sought.Shift),
            ("severity", TimelineLink.AtLeast(Sought.AtLeast)),
            ("q", Sought.Words),
            ("at", At),
        ];

    private static string Query((string Name, string? Value)[] fields) =>
        string.Join('&', fields.Where(f => f.Value is not null).Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value!)}"))
            is { Length: > 0 } query
            ? "?" + query
            : "";

    private static string? Number(long? position) => position?.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Addresses on a timeline.</summary>
public static class TimelineLink
{
    /// <summary>The timeline, opened at an event however old it is.</summary>
    public static string To(Guid stay, Guid entry) => $"{Paths.Stay(stay, "timeline")}?event={entry}#{entry}";

    public static string? AtLeast(Significance atLeast) =>
        atLeast switch
        {
            Significance.Notable => "notable",
            Significance.Critical => "critical",
            _ => null,
        };
}
