using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Observations;

/// <summary>Say that nobody has looked again at a patient who went to a bathroom.</summary>
[Internal]
public sealed record FindUnseenInBathroom : Command<Rounding>
{
    public override Permission Permission => Permission.RecordCheck;

    public override Decision Decide(Rounding state, DecisionContext now) =>
        state.IsRunning() && state.BathroomBy() is { } by && by <= now.Now && state.BathroomSaid != by
            ? new UnseenInBathroom(by, state.Last()!.At, state.Last()!.Place)
            : [];
}
