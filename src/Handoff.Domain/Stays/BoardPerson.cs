namespace Handoff.Domain.Stays;

/// <summary>A patient on a unit's board, as somebody chooses them by it: who, and in which bed.</summary>
public sealed record BoardPerson(Guid Stay, string Name, string? Bed);
