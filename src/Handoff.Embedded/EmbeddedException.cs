namespace Handoff.Embedded;

/// <summary>The embedded PostgreSQL can't do its work. The message says why and what a person can do about it.</summary>
public sealed class EmbeddedException(string message, Exception? inner = null) : Exception(message, inner);
