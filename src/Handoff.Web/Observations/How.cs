using Handoff.Domain.Observations;

namespace Handoff.Web.Observations;

/// <summary>How a patient was, as one thing to choose: asleep and breathing, or awake and doing something.</summary>
public sealed record How(string Value, string Words, string? Hint, bool IsAsleep, bool? BreathingSeen, Activity? Activity)
{
    /// <summary>One tap away.</summary>
    public static readonly IReadOnlyList<How> First =
    [
        new("Calm", "Awake", "calm", false, null, Domain.Observations.Activity.Calm),
        new("Asleep", "Asleep", "breathing seen", true, true, null),
    ];

    /// <summary>Behind one more tap.</summary>
    public static readonly IReadOnlyList<How> More =
    [
        .. Enum.GetValues<Activity>()
            .Where(a => a != Domain.Observations.Activity.Calm)
            .Select(a => new How(a.ToString(), Said(a), null, false, null, a)),
        new("NotBreathing", "Asleep", "breathing NOT seen", true, false, null),
    ];

    /// <summary>What was chosen; null if nothing was.</summary>
    public static How? Parse(string? value) => First.Concat(More).FirstOrDefault(how => how.Value == value);

    private static string Said(Activity activity) =>
        activity.Words() is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest : "";
}
