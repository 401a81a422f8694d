using Handoff.Domain.Kernel;
using JasperFx;
using JasperFx.Events;
using JasperFx.MultiTenancy;
using JasperFx.OpenTelemetry;
using Marten;
using Npgsql;
using Weasel.Core;

namespace Handoff.Api.Store;

/// <summary>
/// The database as the service works on it: Marten's store, and connections of the working login, which can only add to the log.
/// </summary>
public sealed class EventStore : IAsyncDisposable
{
    private readonly DocumentStore? own;

    /// <summary>A store with a Marten of its own.</summary>
    public EventStore(string connectionString, EventTypeRegistry names)
        : this(connectionString, names, Schema.Open(connectionString)) { }

    /// <summary>The application's, with its Marten.</summary>
    internal EventStore(string connectionString, EventTypeRegistry names, NpgsqlDataSource source, IDocumentStore? marten = null)
    {
        (Names, Source) = (names, source);
        Appends = Schema.OpenForAppends(connectionString);
        Marten = marten ?? (own = DocumentStore.For(options => Configure(options, Source, names)));
    }

    public EventTypeRegistry Names { get; }

    public IDocumentStore Marten { get; }

    public NpgsqlDataSource Source { get; }

    /// <summary>Connections on which batches are written, one for each facility that is written to.</summary>
    public NpgsqlDataSource Appends { get; }

    /// <summary>A facility's documents, to be read.</summary>
    public IQuerySession Read(string facility) => Marten.QuerySession(facility);

    /// <summary>The options of the application's Marten.</summary>
    internal static StoreOptions Options(NpgsqlDataSource source, EventTypeRegistry names)
    {
        var options = new StoreOptions();
        Configure(options, source, names);
        return options;
    }

    /// <summary>
    /// How Marten keeps the log and the snapshots. Every setting about the tables stands here: the schema is made from them, and nothing
    /// else says what it is.
    /// </summary>
    /// <param name="source">Of the working login while serving; of the schema's owner to bring the schema up to date.</param>
    public static void Configure(StoreOptions options, NpgsqlDataSource source, EventTypeRegistry names)
    {
        options.Connection(source);
        options.DatabaseSchemaName = Schema.Name;
        options.AutoCreateSchemaObjects = AutoCreate.None;
        options.UseSystemTextJsonForSerialization(
            new(EventTypeRegistry.Json) { Converters = { new SnapshotJson(names) } },
            EnumStorage.AsString,
            Casing.CamelCase
        );

        // What the log does about a failure is decided where it is known whether the batch may be sent again.
        options.ConfigurePolly(_ => { });
        options.OpenTelemetry.TrackConnections = TrackLevel.Normal;
        Events(options.Events, names);
        options.Policies.AllDocumentsAreMultiTenanted();
        options.Schema.For<Snapshot>().DocumentAlias("snapshot").Metadata(metadata => metadata.DisableInformationalFields());
        options
            .Schema.For<ReactionCheckpoint>()
            .DocumentAlias("reaction_checkpoint")
            .Metadata(metadata => metadata.DisableInformationalFields());
        options.Storage.Add(new OwnSchema(options));
    }

    public async ValueTask DisposeAsync()
    {
        own?.Dispose();
        await Appends.DisposeAsync();
        await Source.DisposeAsync();
    }

    private static void Events(Marten.Events.IEventStoreOptions events, EventTypeRegistry names)
    {
        events.StreamIdentity = StreamIdentity.AsString;
        events.TenancyStyle = TenancyStyle.Conjoined;

        // Any other mode draws sequence numbers outside of the transaction that holds the facility's order, or lets the database's clock
        // say when something was recorded.
        events.AppendMode = EventAppendMode.QuickWithServerTimestamps;
        events.EnableBigIntEvents = true;
        events.EnableUniqueIndexOnEventId = true;

        // Without the user's name and the indexes' names Marten's migration would drop that column and those indexes of a database that has
        // them.
        events.MetadataConfig.EnableAll();
        events.MetadataConfig.UserNameEnabled = true;
        events.IgnoreIndex("handoff_events_facility_order");
        events.IgnoreIndex("handoff_events_placed");
        foreach (var (name, type) in names.Events)
        {
            events.MapEventType(type, name);
        }
    }
}
