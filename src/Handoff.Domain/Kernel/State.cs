using System.Reflection;

namespace Handoff.Domain.Kernel;

/// <summary>What a stream's events come to. It is saved beside them, and it can always be folded again from them.</summary>
public abstract record State
{
    /// <summary>The state after one more event. Never throws, never refuses; an event of another kind changes nothing.</summary>
    public abstract State Evolve(EventEnvelope fact);

    /// <summary>The unit whose boards show it.</summary>
    public virtual string? OnUnit() => null;

    /// <summary>The stay that it is about.</summary>
    public virtual Guid? OfStay() => null;

    /// <summary>By what it is found besides its stream, unit and stay.</summary>
    public virtual IndexKeys FoundBy() => IndexKeys.Nothing;

    /// <summary>What the state owes the future.</summary>
    public virtual IEnumerable<Deadline> Deadlines() => [];

    /// <summary>What somebody still has to do or decide: a handoff carries each of them on until it is closed.</summary>
    public virtual IEnumerable<OpenLoop> OpenLoops() => [];
}

/// <summary>By what a state is found. It seldom changes while the state does.</summary>
/// <param name="Mrn">The record number of a stay's patient.</param>
/// <param name="Day">The date of a session on its unit's calendar.</param>
/// <param name="IsHeld">A feed's message that waits for somebody.</param>
public sealed record IndexKeys(string? Mrn = null, DateOnly? Day = null, bool IsHeld = false)
{
    public static readonly IndexKeys Nothing = new();
}

/// <summary>
/// How soon somebody must see to an open loop. Usual: it may go on to the next shift with a reason. Urgent: so it may, but whoever accepts
/// the patient reads it back.
/// Emergency: it is answered, and neither put off nor passed on.
/// </summary>
public enum Pressing
{
    Usual,
    Urgent,
    Emergency,
}

/// <summary>A time by which something has to be done. If it has not been done by then, a command records that it was missed.</summary>
/// <param name="Name">Unique within the state.</param>
/// <param name="Timeout">The command that says it. Sent again after a restart, it says it once.</param>
public sealed record Deadline(string Name, DateTimeOffset Due, ICommand Timeout);

/// <summary>The stored name of a state, which is also the kind of its streams.</summary>
public static class StateKind<T>
    where T : State, new()
{
    public static readonly string Name =
        typeof(T).GetCustomAttribute<StoredAttribute>()?.Name
        ?? throw new InvalidOperationException($"{typeof(T).Name} has no stored name.");
}

/// <summary>
/// What one slice does because of what another recorded: for some events, commands of its own, at most one on each stream. They may be sent
/// twice.
/// </summary>
/// <param name="Name">Under this name the reaction's place in the log is saved; it is for ever.</param>
public sealed record Reaction(string Name, Func<EventEnvelope, IEnumerable<ICommand>> React)
{
    /// <summary>Every reaction: the static fields of this type, wherever a slice declares one.</summary>
    public static IReadOnlyList<Reaction> All { get; } =
    [
        .. typeof(Reaction)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(field => field.FieldType == typeof(Reaction))
            .Select(field => (Reaction)field.GetValue(null)!)
            .OrderBy(reaction => reaction.Name, StringComparer.Ordinal),
    ];
}
