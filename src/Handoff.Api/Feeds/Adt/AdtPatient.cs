using Handoff.Api.Feeds.Hl7;

namespace Handoff.Api.Feeds.Adt;

/// <param name="Mrn">
/// The medical record number: of PID-3 and then PID-2, the first of the types by which the feed knows patients, in their order (usually MR,
/// else PI or PT),
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
