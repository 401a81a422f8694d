using Handoff.Api.Feeds.Hl7;
using Handoff.Domain.Feeds;

namespace Handoff.Api.Feeds.Adt;

/// <summary>
/// What one ADT message says, with no judgement of it. Texts: null is "the message doesn't say", "" is "the sender says
/// that there is none" (HL7's null). Times that are not there and times that are HL7 null are both null.
/// </summary>
/// <param name="Trigger">What has happened.</param>
/// <param name="ControlId">The sender's id of this message (MSH-10).</param>
/// <param name="Version">MSH-12.</param>
/// <param name="ProcessingId">MSH-11: P for production, T for training, D for debugging.</param>
/// <param name="SendingApplication">MSH-3.</param>
/// <param name="SendingFacility">MSH-4.</param>
/// <param name="SentAt">MSH-7.</param>
/// <param name="OccurredAt">When it happened: EVN-6, else EVN-2, else MSH-7; the first that knows the minute.</param>
/// <param name="Subjects">The patients in the order sent: two for A17, one or more for merges and moves, else one.</param>
/// <param name="Doubts">Optional fields that could not be read and were left out.</param>
public sealed record AdtEvent(
    AdtTrigger Trigger,
    string ControlId,
    Version Version,
    string? ProcessingId,
    string? SendingApplication,
    string? SendingFacility,
    Hl7Time? SentAt,
    Hl7Time OccurredAt,
    IReadOnlyList<AdtSubject> Subjects,
    IReadOnlyList<Hl7Fault> Doubts
)
{
    public AdtSubject Subject => Subjects[0];

    /// <summary>
    /// When it happened by the sender's clock, where that is ahead of ours and <see cref="OccurredAt"/> is when the message came.
    /// </summary>
    public DateTimeOffset? Ahead { get; init; }

    /// <summary>The event, or every fault that keeps the message from being one.</summary>
    /// <param name="message">Any message.</param>
    /// <param name="zone">The sender's time zone, for times that don't carry their own.</param>
    /// <param name="feed">How the sender's messages are read; as usual if not given.</param>
    public static AdtReading Read(Hl7Message message, TimeZoneInfo zone, Feed? feed = null) =>
        new AdtReader(message, zone, feed ?? new()).Read();

    /// <summary>
    /// The trigger event that an ADT message names, read or not: MSH-9.2, else EVN-1, in version 2.1 also MSH-9 alone. Null for a message
    /// of another kind.
    /// </summary>
    public static string? CodeOf(Hl7Message message)
    {
        var (kind, code, told) = (
            message.Header.Msh[9].Text.Trim(),
            message.Header.Msh[9].Component(2).Text.Trim(),
            message["EVN"][1].Text.Trim()
        );
        return kind == "ADT" ? (code.Length > 0 ? code : told) : FeedTrigger.Parse(kind)?.Code;
    }
}

/// <summary>An event and no faults, or no event and at least one fault.</summary>
public sealed record AdtReading(AdtEvent? Event, IReadOnlyList<Hl7Fault> Faults);

/// <summary>One patient of a message, with the visit and, for a merge or a move, the numbers that are given up.</summary>
/// <param name="Patient">PID.</param>
/// <param name="Visit">PV1 and PV2; null where a message may be without them and is.</param>
/// <param name="Prior">MRG: only in merges and moves.</param>
public sealed record AdtSubject(AdtPatient Patient, AdtVisit? Visit, AdtPrior? Prior)
{
    /// <summary>The record number that is given up.</summary>
    public string? MergedMrn => Prior?.Mrn;
}

/// <summary>The numbers that a merge or a move gives up.</summary>
/// <param name="Mrn">Of MRG-1, the one by which a patient is known; "" where the message needs none and has none.</param>
/// <param name="Identifiers">Every identifier of MRG-1.</param>
/// <param name="Visit">The visit: MRG-5 or, where accounts number visits, MRG-3.</param>
/// <param name="VisitAuthority">Who gave it.</param>
public sealed record AdtPrior(string Mrn, IReadOnlyList<AdtIdentifier> Identifiers, string? Visit, string? VisitAuthority);

/// <param name="Id">The number itself.</param>
/// <param name="Type">Its type (HL7 table 0203), such as MR.</param>
/// <param name="Authority">Who gave it.</param>
public sealed record AdtIdentifier(string Id, string? Type, string? Authority);

/// <param name="Unit">Point of care, component 1.</param>
/// <param name="Room">Component 2.</param>
/// <param name="Bed">Component 3.</param>
/// <param name="Facility">Component 4.</param>
public sealed record AdtLocation(string? Unit, string? Room, string? Bed, string? Facility);

public sealed record AdtPerson(string? Id, string? Family, string? Given);
