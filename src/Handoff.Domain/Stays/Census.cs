using Handoff.Domain.Kernel;

namespace Handoff.Domain.Stays;

/// <summary>Who is on a unit now: its stays, read together. It has no stream of its own; the store gathers it from the stays' states.</summary>
[Stored("census")]
public sealed record Census : State
{
    public IReadOnlyList<Stay> Stays { get; init; } = [];

    /// <summary>Whether somebody else lies in the bed.</summary>
    public bool IsTaken(string? bed, Guid besides) => bed is not null && Stays.Any(s => s.Id != besides && s.Where()?.Bed == bed);

    public override State Evolve(Recorded fact) => this;
}
