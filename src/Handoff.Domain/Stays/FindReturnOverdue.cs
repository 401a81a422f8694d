using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Stays;

[Internal]
public sealed record FindReturnOverdue : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override Decision Decide(Stay state, DecisionContext now) =>
        state.Leave switch
        {
            { ExpectedReturn: { } due, IsOverdue: false } when state.IsHere() && due <= now.Now => new ReturnOverdue(due, state.Leave.Kind),
            _ => [],
        };
}
