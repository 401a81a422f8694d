using System.Text.Json.Serialization;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Observations;

/// <param name="Moment">When the source was touched or heard.</param>
public sealed record ProvenBy(Guid Source, DateTimeOffset Moment);
