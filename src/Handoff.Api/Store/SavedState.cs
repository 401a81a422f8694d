using Handoff.Domain.Kernel;

namespace Handoff.Api.Store;

/// <summary>A stream's state as it is saved: what its events up to a version come to.</summary>
/// <param name="Version">The stream's version; 0 if nothing was ever recorded on it.</param>
/// <param name="Position">The log position of the stream's last event.</param>
public sealed record SavedState(State State, long Version, long Position);

/// <summary>An event as it stands in the log.</summary>
/// <param name="Position">Its place in the facility's one order.</param>
/// <param name="Version">Its place on its stream, from 1.</param>
/// <param name="Hash">The chain's hash at this event, in hexadecimal.</param>
public sealed record StoredEvent(long Position, long Version, string? Hash, EventEnvelope Recorded);

/// <summary>A command on its way, with who sends it and from where.</summary>
/// <param name="Request">The same request sent again gets its first answer.</param>
/// <param name="Expected">The version that the sender has seen, where a newer one makes the command pointless.</param>
public sealed record CommandEnvelope(
    ICommand Command,
    Actor By,
    Guid Request,
    Source Source = Source.Ui,
    string? Device = null,
    Guid? Correlation = null,
    Guid? Causation = null,
    long? Expected = null
)
{
    internal string Stream { get; } = Command.Stream;

    /// <summary>The ids of the request's events follow from the request's own, which the first one has.</summary>
    internal Guid[] EventIds(int count) =>
        [.. Enumerable.Range(0, count).Select(i => i == 0 ? Request : NamedId.From(Request.ToString("N"), i.ToString()))];
}

/// <summary>What became of a command: recorded up to this version and position, or refused.</summary>
/// <param name="Events">The ids of the events that it recorded, none if everything was so already.</param>
public sealed record CommandResult(string Stream, long Version, long Position, Refusal? Refusal = null, IReadOnlyList<Guid>? Events = null)
{
    public static CommandResult Refused(string stream, Refusal refusal) => new(stream, 0, 0, refusal);
}

/// <summary>The log could not be written or read for now. Nothing was acknowledged; sending again is safe.</summary>
public sealed class LogUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
