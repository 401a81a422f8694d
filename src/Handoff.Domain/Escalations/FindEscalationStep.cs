using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Escalations;

/// <summary>Take every step of the ladder that is due. After an outage each is said at the time when it was due.</summary>
[Internal]
public sealed record FindEscalationStep : Command<Escalation>
{
    public override Permission Permission => Permission.RaiseConcern;

    public override IEnumerable<string> Reads(Escalation state, LoadedStates facts) => EscalationRules.Needs(state);

    public override Decision Decide(Escalation state, DecisionContext now)
    {
        var time = EscalationRules.Time(state, now);
        return state.IsUnacknowledged()
            ?
            [
                .. state
                    .Ladder.Skip(state.Told.Count)
                    .TakeWhile(rung => Due(rung) <= now.Now)
                    .Select(rung => new EscalationStepped(time.Local(Due(rung)), rung.Role, rung.AfterMinutes)),
            ]
            : [];

        DateTimeOffset Due(Rung rung) => state.RaisedAt!.Value.AddMinutes(rung.AfterMinutes);
    }
}
