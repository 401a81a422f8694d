using System.Text.Json.Serialization;
using Handoff.Domain.Access;

namespace Handoff.Domain.Kernel;

/// <summary>A wish to record something on one stream.</summary>
public interface ICommand
{
    /// <summary>The noun's own id, from the route.</summary>
    string Key { get; }

    string Stream { get; }

    /// <summary>What the caller must be allowed to do before the command is even decided.</summary>
    Permission Permission { get; }

    /// <summary>The other streams whose states the decision looks at. Asked again when those are loaded, until it names nothing new.</summary>
    IEnumerable<string> Needs(State state, Facts facts);

    Decision Decide(State state, Situation now);
}

/// <summary>A command on the stream of one <typeparamref name="TState"/>.</summary>
public abstract record Command<TState> : ICommand
    where TState : State, new()
{
    [JsonIgnore]
    public string Key { get; init; } = "";

    [JsonIgnore]
    public string Stream => StreamId.For(StateKind<TState>.Name, Key);

    [JsonIgnore]
    public abstract Permission Permission { get; }

    /// <summary>A pure function of its arguments: no clock, no database, no randomness of its own.</summary>
    public abstract Decision Decide(TState state, Situation now);

    public virtual IEnumerable<string> Needs(TState state, Facts facts) => [];

    Decision ICommand.Decide(State state, Situation now) => Decide((TState)state, now);

    IEnumerable<string> ICommand.Needs(State state, Facts facts) => Needs((TState)state, facts);
}

/// <summary>Only the service itself sends this: clocks and reactors. It has no route.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InternalAttribute : Attribute;

/// <summary>All that a decision may look at besides its own state.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Now">When (UTC).</param>
/// <param name="Request">The request's id; the same request is decided the same way twice.</param>
/// <param name="Facts">The states that the command said it needs.</param>
public sealed record Situation(Actor By, DateTimeOffset Now, Guid Request, Facts Facts)
{
    /// <summary>Clocks of tablets run ahead; more than this is a typing error.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    /// <summary>A number in [0, 1) that follows from the request: random to people, the same on a retry.</summary>
    public double Chance(string of) =>
        BitConverter.ToUInt32(NamedId.From(Request.ToString("N"), of).ToByteArray(), 0) / (uint.MaxValue + 1.0);

    public bool May(Permission permission) => By.May(permission);

    /// <summary>The refusal of a time that lies in the future or before <paramref name="earliest"/>, or null.</summary>
    public Refusal? Impossible(DateTimeOffset at, DateTimeOffset? earliest, string field) =>
        at switch
        {
            _ when at > Now + ClockSkew => Refusal.Invalid(
                "time-in-future",
                "That time has not come yet. Check the date and the clock.",
                field
            ),
            _ when at < earliest => Refusal.Invalid("time-before-stay", "That is before this stay began. Check the date.", field),
            _ when at < Now.AddYears(-1) => Refusal.Invalid("time-absurd", "That is more than a year ago. Check the date.", field),
            _ => null,
        };
}

/// <summary>Who asks, and what the facility lets them do.</summary>
public sealed record Actor(Staff Staff, IReadOnlySet<Permission> Permissions, IReadOnlySet<string>? Units = null)
{
    /// <summary>The service itself, for clocks and reactors.</summary>
    public static readonly Actor Clock = new(Staff.Clock, new HashSet<Permission>(Enum.GetValues<Permission>()));

    public bool May(Permission permission) => Permissions.Contains(permission);

    /// <summary>Whether the actor works on the unit; no list means every unit of the facility.</summary>
    public bool WorksOn(string unit) => Units is null || Units.Contains(unit);
}

/// <summary>Other streams' states, by stream.</summary>
public sealed class Facts(IReadOnlyDictionary<string, State> states)
{
    public static readonly Facts None = new(new Dictionary<string, State>());

    /// <summary>The state of a stream that the command declared in its needs; the empty state if nothing was ever recorded there.</summary>
    public T Of<T>(string key)
        where T : State, new() => states.TryGetValue(StreamId.For(StateKind<T>.Name, key), out var state) ? (T)state : new T();

    /// <summary>The state of a stream of whatever kind; null if the command did not declare it.</summary>
    public State? On(string stream) => states.GetValueOrDefault(stream);
}
