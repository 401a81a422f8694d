using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tasks;

/// <summary>Bring a patient's task to the unit where the patient is now.</summary>
[Internal]
public sealed record MoveTask : Command<CareTask>
{
    public override Permission Permission => Permission.WorkTasks;

    public override IEnumerable<string> Reads(CareTask state, LoadedStates facts) =>
        state.Stay is { } stay ? Whereabouts.Needs(stay, null, facts) : [];

    public override Decision Decide(CareTask state, DecisionContext now) =>
        state is { Stay: { } stay } && state.IsOpen() && Whereabouts.Now(stay, now) is { } there && there.Id != state.Unit
            ? new TaskMoved(there.Time().Local(now.Now), state.Text, there.Id)
            : [];
}
