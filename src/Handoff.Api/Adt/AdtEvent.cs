namespace Handoff.Api.Adt;

/// <summary>The trigger events of ADT that are read (HL7 table 0003).</summary>
public enum AdtTrigger
{
    /// <summary>Admitted.</summary>
    A01,
    /// <summary>Transferred.</summary>
    A02,
    /// <summary>Discharged.</summary>
    A03,
    /// <summary>Details updated.</summary>
    A08,
    /// <summary>The admission is cancelled.</summary>
    A11,
    /// <summary>The transfer is cancelled; PV1-3 is where the patient is again.</summary>
    A12,
    /// <summary>The discharge is cancelled.</summary>
    A13,
    /// <summary>Two patients have swapped beds; PV1-3 is where each is now.</summary>
    A17,
    /// <summary>Gone on a leave of absence.</summary>
    A21,
    /// <summary>Back from a leave of absence.</summary>
    A22,
    /// <summary>Two records of one patient are merged: what is under the old number belongs under the new.</summary>
    A40,
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
/// <param name="Subjects">The patients in the order sent: two for A17, one or more for A40, else one.</param>
/// <param name="Doubts">Optional fields that could not be read and were left out.</param>
public sealed record AdtEvent(
    AdtTrigger Trigger, string ControlId, Version Version, string? ProcessingId,
    string? SendingApplication, string? SendingFacility, Hl7Time? SentAt, Hl7Time OccurredAt,
    IReadOnlyList<AdtSubject> Subjects, IReadOnlyList<Hl7Fault> Doubts)
{
    public AdtSubject Subject => Subjects[0];

    /// <summary>The event, or every fault that keeps the message from being one.</summary>
    /// <param name="message">Any message.</param>
    /// <param name="zone">The sender's time zone, for times that don't carry their own.</param>
    public static AdtReading Read(Hl7Message message, TimeZoneInfo zone) => new AdtReader(message, zone).Read();
}

/// <summary>An event and no faults, or no event and at least one fault.</summary>
public sealed record AdtReading(AdtEvent? Event, IReadOnlyList<Hl7Fault> Faults);

/// <summary>One patient of a message, with the visit and, for a merge, the number that is given up.</summary>
/// <param name="Patient">PID.</param>
/// <param name="Visit">PV1 and PV2; null in an A08 or A40 without them.</param>
/// <param name="MergedMrn">MRG-1: only in A40, and always there.</param>
public sealed record AdtSubject(AdtPatient Patient, AdtVisit? Visit, string? MergedMrn);

/// <param name="Mrn">
/// The medical record number: of PID-3 and then PID-2, the first of type MR, else PI or PT, else untyped, else any but social security.
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
    string Mrn, IReadOnlyList<AdtIdentifier> Identifiers, string? AccountNumber,
    string? Family, string? Given, string? Middle, string? PreferredName,
    Hl7Time? Born, string? Sex, string? Language);

/// <param name="Id">The number itself.</param>
/// <param name="Type">Its type (HL7 table 0203), such as MR.</param>
/// <param name="Authority">Who gave it.</param>
public sealed record AdtIdentifier(string Id, string? Type, string? Authority);

/// <param name="Class">PV1-2: I for an inpatient, and so on (HL7 table 0004), in capitals.</param>
/// <param name="Location">PV1-3.</param>
/// <param name="PriorLocation">PV1-6.</param>
/// <param name="Attending">PV1-7, the first.</param>
/// <param name="Number">PV1-19.</param>
/// <param name="AdmittedAt">PV1-44.</param>
/// <param name="DischargedAt">PV1-45, the first.</param>
/// <param name="ReturnExpectedAt">PV2-47: back from leave.</param>
/// <param name="NumberAuthority">Who gave the number: PV1-19, component 4.</param>
public sealed record AdtVisit(
    string? Class, AdtLocation? Location, AdtLocation? PriorLocation, AdtPerson? Attending, string? Number,
    Hl7Time? AdmittedAt, Hl7Time? DischargedAt, Hl7Time? ReturnExpectedAt, string? NumberAuthority = null);

/// <param name="Unit">Point of care, component 1.</param>
/// <param name="Room">Component 2.</param>
/// <param name="Bed">Component 3.</param>
/// <param name="Facility">Component 4.</param>
public sealed record AdtLocation(string? Unit, string? Room, string? Bed, string? Facility);

public sealed record AdtPerson(string? Id, string? Family, string? Given);
