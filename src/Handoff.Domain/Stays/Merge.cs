using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <summary>The hospital found that two record numbers are one patient.</summary>
/// <param name="Identifiers">The numbers that stay, with their authorities, where a feed tells them.</param>
public sealed record Merge(string? Mrn, DateTimeOffset? At = null, IReadOnlyList<PatientIdentifier>? Identifiers = null) : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Reads(Stay state, LoadedStates facts) => Place.Needs(state);

    public override Decision Decide(Stay state, DecisionContext now) =>
        Text.Line(Mrn) switch
        {
            _ when !state.IsKnown() => StayRules.Unknown,
            null => Refusal.Missing("mrn", "Give the record number that stays."),
            { Length: > 50 } mrn => Text.TooLong(mrn, 50, "mrn")!,
            _ when now.Impossible(At ?? now.Now, null, "at") is { } refusal => refusal,
            var mrn when mrn == state.Patient.Mrn || At < state.MergedAt => [],
            var mrn => new Merged(
                StayRules.Time(state, At, now),
                state.Patient.Mrn,
                mrn,
                Identifiers is null ? null : PatientIdentifier.Kept(Identifiers)
            ),
        };
}
