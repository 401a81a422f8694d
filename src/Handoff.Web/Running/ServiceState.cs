namespace Handoff.Web.Running;

/// <summary>How the service runs, for the people of one facility. Nothing in it is about a patient.</summary>
/// <param name="At">When it was asked (UTC).</param>
/// <param name="Position">Where the facility's log ends.</param>
/// <param name="Lags">How far each reaction, and what leaves the house, has been handed the log.</param>
/// <param name="Late">Deadlines that should have lapsed and have not.</param>
/// <param name="Queue">What waits in the queues of all facilities together.</param>
/// <param name="DeadLetters">What could not be done for this facility, the oldest first.</param>
/// <param name="Nodes">The processes that serve this database; empty where one serves it alone.</param>
public sealed record ServiceState(
    DateTimeOffset At,
    long Position,
    IReadOnlyList<Lag> Lags,
    LateDeadlines Late,
    QueueDepth Queue,
    IReadOnlyList<DeadLetter> DeadLetters,
    SchemaState Schema,
    IReadOnlyList<Node> Nodes
)
{
    /// <summary>Later than this, and somebody should look.</summary>
    public static readonly TimeSpan Tolerable = TimeSpan.FromSeconds(30);

    public bool IsWell =>
        DeadLetters.Count == 0 && Schema.IsCurrent && !Lags.Any(lag => At - lag.Since > Tolerable) && !(At - Late.Since > Tolerable);
}

/// <param name="Name">The reaction's stored name.</param>
/// <param name="Position">The log position that it has been handed.</param>
/// <param name="Behind">How many events of the facility come after that.</param>
/// <param name="Since">When the first of those was recorded; null if there is none.</param>
public sealed record Lag(string Name, long Position, long Behind, DateTimeOffset? Since);

/// <param name="Since">When the first of them fell due; null if there is none.</param>
public sealed record LateDeadlines(int Count, DateTimeOffset? Since);

/// <param name="Waiting">To be done at once.</param>
/// <param name="Scheduled">To be tried again at a later moment.</param>
/// <param name="DeadLetters">What could not be done, of all facilities.</param>
public sealed record QueueDepth(int Waiting, int Scheduled, int DeadLetters);

/// <summary>Something that was tried several times and could not be done.</summary>
/// <param name="What">The reaction's name, or that of what was to leave.</param>
/// <param name="Position">The log position of the event because of which it was owed.</param>
/// <param name="At">When it was taken on.</param>
/// <param name="Failure">The kind of error, without its words: those may speak of a patient.</param>
/// <param name="IsAgain">Somebody has asked for it to be done again; it is on its way.</param>
public sealed record DeadLetter(Guid Id, string What, string Stream, long Position, DateTimeOffset At, string Failure, bool IsAgain);

/// <param name="Version">Names the program and the packages that the tables were brought up to date by.</param>
/// <param name="IsCurrent">Whether that is this program.</param>
public sealed record SchemaState(string Version, bool IsCurrent);

/// <param name="Duties">How many of the eight parts of the duties it has.</param>
/// <param name="Seen">When it last said that it is there.</param>
public sealed record Node(int Number, string Name, DateTimeOffset Started, DateTimeOffset Seen, int Duties, bool IsLeader);

public static class OwedWords
{
    /// <summary>A reaction's stored name as words: <c>CareFollowsStay</c> is "Care follows stay".</summary>
    public static string Words(string name) =>
        string.Concat(
            name.Select(
                (c, at) =>
                    at == 0 ? char.ToUpperInvariant(c).ToString()
                    : char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}"
                    : c.ToString()
            )
        );
}
