using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Say who is to have the patient, or who goes on having them (a double shift). It becomes theirs when they accept.</summary>
/// <param name="Person">Somebody's id who is on the shift, or planned for it.</param>
/// <param name="Shift">The shift's key, such as <c>2-west.2026-11-21.night</c>.</param>
public sealed record AssignPatient(string? Person, string? Shift) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) =>
        [.. CareRules.Needs(state), .. CareRules.NeedsShift(Shift)];

    public override Decision Decide(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when !CareRules.Leads(state, now) => CareRules.NeedsLead,
            _ when CareRules.NotOn(state, Person, Shift, now) is { } refusal && (refusal.Code != "person-not-on" || Planned(now) is null) =>
                refusal,
            _ when state.Next?.To.Id == Person && state.Next?.Shift == Shift => [],
            _ when state.Holder?.Who.Id == Person && state.Next is null => [],
            _ => new PatientAssigned(CareRules.Time(state, now), CareRules.On(Person, Shift, now)?.Who ?? Planned(now)!, Shift!),
        };

    // Who is planned is assigned ahead, and accepts once they are on.
    private Staff? Planned(DecisionContext now) =>
        now.States.Get<Shift>(Shift!) is var shift && shift.Ends > now.Now ? shift.Planned.FirstOrDefault(p => p.Id == Person) : null;
}
