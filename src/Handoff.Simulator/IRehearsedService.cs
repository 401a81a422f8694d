namespace Handoff.Simulator;

/// <summary>A service of one's own, built on the rehearsal's clock and not started yet.</summary>
public interface IRehearsedService
{
    /// <summary>Whether nothing was ever recorded in its database.</summary>
    Task<bool> IsEmpty(CancellationToken cancel);

    /// <summary>Loads the demo facility and begins to serve.</summary>
    /// <returns>Where it serves, and a key for machines.</returns>
    /// <exception cref="InvalidOperationException">It is configured to have no demo facility.</exception>
    Task<(Uri Url, string Key)> Start(CancellationToken cancel);

    /// <summary>How many events the demo facility's log holds.</summary>
    Task<long> Events();

    Task Stop(CancellationToken cancel);
}
