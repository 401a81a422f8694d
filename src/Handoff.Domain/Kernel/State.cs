using System.Reflection;

namespace Handoff.Domain.Kernel;

/// <summary>What a stream's events come to. It is saved beside them, and it can always be folded again from them.</summary>
public abstract record State
{
    /// <summary>The state after one more event. Never throws, never refuses; an event of another kind changes nothing.</summary>
    public abstract State Evolve(Recorded fact);

    /// <summary>The unit whose boards show it.</summary>
    public virtual string? OnUnit() => null;

    /// <summary>The stay that it is about.</summary>
    public virtual Guid? OfStay() => null;

    /// <summary>What the state owes the future.</summary>
    public virtual IEnumerable<Deadline> Deadlines() => [];
}

/// <summary>A moment at which something must be said unless it was done before.</summary>
/// <param name="Name">Unique within the state.</param>
/// <param name="Lapse">The command that says it. Sent again after a restart, it says it once.</param>
public sealed record Deadline(string Name, DateTimeOffset Due, ICommand Lapse);

/// <summary>The stored name of a state, which is also the kind of its streams.</summary>
public static class StateKind<T>
    where T : State, new()
{
    public static readonly string Name = typeof(T).GetCustomAttribute<StoredAttribute>()?.Name
        ?? throw new InvalidOperationException($"{typeof(T).Name} has no stored name.");
}

/// <summary>What one slice does because of what another recorded: for some events, a command of its own. It may be sent twice.</summary>
/// <param name="Name">Under this name the reaction's place in the log is saved; it is for ever.</param>
public sealed record Reaction(string Name, Func<Recorded, ICommand?> React);
