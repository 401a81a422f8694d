using Handoff.Domain.Feeds;

namespace Handoff.Api.Adt;

/// <summary>
/// The trigger events of ADT that something is done about (HL7 table 0003); <see cref="Handoff.Domain.Feeds.FeedTrigger"/> says in words what each says
/// and what becomes of it, also of those that are not here.
/// </summary>
public enum AdtTrigger
{
    A01,
    A02,
    A03,
    A04,
    A06,
    A07,
    A08,
    A10,
    A11,
    A12,
    A13,
    A17,
    A18,
    A21,
    A22,
    A23,
    A28,
    A29,
    A30,
    A31,
    A34,
    A36,
    A39,
    A40,
    A42,
    A43,
    A44,
    A45,
    A46,
    A47,
    A49,
    A50,
    A52,
    A53,
}

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

    /// <summary>When it happened by the sender's clock, where that is ahead of ours and <see cref="OccurredAt"/> is when the message came.</summary>
    public DateTimeOffset? Ahead { get; init; }

    /// <summary>The event, or every fault that keeps the message from being one.</summary>
    /// <param name="message">Any message.</param>
    /// <param name="zone">The sender's time zone, for times that don't carry their own.</param>
    /// <param name="feed">How the sender's messages are read; as usual if not given.</param>
    public static AdtReading Read(Hl7Message message, TimeZoneInfo zone, Feed? feed = null) =>
        new AdtReader(message, zone, feed ?? new()).Read();

    /// <summary>The trigger event that an ADT message names, read or not: MSH-9.2, else EVN-1, in version 2.1 also MSH-9 alone. Null for a message of another kind.</summary>
    public static string? CodeOf(Hl7Message message)
    {
        var (kind, code, told) = (
            message.Header.Msh[9].Text.Trim(),
            message.Header.Msh[9].Component(2).Text.Trim(),
            message["EVN"][1].Text.Trim()
        );
        return kind == "ADT" ? (code.Length > 0 ? code : told) : FeedTrigger.Of(kind)?.Code;
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

/// <param name="Mrn">
/// The medical record number: of PID-3 and then PID-2, the first of the types by which the feed knows patients, in their order (usually MR, else PI or PT),
/// else untyped, else any but social security.
/// </param>
/// <param name="Identifiers">Every identifier of PID-3, then PID-2.</param>
/// <param name="AccountNumber">PID-18.</param>
/// <param name="Family">PID-5, the legal name's.</param>
/// <param name="Given">PID-5, the legal name's.</param>
/// <param name="Middle">PID-5, the legal name's.</param>
/// <param name="PreferredName">The name the patient goes by: PID-5 or PID-9 of type nickname (N) or customary (D).</param>
/// <param name="Born">PID-7.</param>
/// <param name="Sex">PID-8 as sent (HL7 table 0001), in capitals.</param>
/// <param name="Language">PID-15, its code.</param>
public sealed record AdtPatient(
    string Mrn,
    IReadOnlyList<AdtIdentifier> Identifiers,
    string? AccountNumber,
    string? Family,
    string? Given,
    string? Middle,
    string? PreferredName,
    Hl7Time? Born,
    string? Sex,
    string? Language
);

/// <param name="Id">The number itself.</param>
/// <param name="Type">Its type (HL7 table 0203), such as MR.</param>
/// <param name="Authority">Who gave it.</param>
public sealed record AdtIdentifier(string Id, string? Type, string? Authority);

/// <param name="Class">PV1-2: I for an inpatient, and so on (HL7 table 0004), in capitals.</param>
/// <param name="Location">PV1-3.</param>
/// <param name="PriorLocation">PV1-6.</param>
/// <param name="Attending">PV1-7, the first.</param>
/// <param name="Number">The visit's: PV1-19 or, where accounts number visits, PID-18.</param>
/// <param name="AdmittedAt">PV1-44.</param>
/// <param name="DischargedAt">PV1-45, the first.</param>
/// <param name="ReturnExpectedAt">PV2-47: back from leave.</param>
/// <param name="NumberAuthority">Who gave the number.</param>
public sealed record AdtVisit(
    string? Class,
    AdtLocation? Location,
    AdtLocation? PriorLocation,
    AdtPerson? Attending,
    string? Number,
    Hl7Time? AdmittedAt,
    Hl7Time? DischargedAt,
    Hl7Time? ReturnExpectedAt,
    string? NumberAuthority = null
);

/// <param name="Unit">Point of care, component 1.</param>
/// <param name="Room">Component 2.</param>
/// <param name="Bed">Component 3.</param>
/// <param name="Facility">Component 4.</param>
public sealed record AdtLocation(string? Unit, string? Room, string? Bed, string? Facility);

public sealed record AdtPerson(string? Id, string? Family, string? Given);
