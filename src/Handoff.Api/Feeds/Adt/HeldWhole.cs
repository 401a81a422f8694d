using Handoff.Api.Access;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Api.Feeds.Adt;

/// <summary>A held message, whole, for the person who mends it.</summary>
/// <param name="Text">The message in its own character set; segments end as they were sent, mostly in CR.</param>
/// <param name="Answer">The acknowledgement that the sender got.</param>
/// <param name="Visit">The stay, or the patient, that it waits for, where that could be read.</param>
/// <param name="Says">Of a mismatch, who the message says that the patient is.</param>
/// <param name="Here">Of a mismatch, whose the visit is here.</param>
public sealed record HeldWhole(
    string Id,
    string Sender,
    string ControlId,
    string Trigger,
    DateTimeOffset ReceivedAt,
    Fault Fault,
    string Text,
    string Answer,
    Guid? Visit,
    Identity? Says = null,
    Identity? Here = null
);
