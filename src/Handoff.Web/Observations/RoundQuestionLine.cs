using System.Text.Json.Serialization;
using Handoff.Domain.Observations;

namespace Handoff.Web.Observations;

/// <summary>A question about checks, for who is in charge.</summary>
/// <param name="Words">What is asked.</param>
/// <param name="Name">Whom to ask: under whose name the checks stand.</param>
/// <param name="SeenTo">Null until somebody has seen to it.</param>
public sealed record RoundQuestionLine(
    Guid Id,
    RoundQuestionKind Kind,
    string Words,
    string Name,
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<Guid> Checks,
    IReadOnlyList<Guid> Stays,
    RoundQuestionSeen? SeenTo
)
{
    /// <summary>As it was found.</summary>
    [JsonIgnore]
    public RoundQuestionAsked? Asked { get; init; }
}

/// <summary>What became of it.</summary>
public sealed record RoundQuestionSeen(DateTimeOffset At, string By, string Reason);
