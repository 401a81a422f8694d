using Handoff.Api.Access;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Api.Feeds.Adt;

/// <summary>What one message would come to if it were sent now.</summary>
/// <param name="Patients">Who it says that its patients are, as it was sent.</param>
/// <param name="Rule">What becomes of its event in this feed.</param>
/// <param name="WouldSay">The entries that it would make, as the timeline would tell them.</param>
/// <param name="Nothing">Why there is nothing to do; null where there is something.</param>
/// <param name="Fault">Why it would be held; null where it would not.</param>
/// <param name="Doubts">What would be acknowledged with a warning.</param>
public sealed record TriedMessage(
    string Sender,
    string Trigger,
    string ControlId,
    IReadOnlyList<string> Patients,
    FeedAction? Rule,
    IReadOnlyList<string> WouldSay,
    string? Nothing,
    Fault? Fault,
    IReadOnlyList<string> Doubts
);
