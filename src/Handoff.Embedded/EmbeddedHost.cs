using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Handoff.Embedded;

/// <summary>The embedded server in the life of the application: started before it is built, stopped after it has stopped.</summary>
public static class EmbeddedHost
{
    /// <summary>
    /// Starts the embedded server unless the configuration names a database, and puts its connection string there.
    /// Dispose what it returns after the application: <c>await using var postgres = await builder.StartPostgres(log, cancellation);</c>
    /// </summary>
    /// <exception cref="EmbeddedException">The message says what is wrong and what to do.</exception>
    public static async Task<EmbeddedPostgres?> StartPostgres(
        this IHostApplicationBuilder builder,
        ILogger log,
        CancellationToken cancellation
    )
    {
        if (!string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("Handoff")))
        {
            return null;
        }

        var postgres = await EmbeddedPostgres.Start(
            EmbeddedOptions.From(builder.Configuration, builder.Environment.ContentRootPath, log),
            cancellation
        );
        builder.Configuration["ConnectionStrings:Handoff"] = await postgres.Database("handoff", cancellation);
        return postgres;
    }

    /// <summary>
    /// The database of a server that another process of Handoff holds and keeps running; null if none does. Tools look at it beside the
    /// service.
    /// </summary>
    public static string? Borrow(this IHostApplicationBuilder builder)
    {
        var folder = EmbeddedOptions.From(builder.Configuration, builder.Environment.ContentRootPath, NullLogger.Instance).Folder;
        var (server, password) = (Path.Combine(folder, "server", "data", "postmaster.pid"), Path.Combine(folder, "password"));
        if (!IsHeld(Path.Combine(folder, "lock")) || !File.Exists(server) || !File.Exists(password))
        {
            return null;
        }

        return new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = int.Parse(File.ReadLines(server).ElementAt(3)),
            Username = "postgres",
            Password = File.ReadAllText(password),
            Database = "handoff",
        }.ConnectionString;
    }

    private static bool IsHeld(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }

        try
        {
            using var mine = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Stops the application when its database is gone for good, rather than let it refuse every request.</summary>
    public static void StopWithout(this IHost host, EmbeddedPostgres? postgres)
    {
        if (postgres is null)
        {
            return;
        }

        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        postgres.Exited.GetAwaiter().OnCompleted(lifetime.StopApplication);
    }
}
