using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Handoffs;

/// <summary>
/// Be responsible at once: the giver has left, or nobody is there to accept. For who is in charge and for supervisors; what was handed
/// over, also for whom it is assigned to
/// and who may not accept it as it is.
/// </summary>
public sealed record TakeOver(string? Reason) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when !CareRules.Leads(state, now) && !(state.Submitted is not null && state.Next?.To.Id == now.By.Staff.Id) =>
                CareRules.NeedsLead,
            _ when CareRules.WrongWords(Reason, "reason", "Say why you take over.") is { } refusal => refusal,
            _ when state.Holder?.Who.Id == now.By.Staff.Id => [],
            _ => new PatientTakenOver(CareRules.Time(state, now), now.By.Staff, Text.Line(Reason)!),
        };
}
