using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Incidents;

/// <summary>Open an incident: one tap, the rest follows on its page.</summary>
/// <param name="Stays">The patients known to be involved; maybe nobody yet.</param>
/// <param name="Place">Where; if nothing is said, where the first patient was last seen.</param>
/// <param name="At">When it began; now if it isn't given.</param>
public sealed record OpenIncident(
    IncidentKind? Kind,
    string? Unit,
    IReadOnlyList<Guid>? Stays = null,
    string? Place = null,
    string? Remark = null,
    DateTimeOffset? At = null
) : Command<Incident>
{
    public override Permission Permission => Permission.RecordIncident;

    public override IEnumerable<string> Reads(Incident state, LoadedStates facts) =>
        [.. IncidentRules.NeedsUnit(Unit), .. Involved().Take(IncidentRules.MostPatients).SelectMany(IncidentRules.NeedsStay)];

    public override Decision Decide(Incident state, DecisionContext now)
    {
        var unit = now.States.Get<Unit>(Unit ?? "");
        var at = unit.Time().Local(At ?? now.Now);
        return state switch
        {
            _ when !Guid.TryParseExact(Key, "D", out var id) || id.ToString() != Key => Refusal.Invalid(
                "incident-id-invalid",
                "An incident's id is a UUID.",
                "incident"
            ),
            _ when state.IsKnown() => [],
            _ when Kind is null => Refusal.Missing("kind", "Say what kind of incident it is."),
            _ when !unit.IsOpen() => Refusal.NotFound("unit-unknown", "There is no such unit.", "unit"),
            _ when !now.By.WorksOn(unit.Id) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            _ when Involved().Count > IncidentRules.MostPatients => Refusal.Invalid(
                "patients-too-many",
                $"At most {IncidentRules.MostPatients} patients are in one incident.",
                "stays"
            ),
            _ when Involved().Select(stay => IncidentRules.NotOn(unit, stay, now, "stays")).FirstOrDefault(wrong => wrong is not null)
                    is { } refusal => refusal,
            _ when IncidentRules.WrongTexts(Place, Remark) is { } refusal => refusal,
            _ when now.Impossible(at, null, "at") is { } refusal => refusal,
            _ => Opened(unit, at, now),
        };
    }

    private Decision Opened(Unit unit, DateTimeOffset at, DecisionContext now)
    {
        var involved = Involved();
        var place = Text.Line(Place) ?? (involved.Count > 0 ? now.States.Get<Rounding>(involved[0].ToString()).Last()?.Place : null);
        return
        [
            new IncidentOpened(at, [], Text.Line(Remark), unit.Id, Kind!.Value, place, unit.Zone),
            .. involved.Select(stay => new IncidentPatientInvolved(at, [stay], null, Kind!.Value, place)),
        ];
    }

    private List<Guid> Involved() => [.. (Stays ?? []).Distinct()];
}
