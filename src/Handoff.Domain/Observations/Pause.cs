using System.Text.Json.Serialization;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Observations;

/// <param name="With">Who has the patient meanwhile.</param>
/// <param name="Stood">The window that stood when it began: its end is where the limit goes on.</param>
public sealed record Pause(
    DateTimeOffset Since,
    string Reason,
    DateTimeOffset? ExpectedReturn,
    bool IsLeave,
    bool IsOverdue = false,
    string? With = null,
    DueWindow? Stood = null
);
