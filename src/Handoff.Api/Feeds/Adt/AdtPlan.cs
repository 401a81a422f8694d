using Handoff.Api.Feeds.Hl7;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Api.Feeds.Adt;

/// <summary>One command that a message comes to, and which of its patients it is for.</summary>
/// <param name="Nth">Counted from 1, in the order sent.</param>
internal sealed record AdtStep(Command<Stay> Command, Guid Stay, int Nth, bool IsByVisit);

/// <summary>
/// What a message comes to: commands in their order, nothing for a reason, or the fault that keeps it from being applied.
/// </summary>
/// <param name="Visits">The stays, or patients, that it speaks of.</param>
/// <param name="Why">Why it calls for nothing; null where it calls for something.</param>
/// <param name="Elsewhere">The places that it names and no unit here has.</param>
internal sealed record AdtPlan(
    IReadOnlyList<AdtStep> Steps,
    IReadOnlyList<Guid> Visits,
    Hl7Fault? Fault,
    string? Why,
    IReadOnlyList<string> Elsewhere
);
