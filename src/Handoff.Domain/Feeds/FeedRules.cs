using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Feeds;

internal static class FeedRules
{
    public const int MostCodes = 20;
    public const int LongestCode = 20;
    public const int MostNames = 200;
    public const int LongestName = 100;

    public static readonly Refusal Unknown = Refusal.NotFound("feed-unknown", "There is no such feed.", "feed");

    public static FeedAction Usual(string trigger) => FeedTrigger.Parse(trigger)?.Usual ?? FeedAction.Hold;

    public static bool IsNoName(string name) => name.Length is 0 or > LongestName;

    /// <summary>Codes are in capitals, each once.</summary>
    public static List<string> Codes(IReadOnlyList<string>? typed) =>
        [.. UnitRules.Lines(typed).Select(code => code.ToUpperInvariant()).Distinct()];
}
