using System.Text.Json;
using System.Text.Json.Serialization;
using Handoff.Domain.Kernel;
using Marten.Schema;

namespace Handoff.Api.Store;

/// <summary>
/// What a stream's events come to, as a document: the state, and beside it, in columns of their own, by what it is found. A cache: it can
/// always be folded again from the stream's events up to <see cref="Version"/>.
/// </summary>
public sealed record Snapshot
{
    /// <summary>The stream.</summary>
    public string Id { get; init; } = "";

    /// <summary>The stored name of the state's kind.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The stream's version that the state was folded from.</summary>
    public long Version { get; init; }

    /// <summary>The log position of the last event in it.</summary>
    public long Position { get; init; }

    /// <summary>When that event was recorded (UTC).</summary>
    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>The unit whose boards show it.</summary>
    public string? Unit { get; init; }

    /// <summary>The stay that it is about.</summary>
    public Guid? Stay { get; init; }

    /// <summary>When its first deadline falls due (UTC); null if it has none.</summary>
    public DateTimeOffset? Due { get; init; }

    public bool IsTimed { get; init; }

    /// <summary>The record number of a stay's patient.</summary>
    public string? Mrn { get; init; }

    /// <summary>Whether it is a feed's message that waits for somebody.</summary>
    public bool IsHeld { get; init; }

    /// <summary>The date of a session on its unit's calendar.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Null if an older version of the program saved it in a shape that can't be read any more.</summary>
    public State? State { get; init; }

    public static Snapshot FromState(string stream, State state, long version, long position, DateTimeOffset recorded)
    {
        var (by, due) = (state.FoundBy(), DueOf(state));
        return new()
        {
            Id = stream,
            Kind = StreamId.Kind(stream),
            Version = version,
            Position = position,
            RecordedAt = recorded,
            Unit = state.OnUnit(),
            Stay = state.OfStay(),
            Due = due,
            IsTimed = due is not null,
            Mrn = by.Mrn,
            IsHeld = by.IsHeld,
            Day = by.Day,
            State = state,
        };
    }

    /// <summary>When a state is due next (UTC), in the database's microseconds.</summary>
    public static DateTimeOffset? DueOf(State state) =>
        state.Deadlines().Select(d => (DateTimeOffset?)Micro(d.Due.ToUniversalTime())).Min();

    /// <summary>What it is found by, as it must stand in its columns.</summary>
    internal object?[] FoundBy() => [Kind, Version, Position, RecordedAt, Unit, Stay, Due, IsTimed, Mrn, IsHeld, Day];

    /// <summary>
    /// How Marten keeps it. No index is on what moves with every event: then an update of a row could not stay on its page without touching
    /// every index.
    /// </summary>
    public static void ConfigureMarten(DocumentMapping<Snapshot> mapping)
    {
        mapping.DuplicateField(nameof(Kind), notNull: true);
        mapping.DuplicateField(nameof(Version), notNull: true);
        mapping.DuplicateField(nameof(Position), notNull: true);
        mapping.DuplicateField(nameof(RecordedAt), notNull: true);
        mapping.DuplicateField(nameof(Unit));
        mapping.DuplicateField(nameof(Stay));
        mapping.DuplicateField(nameof(Due));
        mapping.DuplicateField(nameof(IsTimed), notNull: true);
        mapping.DuplicateField(nameof(Mrn));
        mapping.DuplicateField(nameof(IsHeld), notNull: true);
        mapping.DuplicateField(nameof(Day));
        Index("snapshot_on_unit", "unit is not null", "tenant_id", "unit", "kind");
        Index("snapshot_of_stay", "stay is not null", "tenant_id", "stay");
        Index("snapshot_timed", "is_timed", "tenant_id", "is_timed");
        Index("snapshot_by_mrn", "mrn is not null", "tenant_id", "mrn");
        Index("snapshot_held", "is_held", "tenant_id", "is_held");
        Index("snapshot_on_day", "day is not null", "tenant_id", "unit", "day");

        void Index(string name, string of, params string[] columns)
        {
            var index = mapping.AddIndex(columns);
            (index.Name, index.Predicate) = (name, of);
        }
    }

    private static DateTimeOffset Micro(DateTimeOffset time) => time.AddTicks(-(time.UtcTicks % TimeSpan.TicksPerMicrosecond));
}
