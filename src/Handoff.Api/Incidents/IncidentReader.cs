using Handoff.Api.Store;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Marten;
using Marten.Linq.MatchesSql;

namespace Handoff.Api.Incidents;

/// <summary>Reads incidents: one with its patients, a unit's, and those of one stay.</summary>
public sealed class IncidentReader(EventStore store, StayEvents concerning, LogReader reader, StateReader states, StatesAt then)
{
    private static readonly string[] KindsOfStay = [StateKind<Stay>.Name, StateKind<Rounding>.Name, StateKind<WhatHelps>.Name];

    /// <summary>One incident of a unit, with an instant as it stood then; null if there is none there.</summary>
    public async Task<IncidentPicture?> Picture(string facility, string unit, Guid incident, DateTimeOffset? at, CancellationToken cancel)
    {
        var stream = StreamId.For(StateKind<Incident>.Name, incident);
        var saved = (await then.Load(facility, [stream], at, cancel))[stream];
        return saved.State is Incident known && known.IsKnown() && known.Unit == unit
            ? await Picture(facility, known, saved.Position, at, cancel)
            : null;
    }

    /// <summary>A unit's incidents that go on or have left something open, with an instant those that did then; the latest first.</summary>
    public async Task<List<IncidentPicture>> On(string facility, string unit, DateTimeOffset? at, CancellationToken cancel)
    {
        var saved = at is { } instant
            ? (await then.Load(facility, await Candidates(facility, unit, instant, cancel), at, cancel)).Values.Where(one =>
                one.State.OnUnit() == unit
            )
            : (await states.OnUnit(facility, unit, [StateKind<Incident>.Name], cancel)).States;
        var pictures = new List<IncidentPicture>();
        foreach (var one in saved.OrderByDescending(one => ((Incident)one.State).OpenedAt()))
        {
            pictures.Add(await Picture(facility, (Incident)one.State, one.Position, at, cancel));
        }

        return pictures;
    }

    /// <summary>The incidents in which a stay was involved, wherever that was, with only the loops that are this patient's own.</summary>
    public async Task<List<(Incident Incident, IReadOnlyList<OpenLoop> Loops)>> OfStay(
        string facility,
        Guid stay,
        CancellationToken cancel
    ) => Involving(stay, (await states.Load(facility, await StreamsOf(facility, stay, cancel), cancel)).Values);

    /// <summary>The same of incidents as they stand among some states.</summary>
    internal static List<(Incident Incident, IReadOnlyList<OpenLoop> Loops)> Involving(Guid stay, IEnumerable<SavedState> among) =>
        [
            .. from incident in among.Select(saved => saved.State).OfType<Incident>()
            where incident.Patients().Contains(stay)
            orderby incident.OpenedAt() descending
            select (incident, (IReadOnlyList<OpenLoop>)[.. incident.OpenLoops().Where(loop => loop.Stay == stay)]),
        ];

    /// <summary>What incidents say on one patient's page: the events that concern this stay, and nothing of the others'.</summary>
    public async Task<List<StoredEvent>> Events(string facility, Guid stay, CancellationToken cancel)
    {
        var events = new List<StoredEvent>();
        foreach (var stream in await StreamsOf(facility, stay, cancel))
        {
            await foreach (var logged in reader.Stream(facility, stream, cancel))
            {
                if (logged.Recorded.Event.About().Contains(stay))
                {
                    events.Add(logged);
                }
            }
        }

        return events;
    }

    /// <summary>
    /// The streams of a unit's incidents that may have been going on at an instant. One that is over, and of which nothing was recorded
    /// later, was over then too.
    /// </summary>
    public async Task<List<string>> Candidates(string facility, string unit, DateTimeOffset at, CancellationToken cancel)
    {
        var instant = at.ToUniversalTime();
        await using var session = store.Read(facility);
        return
        [
            .. await session
                .Query<Snapshot>()
                .Where(s =>
                    s.Kind == StateKind<Incident>.Name
                    && (s.Unit != null || s.RecordedAt > instant)
                    && s.MatchesSql("d.data -> 'state' ->> 'unit' = ?", unit)
                )
                .Select(s => s.Id)
                .ToListAsync(cancel),
        ];
    }

    /// <summary>The streams of the incidents in which a stay was ever involved.</summary>
    internal Task<List<string>> StreamsOf(string facility, Guid stay, CancellationToken cancel) =>
        concerning.Streams(facility, stay, "incident_patient_involved", cancel);

    private async Task<IncidentPicture> Picture(
        string facility,
        Incident incident,
        long position,
        DateTimeOffset? at,
        CancellationToken cancel
    )
    {
        // Also those who were added in error: what was recorded about them still says whose it was.
        var stays = incident.Steps.SelectMany(step => step.Stays).Distinct().ToList();
        var saved = await then.Load(
            facility,
            [.. stays.SelectMany(stay => KindsOfStay.Select(kind => StreamId.For(kind, stay)))],
            at,
            cancel
        );
        return IncidentPicture.ForIncident(
            incident,
            await then.State<Unit>(facility, incident.Unit, at, cancel),
            stays.Select(Person),
            position
        );

        T State<T>(Guid stay)
            where T : State, new() => (T)saved[StreamId.For(StateKind<T>.Name, stay)].State;

        InvolvedPatient Person(Guid id)
        {
            var (stay, rounding) = (State<Stay>(id), State<Rounding>(id));
            return new(
                id,
                stay.Patient.Name(),
                stay.Where()?.Bed,
                rounding.IsRunning() ? rounding.LevelName : null,
                rounding.LevelSince >= incident.OpenedAt(),
                stay.IsHere(),
                incident.Patients().Contains(id),
                [.. State<WhatHelps>(id).Techniques().Select(one => one.Technique.Words())]
            );
        }
    }
}
