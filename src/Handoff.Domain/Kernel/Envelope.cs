namespace Handoff.Domain.Kernel;

/// <summary>What every event carries besides its own facts.</summary>
/// <param name="Unit">The unit it happened on, if any.</param>
/// <param name="Shift">The unit's shift at the time it occurred, such as <c>2026-11-21 Day</c>.</param>
/// <param name="Stays">The stays it concerns.</param>
/// <param name="Correlation">The request that led to it.</param>
/// <param name="Causation">The event that led to it, where one did.</param>
public sealed record Envelope(
    Staff By,
    Source Source,
    Guid Correlation,
    Guid? Causation = null,
    string? Unit = null,
    string? Shift = null,
    string? Device = null,
    string? OnBehalfOf = null,
    Label Label = Label.Normal,
    IReadOnlyList<Guid>? Stays = null
);
