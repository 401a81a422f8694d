using Handoff.Api.Store;
using Handoff.Domain.Groups;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Marten;

namespace Handoff.Api.Groups;

/// <summary>Reads group sessions: by their days, of a patient, and as rosters.</summary>
public sealed class GroupReader(EventStore store, Log log, StateReader states, TimeProvider clock)
{
    /// <summary>A patient's page tells of this long.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromDays(7);

    /// <summary>
    /// A unit's sessions on some days of its calendar, both ends included, in no order, each with the log position of its latest event.
    /// </summary>
    public async Task<List<(Group Session, long Position)>> OnDays(
        string facility,
        string unit,
        DateOnly from,
        DateOnly to,
        CancellationToken cancel
    )
    {
        var streams = await Streams(facility, unit, from, to, cancel);
        return streams.Count == 0
            ? []
            : [.. (await states.Load(facility, streams, cancel)).Values.Select(s => ((Group)s.State, s.Position))];
    }

    /// <summary>A session's grid; null if there is no such session.</summary>
    public async Task<GroupRoster?> Roster(string facility, Guid session, CancellationToken cancel)
    {
        var stream = StreamId.For(StateKind<Group>.Name, session);
        var saved = (await states.Load(facility, [stream], cancel))[stream];
        if (saved.State is not Group { Unit: { } on } group)
        {
            return null;
        }

        var unit = await log.State<Unit>(facility, on, cancel);
        return GroupRoster.ForSession(group, saved.Version, await Members(facility, group, cancel), unit);
    }

    /// <summary>A patient's groups of the last seven days on the units where they were.</summary>
    public async Task<Participation> OfStay(string facility, Stay stay, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        return ParticipationOf(stay, (await states.Load(facility, await StreamsOf(facility, stay, now, cancel), cancel)).Values, now);
    }

    /// <summary>The streams of the sessions of which a patient's page told at an instant.</summary>
    internal async Task<List<string>> StreamsOf(string facility, Stay stay, DateTimeOffset at, CancellationToken cancel)
    {
        var streams = new List<string>();
        foreach (var unit in stay.Placements.Select(p => p.Unit).Distinct())
        {
            var time = (await log.State<Unit>(facility, unit, cancel)).Time();
            streams.AddRange(await Streams(facility, unit, Date(time, at - Told), Date(time, at), cancel));
        }

        return streams;
    }

    /// <summary>The streams of a unit's sessions between two instants.</summary>
    internal async Task<List<string>> StreamsOn(
        string facility,
        string unit,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancel
    )
    {
        var time = (await log.State<Unit>(facility, unit, cancel)).Time();
        return await Streams(facility, unit, Date(time, from), Date(time, to), cancel);
    }

    /// <summary>A patient's groups of the seven days before an instant, as those sessions stood then.</summary>
    internal static Participation ParticipationOf(Stay stay, IEnumerable<SavedState> sessions, DateTimeOffset at) =>
        Participation.ForStay(stay, sessions.Select(s => s.State).OfType<Group>(), at - Told, at);

    private async Task<IEnumerable<Stay>> Members(string facility, Group group, CancellationToken cancel)
    {
        var census = StreamId.For(StateKind<Census>.Name, group.Unit!);
        var recorded = group.Attendance.Select(a => StreamId.For(StateKind<Stay>.Name, a.Stay));
        var loaded = await states.Load(facility, [census, .. recorded], cancel);
        return ((Census)loaded[census].State).Stays.Concat(loaded.Values.Select(s => s.State).OfType<Stay>());
    }

    private async Task<List<string>> Streams(string facility, string unit, DateOnly from, DateOnly to, CancellationToken cancel)
    {
        await using var session = store.Read(facility);
        return
        [
            .. await session
                .Query<Snapshot>()
                .Where(s => s.Unit == unit && s.Day >= from && s.Day <= to)
                .Select(s => s.Id)
                .ToListAsync(cancel),
        ];
    }

    private static DateOnly Date(UnitTime time, DateTimeOffset at) => DateOnly.FromDateTime(time.Local(at).DateTime);
}
