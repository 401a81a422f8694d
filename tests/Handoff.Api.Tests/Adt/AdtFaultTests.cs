using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Hl7;

namespace Handoff.Api.Tests.Adt;

public class AdtFaultTests
{
    private static string Without(string text, string segment) =>
        string.Concat(
            text.Split('\r', StringSplitOptions.RemoveEmptyEntries)
                .Where(line => !line.StartsWith(segment, StringComparison.Ordinal))
                .Select(line => line + '\r')
        );

    [Theory]
    [InlineData("ADT^A01^ADT_A01", "ORU^R01^ORU_R01", "MSH-9", "message-type-unsupported", Hl7Error.UnsupportedMessageType)]
    [InlineData("ADT^A01^ADT_A01", "", "MSH-9", "message-type-unsupported", Hl7Error.UnsupportedMessageType)]
    [InlineData("ADT^A01^ADT_A01", "ADT^A05^ADT_A01", "MSH-9", "trigger-unsupported", Hl7Error.UnsupportedEvent)]
    [InlineData("ADT^A01^ADT_A01", "ADT^3", "MSH-9", "trigger-unsupported", Hl7Error.UnsupportedEvent)]
    [InlineData("|MSGA01|", "||", "MSH-10", "field-missing", Hl7Error.RequiredFieldMissing)]
    [InlineData("|2.5.1", "|3.0", "MSH-12", "version-unsupported", Hl7Error.UnsupportedVersion)]
    [InlineData("|2.5.1", "|", "MSH-12", "version-unsupported", Hl7Error.UnsupportedVersion)]
    public void A_header_for_somebody_else_is_refused(string from, string to, string place, string code, Hl7Error error)
    {
        var fault = AdtSample.Fault(AdtSample.Text("A01").Replace(from, to));
        (fault.Answer, fault.Place, fault.Code, fault.Error).ShouldBe((AckCode.AR, place, code, error));
    }

    [Theory]
    [InlineData("A01", "PID", "PID")]
    [InlineData("A08", "PID", "PID")]
    [InlineData("A01", "PV1", "PV1")]
    [InlineData("A22", "PV1", "PV1")]
    [InlineData("A40", "MRG", "MRG")]
    public void A_missing_segment_is_named(string trigger, string segment, string place)
    {
        var faults = AdtEvent.Read(AdtSample.Message(Without(AdtSample.Text(trigger), segment)), AdtSample.NewYork).Faults;
        faults.ShouldContain(fault =>
            fault.Place == place && fault.Code == "segment-missing" && fault.Error == Hl7Error.SegmentSequence && fault.Answer == AckCode.AE
        );
    }

    [Fact]
    public void Without_a_patient_only_the_patient_is_missed() =>
        AdtEvent
            .Read(AdtSample.Message(Without(AdtSample.Text("A01"), "PID")), AdtSample.NewYork)
            .Faults.ShouldBe([Hl7Fault.SegmentMissing("PID", 1)]);

    [Theory]
    [InlineData("A01", "00421^^^NORTH^MR~123-45-6789^^^USA^SS", "", "PID-3")]
    [InlineData("A01", "DOE^JANE^Q^^^^L~JANIE^^^^^^N", "", "PID-5")]
    [InlineData("A01", "3W^12^A^NORTH", "", "PV1-3")]
    [InlineData("A02", "4E^2^B^NORTH", "^2^B", "PV1-3")]
    [InlineData("A12", "4E^2^B^NORTH", "\"\"", "PV1-3")]
    [InlineData("A40", "00399^^^NORTH^MR", "", "MRG-1")]
    public void A_missing_field_is_named(string trigger, string from, string to, string place)
    {
        var fault = AdtSample.Fault(AdtSample.Text(trigger).Replace(from, to));
        (fault.Answer, fault.Place, fault.Code, fault.Error).ShouldBe((AckCode.AE, place, "field-missing", Hl7Error.RequiredFieldMissing));
    }

    [Fact]
    public void An_unreadable_time_of_the_event_is_not_passed_over() =>
        AdtSample.Fault(AdtSample.Text("A01").Replace("20240310115900", "yesterday")).ShouldBe(Hl7Fault.FieldUnreadable("EVN", 6));

    [Fact]
    public void No_time_at_all_is_a_fault() =>
        AdtSample.Fault(Without(AdtSample.Text("A01"), "EVN").Replace("20240310120500", "")).Place.ShouldBe("EVN-2");

    [Fact]
    public void All_that_is_wrong_is_said_at_once()
    {
        var text = AdtSample.Text("A01").Replace("3W^12^A^NORTH", "").Replace("00421^^^NORTH^MR~123-45-6789^^^USA^SS", "");
        AdtEvent.Read(AdtSample.Message(text), AdtSample.NewYork).Faults.Select(fault => fault.Place).ShouldBe(["PID-3", "PV1-3"]);
    }

    [Fact]
    public void A_line_break_inside_the_patient_is_a_fault_and_inside_a_note_is_not()
    {
        AdtSample
            .Fault(AdtSample.Text("A01").Replace("^JANE", "\n^JANE").Replace("PID|1||", "PID|1||"))
            .ShouldBe(Hl7Fault.SegmentBroken("PID"));
        AdtSample.Event(AdtSample.Text("A01") + "NTE|1||one\ntwo\r").Trigger.ShouldBe(AdtTrigger.A01);
    }

    [Fact]
    public void A_swap_needs_two_patients_and_an_admission_only_one()
    {
        AdtSample.Fault(AdtSample.Text("A17").Split("PID|2")[0]).ShouldBe(Hl7Fault.SegmentMissing("PID", 2));
        AdtSample
            .Fault(AdtSample.Text("A01") + "PID|2||9||B^C\rPV1|2|I|3W\r")
            .ShouldSatisfyAllConditions(fault => fault.Code.ShouldBe("segment-misplaced"), fault => fault.Occurrence.ShouldBe(2));
    }

    [Fact]
    public void The_second_patient_of_a_swap_is_named_as_the_second() =>
        AdtSample.Fault(AdtSample.Text("A17").Replace("PV1|2|I|3W^12^A", "PV1|2|I|")).ShouldBe(Hl7Fault.FieldMissing("PV1", 3, 2));

    [Fact]
    public void A_visit_before_its_patient_is_misplaced() =>
        AdtEvent
            .Read(AdtSample.Message(AdtSample.Msh("A08", "2.5") + "\rPV1|1|I|3W\r" + AdtSample.Pid + "\r"), AdtSample.NewYork)
            .Faults.ShouldHaveSingleItem()
            .Place.ShouldBe("PV1");

    [Fact]
    public void Two_hundred_letters_are_a_name_and_two_thousand_are_not()
    {
        var name = new string('ß', 200);
        AdtSample.Event(AdtSample.Text("A01").Replace("DOE^", name + "^")).Subject.Patient.Family.ShouldBe(name);
        AdtSample.Fault(AdtSample.Text("A08").Replace("DOE^", new string('ß', 2000) + "^")).Code.ShouldBe("field-too-long");
    }

    [Fact]
    public void No_fault_repeats_what_stood_in_the_field()
    {
        var text = AdtSample
            .Text("A01")
            .Replace("DOE^", new string('Q', 300) + "^")
            .Replace("20240310115900", "QQQQ")
            .Replace("ADT^A01", "ADT^A01");
        AdtEvent.Read(AdtSample.Message(text), AdtSample.NewYork).Faults.ShouldAllBe(fault => !fault.Text.Contains("QQ"));
    }
}
