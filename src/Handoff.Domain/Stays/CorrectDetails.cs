using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Stays;

/// <summary>Update who the patient is. Fields that are null stay as they are.</summary>
public sealed record CorrectDetails(
    string? Family = null,
    string? Given = null,
    string? Preferred = null,
    DateOnly? Born = null,
    string? Sex = null,
    string? Language = null,
    DateTimeOffset? At = null,
    IReadOnlyList<PatientIdentifier>? Identifiers = null
) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Reads(Stay state, LoadedStates facts) => Place.Needs(state);

    public override Decision Decide(Stay state, DecisionContext now)
    {
        var was = state.Patient;
        var (patient, wrong) = Patient.TryCreate(
            now.Now,
            was.Mrn,
            Family ?? was.Family,
            Given ?? was.Given,
            Preferred ?? was.Preferred,
            Born ?? was.Born,
            Sex ?? was.Sex,
            Language ?? was.Language
        );
        return state switch
        {
            _ when !state.IsKnown() || state.IsCancelled => StayRules.Unknown,
            _ when wrong is not null => wrong,
            _ when now.Impossible(At ?? now.Now, null, "at") is { } refusal => refusal,
            _ when (patient == was && More(state) is null) || At < state.DetailsAt => [],
            _ => new DetailsCorrected(StayRules.Time(state, At, now), patient!, More(state)),
        };
    }

    private List<PatientIdentifier>? More(Stay state) =>
        PatientIdentifier.Kept(Identifiers).Except(state.Identifiers).ToList() is { Count: > 0 } more
        && state.Identifiers.Count < PatientIdentifier.Most
            ? more
            : null;
}
