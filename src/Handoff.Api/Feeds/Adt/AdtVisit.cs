using Handoff.Api.Feeds.Hl7;

namespace Handoff.Api.Feeds.Adt;

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
