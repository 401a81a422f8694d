using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Boards;

public sealed partial record BoardCard
{
    /// <summary>The incident in which the patient is involved now; null if there is none.</summary>
    public CardIncident? Incident { get; init; }

    /// <param name="incidents">Those that go on on the unit.</param>
    public BoardCard With(IReadOnlyList<BoardIncident> incidents) =>
        incidents.FirstOrDefault(one => one.Patients.Any(person => person.Stay == Stay)) is { } mine
            ? this with
            {
                Incident = new(mine.Id, mine.Words, mine.Place, mine.Since),
            }
            : this;
}

/// <param name="Words">The kind as it is said: <c>self-harm</c>.</param>
public sealed record CardIncident(Guid Id, string Words, string? Place, DateTimeOffset Since);

/// <summary>An incident that goes on now, as a unit's board shows it.</summary>
/// <param name="Words">The kind as it is said: <c>self-harm</c>.</param>
/// <param name="Patients">Those involved who are on the unit; nobody on a hallway display.</param>
/// <param name="Version">Grows with every step.</param>
public sealed record BoardIncident(
    Guid Id,
    IncidentKind Kind,
    string Words,
    string? Place,
    DateTimeOffset Since,
    bool IsCode,
    long Version,
    IReadOnlyList<BoardPerson> Patients
)
{
    /// <summary>Place and kind only.</summary>
    public BoardIncident HallwaySafe() => this with { Patients = [] };

    /// <param name="cards">The patients on the unit.</param>
    public static List<BoardIncident> FromIncidents(
        IEnumerable<(Incident Incident, long Version)> incidents,
        IReadOnlyCollection<BoardCard> cards,
        UnitTime time
    ) =>
        [
            .. from one in incidents
            let incident = one.Incident
            where incident.IsOpen()
            orderby incident.OpenedAt() descending, incident.Id
            select new BoardIncident(
                incident.Id,
                incident.Kind,
                incident.Kind.Words(),
                incident.Place(),
                time.Local(incident.OpenedAt()),
                incident.IsCode(),
                one.Version,
                [
                    .. incident
                        .Patients()
                        .Select(stay => cards.FirstOrDefault(card => card.Stay == stay))
                        .OfType<BoardCard>()
                        .Select(card => new BoardPerson(card.Stay, card.Name, card.Bed)),
                ]
            ),
        ];
}
