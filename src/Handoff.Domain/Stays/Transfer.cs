using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <summary>Put the patient into another bed or on another unit, or say that they are back from a place that is not ours.</summary>
public sealed record Transfer(string? Unit, string? Bed = null, DateTimeOffset? At = null, bool BedMayBeTaken = false) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Reads(Stay state, LoadedStates facts) => [.. Place.Needs(state), .. Place.Needs(Unit)];

    public override Decision Decide(Stay state, DecisionContext now) =>
        state switch
        {
            _ when StayRules.Over(state) is { } refusal => refusal,
            _ when Place.Wrong(Unit, Bed, BedMayBeTaken, state.Id, now) is { } refusal => refusal,
            _ when now.Impossible(At ?? now.Now, state.AdmittedAt, "at") is { } refusal => refusal,
            _ when !IsReturn(state, now) && IsThere(Was(state), now) => [],
            _ when At is { } at && IsHeard(new(at, Unit!, Text.Line(Bed)), state) => [],
            _ => new Transferred(
                StayRules.Time(state, At, now),
                Was(state)!.Unit,
                Was(state)!.Bed,
                Unit!,
                Text.Line(Bed),
                Place.IsUnknown(Unit!, Bed, now),
                IsReturn(state, now) ? state.Outside!.Place : null
            ),
        };

    // Who is put into the bed about which somebody is asked is there, and that is the answer, once the unit has such a bed.
    private bool IsThere(Placement? was, DecisionContext now) =>
        was is not null && was.Unit == Unit && was.Bed == Text.Line(Bed) && (!was.IsBedAsked || Place.IsUnknown(Unit!, Bed, now));

    private bool IsReturn(Stay state, DecisionContext now) => state.Outside?.Since <= (At ?? now.Now);

    // A move that is repeated was made before, even if it was cancelled since or another of the same minute followed it.
    private static bool IsHeard(Placement move, Stay state) =>
        state.Placements.Any(p => p with { IsBedAsked = false } == move)
        || state.MovesCancelled.Any(c => c.Move with { IsBedAsked = false } == move);

    private Placement? Was(Stay state) =>
        At is null ? state.Where() : state.Placements.LastOrDefault(p => p.Since <= At) ?? state.Placements[0];
}
