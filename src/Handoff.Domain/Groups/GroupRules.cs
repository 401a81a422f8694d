using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Groups;

internal static class GroupRules
{
    public const int TopicLimit = 120;

    /// <summary>A session begins, and is recorded, at most this long before its planned start.</summary>
    public static readonly TimeSpan Early = TimeSpan.FromHours(2);

    public static readonly Refusal Unknown = Refusal.NotFound("group-unknown", "There is no such session.", "group");

    public static bool IsId(string key) => Guid.TryParse(key, out var id) && id.ToString() == key;

    public static Refusal? NotOn(Group state) =>
        state switch
        {
            _ when !state.IsKnown() => Unknown,
            { CancelReason: not null } => new("group-cancelled", "The session was cancelled. Plan another one."),
            _ => null,
        };

    public static Refusal? TooEarly(Group state, DateTimeOffset at) =>
        at < state.Starts - Early ? new("group-not-yet", "That is long before the session. Check the day.", "at") : null;

    public static IEnumerable<string> NeedsUnit(Group state) => state.Unit is { } unit ? [StreamId.For(StateKind<Unit>.Name, unit)] : [];

    public static UnitTime Time(Group state, DecisionContext now) => now.States.Get<Unit>(state.Unit ?? "").Time();
}
