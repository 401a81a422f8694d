using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <summary>
/// The patient was moved to a place that this service does not run: they leave the board, and their nurse gives the report to whoever has
/// them now.
/// </summary>
/// <param name="Place">As the hospital calls it.</param>
public sealed record MoveOutside(string? Place, DateTimeOffset? At = null) : Command<Stay>
{
    private const int LongestPlace = 80;

    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Reads(Stay state, LoadedStates facts) => Stays.Place.Needs(state);

    public override Decision Decide(Stay state, DecisionContext now) =>
        Text.Line(Place) switch
        {
            _ when StayRules.Over(state) is { } refusal => refusal,
            null => Refusal.Missing("place", "Say where the patient was moved to."),
            { Length: > LongestPlace } place => Text.TooLong(place, LongestPlace, "place")!,
            _ when now.Impossible(At ?? now.Now, state.AdmittedAt, "at") is { } refusal => refusal,
            _ when state.Outside is not null || At < state.Where()!.Since || At <= state.BackAt => [],
            var place => new MovedOutside(StayRules.Time(state, At, now), state.Where()!.Unit, state.Where()!.Bed, place),
        };
}
