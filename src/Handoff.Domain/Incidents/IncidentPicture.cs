using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Incidents;

/// <summary>An incident as those see it who may read the unit's board.</summary>
/// <param name="Version">The log position of its latest event.</param>
/// <param name="OpenLoops">What it leaves to be done.</param>
public sealed record IncidentPicture(
    Guid Id,
    string Unit,
    IncidentKind Kind,
    string? Place,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ResolvedAt,
    bool IsOpen,
    bool IsInError,
    bool IsCode,
    IReadOnlyList<InvolvedPatient> Patients,
    IReadOnlyList<Step> Steps,
    IReadOnlyList<OpenLoop> OpenLoops,
    long Version
)
{
    public static IncidentPicture ForIncident(Incident incident, Unit unit, IEnumerable<InvolvedPatient> patients, long version) =>
        new(
            incident.Id,
            incident.Unit,
            incident.Kind,
            incident.Place(),
            unit.Time().Local(incident.OpenedAt()),
            incident.ResolvedAt() is { } resolved ? unit.Time().Local(resolved) : null,
            incident.IsOpen(),
            incident.IsInError(),
            incident.IsCode(),
            [.. patients],
            incident.Steps,
            [.. incident.OpenLoops()],
            version
        );

    public string? NameOf(Guid? stay) => Patients.FirstOrDefault(patient => patient.Stay == stay)?.Name;
}

/// <param name="LevelName">The observation level that holds now; null if none does.</param>
/// <param name="WasLevelOrdered">Whether a level was ordered since the incident began.</param>
/// <param name="IsInvolved">Not any more if they were added in error; what was recorded about them still shows whose it was.</param>
/// <param name="Helped">What has calmed them before, in words, the most recent first.</param>
public sealed record InvolvedPatient(
    Guid Stay,
    string Name,
    string? Bed,
    string? LevelName,
    bool WasLevelOrdered,
    bool IsHere,
    bool IsInvolved,
    IReadOnlyList<string> Helped
);
