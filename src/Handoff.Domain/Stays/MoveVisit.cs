using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Stays;

/// <summary>The hospital found that the visit is another patient's.</summary>
[Internal]
public sealed record MoveVisit(
    string? Mrn,
    string? Family,
    string? Given,
    string? Preferred,
    DateOnly? Born,
    string? Sex,
    string? Language,
    IReadOnlyList<PatientIdentifier> Identifiers,
    DateTimeOffset? At = null
) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Reads(Stay state, LoadedStates facts) => Place.Needs(state);

    public override Decision Decide(Stay state, DecisionContext now)
    {
        var (patient, wrong) = Patient.TryCreate(now.Now, Mrn, Family, Given, Preferred, Born, Sex, Language);
        return state switch
        {
            _ when !state.IsKnown() => StayRules.Unknown,
            _ when wrong is not null => wrong,
            _ when now.Impossible(At ?? now.Now, null, "at") is { } refusal => refusal,
            _ when state.Patient.Mrn == patient!.Mrn => [],
            _ => new VisitMoved(StayRules.Time(state, At, now), state.Patient.Mrn, patient, PatientIdentifier.Kept(Identifiers)),
        };
    }
}
