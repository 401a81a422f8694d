namespace Handoff.Domain.Kernel;

/// <summary>
/// On a command's parameter without a default: a request may leave it out all the same. Every other such parameter is one that the
/// command can't be without.
/// </summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class MayBeLeftOutAttribute : Attribute;
