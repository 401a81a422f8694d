using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <summary>Admit a patient: a new stay begins.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="BedMayBeTaken">A feed knows beds, and who is here, better than we do; a person is told.</param>
/// <param name="Identifiers">All of the patient's numbers, with their authorities, where a feed tells them.</param>
public sealed record Admit(
    string? Mrn,
    [MayBeLeftOut] string? Family,
    [MayBeLeftOut] string? Given,
    string? Unit,
    string? Bed = null,
    DateTimeOffset? At = null,
    string? Visit = null,
    string? Preferred = null,
    DateOnly? Born = null,
    string? Sex = null,
    string? Language = null,
    bool BedMayBeTaken = false,
    IReadOnlyList<PatientIdentifier>? Identifiers = null
) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    private string? Record => !BedMayBeTaken && Text.Line(Mrn) is { Length: > 0 } mrn ? Census.OfRecord(mrn) : null;

    public override IEnumerable<string> Reads(Stay state, LoadedStates facts) =>
        [.. Place.Needs(Unit), .. StayRules.NeedsOther(Record, state, facts)];

    public override Decision Decide(Stay state, DecisionContext now)
    {
        var at = At ?? now.Now;
        var (patient, wrong) = Patient.TryCreate(now.Now, Mrn, Family, Given, Preferred, Born, Sex, Language);
        return (wrong ?? now.Impossible(at, null, "at") ?? Place.Wrong(Unit, Bed, BedMayBeTaken, state.Id, now)) switch
        {
            { } refusal => refusal,
            _ when !StayRules.IsId(Key) => Refusal.Invalid("stay-id-invalid", "A stay's id is a UUID in small letters.", "stay"),
            _ when state.IsKnown() && !state.IsCancelled => [],
            _ when state.IsCancelled && at <= state.AdmittedAt => [],
            _ when StayRules.Other(Record, state, now.States)?.Where() is { } there => new Refusal(
                "patient-here",
                $"Somebody with this record number is here already{StayRules.Where(there, now)}. Check the number, or move them.",
                "mrn"
            ),
            _ => new Admitted(
                Place.Time(Unit!, now).Local(at),
                patient!,
                Unit!,
                Text.Line(Bed),
                Text.Line(Visit),
                Identifiers is null ? null : PatientIdentifier.Kept(Identifiers),
                Place.IsUnknown(Unit!, Bed, now)
            ),
        };
    }
}
