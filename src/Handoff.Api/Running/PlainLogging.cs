using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Npgsql;

namespace Handoff.Api.Running;

/// <summary>
/// Wolverine asks the database every second, and logs each failure with all its frames. A database that is away is said by its kind alone.
/// So is what Wolverine could not do while the program was not up yet or going down: an address that is taken stops the program while its
/// work is
/// being spread, and the cause is said by the program itself. Whatever else goes wrong keeps its frames.
/// </summary>
internal sealed class PlainLogging(ILoggerFactory all, Lazy<IHostApplicationLifetime> life) : ILoggerFactory
{
    public static void Replace(IServiceCollection services) =>
        services.Replace(
            ServiceDescriptor.Singleton<ILoggerFactory>(given => new PlainLogging(
                new LoggerFactory(
                    given.GetServices<ILoggerProvider>(),
                    given.GetRequiredService<IOptionsMonitor<LoggerFilterOptions>>(),
                    given.GetService<IOptions<LoggerFactoryOptions>>(),
                    given.GetService<IExternalScopeProvider>()
                ),
                new Lazy<IHostApplicationLifetime>(given.GetRequiredService<IHostApplicationLifetime>)
            ))
        );

    public ILogger CreateLogger(string categoryName) =>
        categoryName.StartsWith(nameof(Wolverine), StringComparison.Ordinal)
            ? new Plain(all.CreateLogger(categoryName), IsServing)
            : all.CreateLogger(categoryName);

    private bool IsServing()
    {
        try
        {
            return life.Value is { ApplicationStarted.IsCancellationRequested: true, ApplicationStopping.IsCancellationRequested: false };
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    public void AddProvider(ILoggerProvider provider) => all.AddProvider(provider);

    public void Dispose() => all.Dispose();

    private static bool IsAway(Exception? failure) =>
        failure switch
        {
            null => false,
            NpgsqlException or System.Net.Sockets.SocketException or TimeoutException => true,
            AggregateException many => many.InnerExceptions.All(IsAway),
            _ => IsAway(failure.InnerException),
        };

    private sealed class Plain(ILogger logger, Func<bool> isServing) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => logger.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => logger.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsAway(exception))
            {
                logger.Log(logLevel, eventId, state, null, (said, _) => $"{formatter(said, null)} ({exception!.GetType().Name})");
            }
            else if (exception is not null && !isServing())
            {
                logger.Log(logLevel, eventId, state, null, (said, _) => formatter(said, null));
            }
            else
            {
                logger.Log(logLevel, eventId, state, exception, formatter);
            }
        }
    }
}
