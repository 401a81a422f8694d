namespace Handoff.Api.Feeds.Hl7;

/// <summary>The error conditions that HL7 names in its table 0357.</summary>
public enum Hl7Error
{
    SegmentSequence = 100,
    RequiredFieldMissing = 101,
    FieldType = 102,
    TableValueNotFound = 103,
    ValueTooLong = 104,
    OtherSyntax = 199,
    UnsupportedMessageType = 200,
    UnsupportedEvent = 201,
    UnsupportedProcessingId = 202,
    UnsupportedVersion = 203,
    UnknownKey = 204,
    DuplicateKey = 205,
    RecordLocked = 206,
    ApplicationError = 207,
}
