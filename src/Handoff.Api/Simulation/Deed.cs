using Handoff.Domain.Kernel;

namespace Handoff.Api.Simulation;

public enum DeedKind { Admit, Transfer, LeaveOut, LeaveBack, Discharge, Raise, Check, Skip, Meal, Observe, Incident, Task }

/// <summary>Something that somebody on the ward does now.</summary>
/// <param name="When">When, on the simulated clock.</param>
/// <param name="Key">What the request is known by; sent again, it is recorded once.</param>
/// <param name="Device">From which device it comes.</param>
public abstract record Deed(DeedKind Kind, DateTimeOffset When, string Key, string Device);

/// <summary>Written down by somebody on the floor.</summary>
/// <param name="LimitsPassed">How many limits have passed by the simulated clock before it was written.</param>
/// <param name="IsLateEntry">It was seen a good while before it is written.</param>
public sealed record Charted(DeedKind Kind, DateTimeOffset When, string Key, string Device, ICommand Command, int LimitsPassed = 0, bool IsLateEntry = false) : Deed(Kind, When, Key, Device);

/// <summary>Told by the hospital's feed.</summary>
public sealed record Announced(DeedKind Kind, DateTimeOffset When, string Key, string Device, Movement Movement) : Deed(Kind, When, Key, Device);
