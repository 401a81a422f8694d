using System.Reflection;
using Handoff.Domain.Kernel;
using JasperFx;
using Marten;
using Npgsql;
using Weasel.Core;
using Weasel.Core.Migrations;
using Weasel.Postgresql;

namespace Handoff.Api.Store;

/// <summary>
/// Brings the database up to date once at the start, as its owner, and opens connections of the working login, which may only add to the
/// log.
/// Nothing is ever dropped: what this version does not know of stays where it is.
/// </summary>
public static class Schema
{
    internal const string Name = "handoff";

    private const string ApplicationRole = "handoff_app";

    // Several nodes may start at once on one database; one of them creates.
    private const long CreationLock = 0x48616E646F6666;

    // Of all databases of the server, so two of them may be made at once; in a transaction of its own, so that the next one sees it whoever
    // was first.
    private const string Role = $"""
        do $$
        begin
            if not exists (select from pg_roles where rolname = '{ApplicationRole}') then
                create role {ApplicationRole} nologin;
            end if;
        exception when duplicate_object or unique_violation then null;
        end $$
        """;

    // What the tables are made by: as long as the program and the packages are the same, nothing has to be looked at.
    internal static readonly string Version = string.Join(
        ' ',
        typeof(Schema).Assembly.ManifestModule.ModuleVersionId,
        typeof(IDocumentStore).Assembly.GetName().Version,
        typeof(Wolverine.WolverineOptions).Assembly.GetName().Version
    );

    // Plans are made once a connection, often while the tables are still empty: a scan of the whole log must not look cheap then.
    private const string Planning =
        " -c enable_seqscan=off -c enable_hashjoin=off -c enable_mergejoin=off -c enable_bitmapscan=off -c enable_material=off "
        + "-c plan_cache_mode=force_generic_plan";

    // What a client that went away left behind must not hold a facility's order, or keep the others waiting.
    private const string Limits = " -c statement_timeout=60s -c idle_in_transaction_session_timeout=15s";

    /// <param name="script">An idempotent SQL script.</param>
    public static Task Run(string connectionString, string script, CancellationToken cancel) =>
        Alone(connectionString, connection => Execute(connection, script, cancel), cancel);

    /// <summary>The log's tables as this version has them: Marten's own, its migration where they are older, and ours.</summary>
    /// <exception cref="InvalidOperationException">The migration would take something away.</exception>
    public static async Task Create(string connectionString, CancellationToken cancel)
    {
        await Alone(connectionString, connection => Execute(connection, Role, cancel), cancel);
        await Alone(connectionString, connection => Migrate(connection, connectionString, cancel), cancel);
        await FoldWhatIsMissing(connectionString, cancel);
    }

    /// <summary>Connections as the application's own role: it can't update or delete events.</summary>
    public static NpgsqlDataSource Open(string connectionString) => Open(connectionString, "", 60);

    /// <summary>Connections of that role on which batches are appended.</summary>
    public static NpgsqlDataSource OpenForAppends(string connectionString) => Open(connectionString, Planning, 100);

    /// <summary>
    /// For what reads a whole log: the limit that holds for whoever asks a question does not hold for the rest of this transaction.
    /// </summary>
    internal static async Task Unhurried(NpgsqlConnection connection, CancellationToken cancel) =>
        await Execute(connection, "set local statement_timeout = 0", cancel);

    public static string Script(string resource)
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static NpgsqlDataSource Open(string connectionString, string options, int most) =>
        NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString)
            {
                Options = $"-c role={ApplicationRole} -c search_path={Name}{Limits}{options}",
                ApplicationName = "handoff",
                MaxPoolSize = most,
                MaxAutoPrepare = 100,
                AutoPrepareMinUsages = 2,
                NoResetOnClose = true,
                IncludeErrorDetail = false,
            }.ConnectionString
        );

    private static async Task Alone(string connectionString, Func<NpgsqlConnection, Task> work, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString
        );
        await connection.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await Execute(connection, $"select pg_advisory_xact_lock({CreationLock})", cancel);
        await work(connection);
        await transaction.CommitAsync(cancel);
    }

    private static async Task Migrate(NpgsqlConnection connection, string connectionString, CancellationToken cancel)
    {
        if (await IsAt(connection, Version, cancel))
        {
            return;
        }

        await using var source = NpgsqlDataSource.Create(
            new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString
        );
        await using var store = DocumentStore.For(options => EventStore.Configure(options, source, EventTypeRegistry.Domain));
        await Execute(connection, "create schema if not exists handoff", cancel);
        await Execute(connection, $"create schema if not exists {Messaging.Schema}", cancel);
        var migration = await SchemaMigration.DetermineAsync(
            connection,
            cancel,
            [.. store.Storage.AllObjects(), .. Messaging.Tables(connectionString)]
        );
        if (migration.Difference != SchemaPatchDifference.None)
        {
            await Execute(connection, Kept(Updates(migration)), cancel);
        }

        await Execute(
            connection,
            "create table if not exists handoff.schema_version (is_current bool primary key default true check (is_current), "
                + "version text not null)",
            cancel
        );
        await Execute(connection, "alter table handoff.schema_version add column if not exists folded integer not null default 0", cancel);
        await Execute(connection, Script("Handoff.Api.Store.Schema.sql"), cancel);
        await Execute(
            connection,
            "insert into handoff.schema_version (version) values ($1) on conflict (is_current) do update set version = excluded.version",
            cancel,
            Version
        );
    }

    /// <summary>By which program and packages the tables were brought up to date.</summary>
    public static async Task<string> Applied(NpgsqlDataSource source, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select version from handoff.schema_version");
        return (string)(await command.ExecuteScalarAsync(cancel))!;
    }

    // Saved states are a cache of what this program makes of the log: where they are missing, or another program folded them otherwise,
    // they are folded anew before anybody looks.
    private static async Task FoldWhatIsMissing(string connectionString, CancellationToken cancel)
    {
        var facilities = new List<string>();
        await Alone(
            connectionString,
            async connection =>
            {
                await using var command = new NpgsqlCommand(
                    """
                    select h.tenant_id from handoff.heads h
                    where h.position > 0
                      and ((select folded from handoff.schema_version) < $1
                          or not exists (select from handoff.mt_doc_snapshot s where s.tenant_id = h.tenant_id))
                    """,
                    connection
                )
                {
                    Parameters = { new() { Value = Folding.Version } },
                };
                await using var rows = await command.ExecuteReaderAsync(cancel);
                while (await rows.ReadAsync(cancel))
                {
                    facilities.Add(rows.GetString(0));
                }
            },
            cancel
        );
        if (facilities.Count > 0)
        {
            await using var store = new EventStore(connectionString, EventTypeRegistry.Domain);
            foreach (var facility in facilities)
            {
                await new Rebuild(store).Run(facility, cancel);
            }
        }

        await Alone(
            connectionString,
            connection => Execute(connection, "update handoff.schema_version set folded = $1 where folded < $1", cancel, Folding.Version),
            cancel
        );
    }

    private static async Task<bool> IsAt(NpgsqlConnection connection, string version, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select to_regclass('handoff.schema_version') is not null", connection);
        if (await command.ExecuteScalarAsync(cancel) is not true)
        {
            return false;
        }

        await using var known = new NpgsqlCommand("select version from handoff.schema_version", connection);
        return await known.ExecuteScalarAsync(cancel) as string == version;
    }

    private static string Updates(SchemaMigration migration)
    {
        using var updates = new StringWriter();
        migration.WriteAllUpdates(updates, new PostgresqlMigrator(), AutoCreate.CreateOrUpdate);
        return updates.ToString();
    }

    private static string Kept(string updates) =>
        updates.Split('\n').FirstOrDefault(TakesAway) is { } line
            ? throw new InvalidOperationException(
                $"The database's tables are not as any version of this program made them: the migration would take something "
                    + $"away ({line.Trim()})."
            )
            : updates;

    private static bool TakesAway(string line) =>
        line.Contains("drop table", StringComparison.OrdinalIgnoreCase)
        || line.Contains("drop column", StringComparison.OrdinalIgnoreCase)
        || line.Contains("drop index", StringComparison.OrdinalIgnoreCase)
        || line.Contains("truncate", StringComparison.OrdinalIgnoreCase);

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel, params object[] arguments)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        foreach (var argument in arguments)
        {
            command.Parameters.Add(new() { Value = argument });
        }

        await command.ExecuteNonQueryAsync(cancel);
    }
}
