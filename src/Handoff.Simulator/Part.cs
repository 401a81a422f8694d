using System.Globalization;
using Handoff.Domain.Groups;

namespace Handoff.Simulator;

/// <summary>What is to be played.</summary>
/// <param name="Patients">How many the unit is meant to have; null for nearly full, or as many as it has now.</param>
/// <param name="Run">With the same name again, nothing that was recorded under it is recorded twice.</param>
/// <param name="AtOnce">How many requests may be on their way together.</param>
/// <param name="People">Who is played by name, and so can hand over; null for the demo's crews, nobody for no handoffs.</param>
public sealed record Part(
    string Unit,
    double Speed,
    double Hours,
    int Seed,
    int? Patients,
    string Run,
    int AtOnce,
    IReadOnlyList<(string Account, string Password)>? People = null
)
{
    /// <summary>How far is decided at once, in simulated time; people don't change their plans more often.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>How likely each kind of slip of people and of the feed is in five minutes; 0 for none.</summary>
    public double Carelessness { get; init; }

    public bool IsCareless => Carelessness > 0;
}
