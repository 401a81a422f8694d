using System.Text;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Hl7;

namespace Handoff.Api.Tests.Adt;

public class AcknowledgementTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2024-03-10T12:06:00-04:00");
    private static readonly Hl7Fault NoBed = Hl7Fault.FieldMissing("PV1", 3);

    private static Hl7Header Header(string trigger, string version) => Hl7Message.Read(AdtSample.Bytes(trigger, version)).Header;

    private static string[] Lines(byte[] answer) => Encoding.UTF8.GetString(answer).Split('\r');

    [Fact]
    public void An_accepted_message_is_answered_to_its_sender() =>
        Lines(Acknowledgement.Accept(Header("A01", "2.5.1"), Noon, "ACK1"))
            .ShouldBe([@"MSH|^~\&|HANDOFF|NORTH|REG|NORTH|20240310120600-0400||ACK^A01^ACK|ACK1|P|2.5.1", "MSA|AA|MSGA01", ""]);

    [Theory]
    [InlineData("2.1", "ACK")]
    [InlineData("2.2", "ACK^A01")]
    [InlineData("2.3", "ACK^A01")]
    [InlineData("2.3.1", "ACK^A01^ACK")]
    [InlineData("2.8", "ACK^A01^ACK")]
    public void The_message_type_is_in_the_version_of_the_sender(string version, string type)
    {
        var header = Header("A01", version);
        var msh = Lines(Acknowledgement.Accept(header, Noon, "1"))[0].Split('|');
        msh[8].ShouldBe(type);
        msh[11].ShouldBe(version);
    }

    [Theory]
    [InlineData("2.1", "ERR|PV1^1^3^101")]
    [InlineData("2.2", "ERR|PV1^1^3^101")]
    [InlineData("2.3", "ERR|PV1^1^3^101&Required field missing&HL70357")]
    [InlineData("2.4", "ERR|PV1^1^3^101&Required field missing&HL70357")]
    [InlineData("2.5", "ERR||PV1^1^3|101^Required field missing^HL70357|E|field-missing^PV1-3 is missing.^L||PV1-3|PV1-3 is missing.")]
    [InlineData("2.8", "ERR||PV1^1^3|101^Required field missing^HL70357|E|field-missing^PV1-3 is missing.^L||PV1-3|PV1-3 is missing.")]
    public void An_error_is_located_in_the_form_of_the_version(string version, string err)
    {
        var lines = Lines(Acknowledgement.Refuse(Header("A01", version), Noon, "1", NoBed));
        lines[1].ShouldStartWith("MSA|AE|MSGA01");
        lines[2].ShouldBe(err);
    }

    [Fact]
    public void A_whole_segment_has_no_field_number()
    {
        var missing = Hl7Fault.SegmentMissing("PV1", 2);
        Lines(Acknowledgement.Refuse(Header("A17", "2.4"), Noon, "1", missing))[2]
            .ShouldBe("ERR|PV1^2^^100&Segment sequence error&HL70357");
        Lines(Acknowledgement.Refuse(Header("A17", "2.6"), Noon, "1", missing))[2].ShouldStartWith("ERR||PV1^2|100^");
    }

    [Fact]
    public void Every_fault_has_its_own_line_and_one_refusal_refuses_all()
    {
        var lines = Lines(Acknowledgement.Refuse(Header("A01", "2.5"), Noon, "1", NoBed, Hl7Fault.TooLarge(9)));
        lines[1].ShouldBe("MSA|AR|MSGA01");
        lines.Count(line => line.StartsWith("ERR", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public void A_doubt_is_a_warning_where_the_version_has_one()
    {
        var doubt = Hl7Fault.FieldUnreadable("PID", 7);
        Lines(Acknowledgement.Accept(Header("A01", "2.5"), Noon, "1", doubt))[2].ShouldContain("|W|");
        Lines(Acknowledgement.Accept(Header("A01", "2.3"), Noon, "1", doubt)).Length.ShouldBe(3);
    }

    [Fact]
    public void Delimiters_and_character_set_are_those_of_the_sender()
    {
        var inbound = Encoding.Latin1.GetBytes("MSH#*!%@#Prä#S###2024##ADT*A01#ü1#P#2.3######8859/1\r");
        var answer = Acknowledgement.Refuse(Hl7Message.Read(inbound).Header, Noon, "no#1", NoBed with { Text = "50% of PV1-3 @ home" });
        Encoding
            .Latin1.GetString(answer)
            .ShouldBe(
                "MSH#*!%@###Prä#S#20240310120600-0400##ACK*A01#no%F%1#P#2.3######8859/1\rMSA#AE#ü1#50%E% of PV1-3 %T% home\r"
                    + "ERR#PV1*1*3*101@Required field missing@HL70357\r"
            );
    }

    [Fact]
    public void A_control_id_comes_back_letter_by_letter_but_never_with_framing_bytes()
    {
        var header = Hl7Message.Read(Encoding.UTF8.GetBytes("MSH|^~\\&|A||||||ADT^A01|7\\Z1\\\u001c^x\\F\\|P|2.5\r")).Header;
        Lines(Acknowledgement.Accept(header, Noon, "1"))[1].ShouldBe("MSA|AA|7\\Z1\\^x\\F\\");
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("MSH")]
    [InlineData("MSHHHHH")]
    public void Even_what_is_no_message_gets_an_answer(string text)
    {
        var reading = Hl7Message.Read(Encoding.UTF8.GetBytes(text));
        var answer = AdtSample.Message(Acknowledgement.Refuse(reading.Header, Noon, "1", reading.Fault!));
        answer["MSA"][1].Text.ShouldBe("AR");
        answer["ERR"][5].Text.ShouldBe(reading.Fault!.Code);
        answer["MSH"][9].Text.ShouldBe("ACK");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_wide_message_gets_a_wide_answer(bool big)
    {
        var encoding = new UnicodeEncoding(big, false);
        var reading = Hl7Message.Read(encoding.GetBytes(AdtSample.Text("A01", charset: "UNICODE UTF-16")));
        AdtSample.Message(Acknowledgement.Accept(reading.Header, Noon, "1"))["MSA"][2].Text.ShouldBe("MSGA01");
    }
}
