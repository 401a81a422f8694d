using System.Reflection;

namespace Handoff.Domain.Kernel;

/// <summary>
/// A state without a stream of its own: it is folded from another state's stream when a decision asks for it, and never saved.
/// </summary>
/// <param name="state">The state whose stream it is.</param>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FoldedFromAttribute(Type state) : Attribute
{
    public Type State { get; } = state;

    /// <summary>The stream from which a stream's state is folded; null if it is its own.</summary>
    public static string? Origin(string stream, State empty) =>
        empty.GetType().GetCustomAttribute<FoldedFromAttribute>() is { } from
            ? StreamId.For(from.State.GetCustomAttribute<StoredAttribute>()!.Name, StreamId.Key(stream))
            : null;
}
