using System.Globalization;
using System.Text;
using Handoff.Api.Feeds.Adt;

namespace Handoff.Api.Feeds.Hl7;

/// <summary>
/// Writes the answer to a message (original acknowledgement mode): MSH, MSA, and an ERR for each thing that was wrong, in the form
/// of the sender's version, with the sender's delimiters and character set. Works from any header, also an unknown one.
/// </summary>
public static class Acknowledgement
{
    private static readonly Version Newest = new(2, 5, 1);
    private static readonly Version WithStructure = new(2, 3, 1);
    private static readonly Version WithErrorParts = new(2, 5);
    private static readonly Version WithErrorElement = new(2, 3);

    /// <summary>AA. Doubts become warnings where the version has a place for them (2.5 and later).</summary>
    public static byte[] Accept(Hl7Header inbound, DateTimeOffset at, string controlId, params IReadOnlyList<Hl7Fault> doubts) =>
        Write(inbound, AckCode.AA, VersionOf(inbound) >= WithErrorParts ? doubts : [], at, controlId);

    /// <summary>AR if any fault refuses, else AE.</summary>
    public static byte[] Refuse(Hl7Header inbound, DateTimeOffset at, string controlId, params IReadOnlyList<Hl7Fault> faults) =>
        Write(inbound, faults.Any(fault => fault.Answer == AckCode.AR) ? AckCode.AR : AckCode.AE, faults, at, controlId);

    private static byte[] Write(Hl7Header inbound, AckCode code, IReadOnlyList<Hl7Fault> faults, DateTimeOffset at, string controlId)
    {
        string[] lines = [Msh(inbound, at, controlId), Msa(inbound, code, faults), .. faults.Select(fault => Err(inbound, code, fault))];
        return inbound.Syntax.Encoding.GetBytes(string.Concat(lines.Select(line => line + '\r')));
    }

    private static string Msh(Hl7Header inbound, DateTimeOffset at, string controlId)
    {
        var (s, msh) = (inbound.Syntax, inbound.Msh);
        string[] fields =
        [
            "MSH",
            s.EncodingCharacters,
            Echo(msh, 5),
            Echo(msh, 6),
            Echo(msh, 3),
            Echo(msh, 4),
            Time(at, VersionOf(inbound)),
            "",
            Kind(inbound),
            Hl7Escapes.Write(controlId, s),
            Echo(msh, 11) is { Length: > 0 } processing ? processing : "P",
            VersionOf(inbound).ToString(),
            "",
            "",
            "",
            "",
            "",
            Clean(inbound.Charset),
        ];
        return string.Join(s.Field, fields).TrimEnd(s.Field);
    }

    private static string Kind(Hl7Header inbound)
    {
        var version = VersionOf(inbound);
        var trigger = inbound.Msh.IsAbsent ? "" : Clean(inbound.Msh[9].Component(2).Raw.Span);
        if (version < new Version(2, 2) || trigger.Length == 0)
        {
            return "ACK";
        }

        return Join(inbound.Syntax.Component, version < WithStructure ? ["ACK", trigger] : ["ACK", trigger, "ACK"]);
    }

    private static string Msa(Hl7Header inbound, AckCode code, IReadOnlyList<Hl7Fault> faults)
    {
        var msa = Join(inbound.Syntax.Field, "MSA", code.ToString(), Echo(inbound.Msh, 10));
        return code == AckCode.AA || VersionOf(inbound) >= WithErrorParts
            ? msa
            : Join(inbound.Syntax.Field, msa, Hl7Escapes.Write(faults.Select(fault => fault.Text).FirstOrDefault(""), inbound.Syntax));
    }

    private static string Err(Hl7Header inbound, AckCode code, Hl7Fault fault) =>
        VersionOf(inbound) >= WithErrorParts ? ErrParts(inbound.Syntax, code, fault) : ErrLocation(inbound, fault);

    /// <summary>ERR from 2.5: location, HL7's code, severity, our code, text for the person.</summary>
    private static string ErrParts(Hl7Syntax s, AckCode code, Hl7Fault fault)
    {
        var number = ((int)fault.Error).ToString();
        var text = Hl7Escapes.Write(fault.Text, s);
        return Join(
            s.Field,
            "ERR",
            "",
            Join(s.Component, Where(fault)),
            Join(s.Component, number, Meaning(fault.Error), "HL70357"),
            code == AckCode.AA ? "W" : "E",
            Join(s.Component, Hl7Escapes.Write(fault.Code, s), text, "L"),
            "",
            fault.Place,
            text
        );
    }

    /// <summary>ERR to 2.4: all in one component field, the code a coded element from 2.3.</summary>
    private static string ErrLocation(Hl7Header inbound, Hl7Fault fault)
    {
        var s = inbound.Syntax;
        var number = ((int)fault.Error).ToString();
        var code = VersionOf(inbound) < WithErrorElement ? number : Join(s.Subcomponent, number, Meaning(fault.Error), "HL70357");
        var place = fault.Field == 0 ? [fault.Segment, fault.Occurrence.ToString(), ""] : Where(fault);
        return Join(s.Field, "ERR", Join(s.Component, [.. place, code]));
    }

    private static string[] Where(Hl7Fault fault) =>
        fault.Field == 0
            ? [fault.Segment, fault.Occurrence.ToString()]
            : [fault.Segment, fault.Occurrence.ToString(), fault.Field.ToString()];

    private static string Meaning(Hl7Error error) =>
        error switch
        {
            Hl7Error.SegmentSequence => "Segment sequence error",
            Hl7Error.RequiredFieldMissing => "Required field missing",
            Hl7Error.FieldType => "Data type error",
            Hl7Error.TableValueNotFound => "Table value not found",
            Hl7Error.ValueTooLong => "Value too long",
            Hl7Error.OtherSyntax => "Other HL7 error",
            Hl7Error.UnsupportedMessageType => "Unsupported message type",
            Hl7Error.UnsupportedEvent => "Unsupported event code",
            Hl7Error.UnsupportedProcessingId => "Unsupported processing id",
            Hl7Error.UnsupportedVersion => "Unsupported version id",
            Hl7Error.UnknownKey => "Unknown key identifier",
            Hl7Error.DuplicateKey => "Duplicate key identifier",
            Hl7Error.RecordLocked => "Application record locked",
            _ => "Application error",
        };

    private static string Time(DateTimeOffset at, Version version) =>
        at.ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture)
        + (version < WithErrorElement ? "" : at.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal));

    private static Version VersionOf(Hl7Header inbound) => inbound.Version ?? Newest;

    /// <summary>A field as it was sent, escapes and all: the sender compares its control id letter by letter.</summary>
    private static string Echo(Hl7Segment msh, int field) => msh.IsAbsent ? "" : Clean(msh[field].Raw.Span);

    /// <summary>Control characters are left out: a stray end-of-frame byte would cut the answer in two.</summary>
    private static string Clean(ReadOnlySpan<char> raw) => string.Concat(raw.ToString().Where(c => !char.IsControl(c)));

    /// <summary>With a delimiter that the sender doesn't have, only the first part can be said.</summary>
    private static string Join(char delimiter, params string[] parts) => delimiter == '\0' ? parts[0] : string.Join(delimiter, parts);
}
