using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Meetings;

/// <summary>
/// Say that the team has reviewed a patient. Only the service sends it, with the position that the page or answer showed and that the log
/// has reached,
/// so that nobody can claim to have seen what is not recorded yet.
/// </summary>
/// <param name="Meeting">The key of the meeting, which is open.</param>
/// <param name="UpTo">The log position up to which they looked.</param>
[Internal]
public sealed record ReviewPatient(string? Meeting, [property: JsonIgnore] long UpTo) : Command<CaseReview>
{
    public override Permission Permission => Permission.ReviewPatients;

    public override IEnumerable<string> Reads(CaseReview state, LoadedStates facts) => ReviewRules.Needs(Key, Meeting, facts);

    public override Decision Decide(CaseReview state, DecisionContext now) =>
        state switch
        {
            _ when ReviewRules.Wrong(Key, Meeting, now) is { } refusal => refusal,
            { Last: { } last } when last.Meeting == Meeting && UpTo <= last.UpTo => [],
            _ => new PatientReviewed(ReviewRules.At(Key, now), Meeting!, UpTo),
        };
}
