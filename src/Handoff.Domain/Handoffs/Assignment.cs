using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>Who is to have the patient next, on which shift.</summary>
public sealed record Assignment(Staff To, string Shift, DateTimeOffset At);
