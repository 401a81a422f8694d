using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Handoff.Api.Feeds.Hl7;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Npgsql;

namespace Handoff.Api.Feeds.Adt;

/// <summary>What became of a message: applied to these stays, or nothing to do for a reason, or not applied for these faults.</summary>
/// <param name="Woken">The stays and patients of whom something is known now that was not before.</param>
/// <param name="Visits">The stays, or patients, that a message with faults waits for.</param>
/// <param name="Why">Why there was nothing to do; null where there was something.</param>
/// <param name="Said">When it happened by the sender's clock, where the message was applied as of when it came.</param>
internal sealed record Outcome(
    IReadOnlyList<Guid> Concerns,
    IReadOnlyList<Guid> Woken,
    IReadOnlyList<Hl7Fault> Faults,
    IReadOnlyList<Hl7Fault> Doubts,
    IReadOnlyList<Guid> Visits,
    string? Why = null,
    DateTimeOffset? Said = null
)
{
    internal bool IsApplied => Faults.Count == 0;

    internal bool MayBeEarly => Faults.Any(fault => AdtFaults.OfOrder.Contains(fault.Code));

    internal static Outcome Not(IReadOnlyList<Hl7Fault> faults, params IReadOnlyList<Guid> visits) => new([], [], faults, [], visits);

    internal static Outcome Nothing(string why, params IReadOnlyList<Hl7Fault> doubts) => new([], [], [], doubts, [], why);
}
