namespace Handoff.Api.Embedded;

/// <summary>The embedded server in the life of the application: started before it is built, stopped after it has stopped.</summary>
public static class EmbeddedHost
{
    /// <summary>
    /// Starts the embedded server unless the configuration names a database, and puts its connection string there.
    /// Dispose what it returns after the application: <c>await using var postgres = await builder.StartPostgres(log, cancellation);</c>
    /// </summary>
    /// <exception cref="EmbeddedException">The message says what is wrong and what to do.</exception>
    public static async Task<EmbeddedPostgres?> StartPostgres(this IHostApplicationBuilder builder, ILogger log, CancellationToken cancellation)
    {
        if (!string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("Handoff"))) return null;
        var postgres = await EmbeddedPostgres.Start(
            EmbeddedOptions.From(builder.Configuration, builder.Environment.ContentRootPath, log), cancellation);
        builder.Configuration["ConnectionStrings:Handoff"] = await postgres.Database("handoff", cancellation);
        return postgres;
    }

    /// <summary>Stops the application when its database is gone for good, rather than let it refuse every request.</summary>
    public static void StopWithout(this IHost host, EmbeddedPostgres? postgres)
    {
        if (postgres is null) return;
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        postgres.Exited.GetAwaiter().OnCompleted(lifetime.StopApplication);
    }
}
