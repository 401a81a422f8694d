using Handoff.Domain.Kernel;

namespace Handoff.Simulator.Demo;

/// <summary>The demo facility's log, which the service keeps.</summary>
public interface IDemoLog
{
    ValueTask<T> State<T>(string key, CancellationToken cancel)
        where T : State, new();

    /// <summary>Records a command as somebody's, who may do anything. The same request again is recorded once.</summary>
    /// <returns>Null when it is durable, else why it was refused.</returns>
    Task<Refusal?> Record(ICommand command, Staff by, Guid request);

    /// <summary>Does what is due by now, such as opening the rounding of who was admitted.</summary>
    Task DoNow(CancellationToken cancel);
}
