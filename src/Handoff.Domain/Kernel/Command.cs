using System.Text.Json.Serialization;
using Handoff.Domain.Access;

namespace Handoff.Domain.Kernel;

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
    public abstract Decision Decide(TState state, DecisionContext now);

    public virtual IEnumerable<string> Reads(TState state, LoadedStates facts) => [];

    Decision ICommand.Decide(State state, DecisionContext now) => Decide((TState)state, now);

    IEnumerable<string> ICommand.Reads(State state, LoadedStates facts) => Reads((TState)state, facts);
}

/// <summary>Only the service itself sends this: clocks and reactors. It has no route.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class InternalAttribute : Attribute;

/// <summary>Who asks, and what the facility lets them do.</summary>
public sealed record Actor(Staff Staff, IReadOnlySet<Permission> Permissions, IReadOnlySet<string>? Units = null)
{
    /// <summary>The service itself, for clocks and reactors.</summary>
    public static readonly Actor Clock = new(Staff.Clock, Permission.All.ToHashSet());

    public bool May(Permission permission) => Permissions.Contains(permission);

    /// <summary>Whether the actor works on the unit; no list means every unit of the facility.</summary>
    public bool WorksOn(string unit) => Units is null || Units.Contains(unit);
}

/// <summary>Other streams' states, by stream.</summary>
public sealed class LoadedStates(IReadOnlyDictionary<string, State> states)
{
    public static readonly LoadedStates None = new(new Dictionary<string, State>());

    /// <summary>The state of a stream that the command declared in its needs; the empty state if nothing was ever recorded there.</summary>
    public T Get<T>(string key)
        where T : State, new() => states.TryGetValue(StreamId.For(StateKind<T>.Name, key), out var state) ? (T)state : new T();

    /// <summary>The state of a stream of whatever kind; null if the command did not declare it.</summary>
    public State? On(string stream) => states.GetValueOrDefault(stream);
}
