using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <summary>Take back the last move: the patient is where they were before.</summary>
/// <param name="Unit">Where a feed says that the patient is again; then only the move away from there is cancelled, which may still be to
/// come.</param>
public sealed record CancelTransfer(DateTimeOffset? At = null, string? Unit = null, string? Bed = null) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Reads(Stay state, LoadedStates facts) => Place.Needs(state);

    public override Decision Decide(Stay state, DecisionContext now) =>
        state switch
        {
            _ when StayRules.Over(state) is { } refusal => refusal,
            _ when now.Impossible(At ?? now.Now, null, "at") is { } refusal => refusal,
            { Outside: { } outside } when outside.Since <= (At ?? now.Now) && IsBack(state.Where()!) => new TransferCancelled(
                StayRules.Time(state, At, now),
                state.Where()!.Unit,
                state.Where()!.Bed
            ),
            _ when At is not null && At == state.BackAt => [],
            _ when state.MovesCancelled.Any(c => c.At == At) => [],
            _ when Undone(state, now) is { } undone && IsBack(Left(undone, state)) => Cancelled(undone, state, now),
            _ when IsBack(state.Where()!) && state.MovesCancelled.Any(c => c.Move.Since <= At) => [],
            _ when At is not null => new Refusal(
                "transfer-unknown",
                "There is no move up to that time that could be cancelled. It may still be to come.",
                "at"
            ),
            _ => [],
        };

    private Placement? Undone(Stay state, DecisionContext now) =>
        At is null && state.Placements.Count > 1 ? state.Placements[^1] : state.LastMove(At ?? now.Now);

    private bool IsBack(Placement place) => Unit is null || (place.Unit == Unit && (Text.Line(Bed) is not { } bed || place.Bed == bed));

    private static Placement Left(Placement undone, Stay state) => state.Placements.Last(p => p != undone);

    private TransferCancelled Cancelled(Placement undone, Stay state, DecisionContext now)
    {
        var left = Left(undone, state);
        var at = At ?? (undone.Since > now.Now ? undone.Since : now.Now);
        return new(StayRules.Time(state, at, now), left.Unit, left.Bed);
    }
}
