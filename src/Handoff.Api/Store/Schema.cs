using System.Reflection;
using Npgsql;

namespace Handoff.Api.Store;

/// <summary>Creates what is missing of the log's tables, as their owner, and opens connections that may only add to them.</summary>
public static class Schema
{
    private const string ApplicationRole = "handoff_app";

    // Several nodes may start at once on one database; one of them creates.
    private const long CreationLock = 0x48616E646F6666;

    /// <param name="script">An idempotent SQL script.</param>
    public static async Task Run(string connectionString, string script, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false }.ConnectionString);
        await connection.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var create = new NpgsqlCommand($"select pg_advisory_xact_lock({CreationLock}); {script}", connection, transaction);
        await create.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    public static Task Create(string connectionString, CancellationToken cancel) => Run(connectionString, Script("Handoff.Api.Store.Schema.sql"), cancel);

    /// <summary>Connections as the application's own role: it can't update or delete events.</summary>
    public static NpgsqlDataSource Open(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString)
        {
            Options = $"-c role={ApplicationRole} -c search_path=handoff",
            ApplicationName = "handoff",
            MaxPoolSize = 60,
            MaxAutoPrepare = 60,
            AutoPrepareMinUsages = 3,
            NoResetOnClose = true,
            IncludeErrorDetail = false,
        };
        return NpgsqlDataSource.Create(settings.ConnectionString);
    }

    public static string Script(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"{resource} is not in the assembly.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
