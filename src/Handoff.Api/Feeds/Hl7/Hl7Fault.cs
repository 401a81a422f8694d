using Handoff.Api.Feeds.Adt;

namespace Handoff.Api.Feeds.Hl7;

/// <summary>How a message is answered (HL7 table 0008): accepted, in error (fix and send again), or refused.</summary>
public enum AckCode
{
    AA,
    AE,
    AR,
}

/// <summary>
/// Why a message, or one field of it, can't be used. Says where, never what stood there: the text goes to logs and queues.
/// </summary>
/// <param name="Answer">AE or AR.</param>
/// <param name="Segment">The segment's three letters.</param>
/// <param name="Field">The field's number in the segment; 0 when the segment as a whole is meant.</param>
/// <param name="Error">HL7's own error condition.</param>
/// <param name="Code">A stable kebab-case code.</param>
/// <param name="Text">One sentence for the person who reads the quarantine.</param>
/// <param name="Occurrence">Which of several segments of that name, counted from 1.</param>
public sealed record Hl7Fault(AckCode Answer, string Segment, int Field, Hl7Error Error, string Code, string Text, int Occurrence = 1)
{
    /// <summary>The place as people say it: <c>PV1-3</c>, or <c>PV1</c> for the whole segment.</summary>
    public string Place => Field == 0 ? Segment : $"{Segment}-{Field}";

    public static Hl7Fault SegmentMissing(string segment, int occurrence = 1) =>
        new(AckCode.AE, segment, 0, Hl7Error.SegmentSequence, "segment-missing", $"{segment} is missing.", occurrence);

    public static Hl7Fault FieldMissing(string segment, int field, int occurrence = 1) =>
        new(AckCode.AE, segment, field, Hl7Error.RequiredFieldMissing, "field-missing", $"{segment}-{field} is missing.", occurrence);

    public static Hl7Fault FieldUnreadable(string segment, int field, int occurrence = 1) =>
        new(AckCode.AE, segment, field, Hl7Error.FieldType, "field-unreadable", $"{segment}-{field} can't be read.", occurrence);

    public static Hl7Fault FieldTooLong(string segment, int field, int most, int occurrence = 1) =>
        new(
            AckCode.AE,
            segment,
            field,
            Hl7Error.ValueTooLong,
            "field-too-long",
            $"{segment}-{field} is longer than {most} characters.",
            occurrence
        );

    public static Hl7Fault SegmentBroken(string segment, int occurrence = 1) =>
        new(
            AckCode.AE,
            segment,
            0,
            Hl7Error.SegmentSequence,
            "segment-broken",
            $"{segment} is broken off by a line break inside it.",
            occurrence
        );

    public static Hl7Fault TooLarge(int mostBytes) =>
        new(AckCode.AR, "MSH", 0, Hl7Error.ValueTooLong, "message-too-large", $"The message is larger than {mostBytes} bytes.");

    internal static Hl7Fault Refused(int mshField, Hl7Error error, string code, string text) =>
        new(AckCode.AR, "MSH", mshField, error, code, text);
}
