using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

internal static class StayRules
{
    public static readonly Refusal Unknown = Refusal.NotFound("stay-unknown", "There is no such stay.", "stay");

    /// <summary>One spelling only: another spelling of the same UUID would be another stream.</summary>
    public static bool IsId(string key) => Guid.TryParse(key, out var id) && id.ToString() == key;

    public static Refusal? NotHere(Stay state) =>
        Over(state)
        ?? (
            state.Outside is { } outside
                ? new("stay-outside", $"The patient was moved to {outside.Place}, outside. Say that they are back first.")
                : null
        );

    /// <summary>The refusal of a stay that is unknown or has ended; one of a patient who is at a place that is not ours goes on.</summary>
    public static Refusal? Over(Stay state) =>
        state switch
        {
            _ when !state.IsKnown() || state.IsCancelled => Unknown,
            { DischargedAt: not null } => new("stay-over", "The patient was discharged. Nothing more can be recorded of this kind."),
            _ => null,
        };

    /// <summary>Whoever else is here under a record number (a census's key; null if nobody is asked for).</summary>
    public static Stay? Other(string? record, Stay than, LoadedStates facts) =>
        record is null ? null : facts.Get<Census>(record).Stays.FirstOrDefault(s => s.Id != than.Id);

    public static IEnumerable<string> NeedsOther(string? record, Stay than, LoadedStates facts) =>
        record is null
            ? []
            : [StreamId.For(StateKind<Census>.Name, record), .. Other(record, than, facts) is { } other ? Place.Needs(other) : []];

    /// <summary>": 3 East, bed 2" for whoever works there, else nothing.</summary>
    public static string Where(Placement there, DecisionContext now) =>
        now.By.WorksOn(there.Unit) ? $": {Placement.Words(now.States.Get<Unit>(there.Unit).Name ?? there.Unit, there.Bed)}" : "";

    public static Refusal? WrongText(string? reason) => Text.TooLong(Text.Line(reason), Text.RemarkLimit, "reason");

    public static DateTimeOffset Time(Stay state, DateTimeOffset? at, DecisionContext now) => Place.Time(state, now).Local(at ?? now.Now);
}
