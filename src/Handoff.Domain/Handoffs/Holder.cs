using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Somebody who has a patient, since when.</summary>
public sealed record Holder(Staff Who, DateTimeOffset Since);
