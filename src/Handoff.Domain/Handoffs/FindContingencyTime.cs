using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Let come true what waited for a time that has come.</summary>
[Internal]
public sealed record FindContingencyTime(Guid Contingency) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override Decision Decide(Care state, DecisionContext now) =>
        state.Foreseen(Contingency) is { If.Time: { } time } one && state.IsRunning() && one.IsPending() && time <= now.Now
            ? one.Fires(time, null)
            : [];
}
