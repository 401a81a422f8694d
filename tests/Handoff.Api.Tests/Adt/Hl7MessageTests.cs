using System.Text;
using Handoff.Api.Feeds.Hl7;

namespace Handoff.Api.Tests.Adt;

public class Hl7MessageTests
{
    private static readonly string A01 = AdtSample.Text("A01");

    [Fact]
    public void Fields_components_and_repetitions_are_counted_from_one()
    {
        var pid = AdtSample.Message(A01)["PID"];
        pid[3].Text.ShouldBe("00421");
        pid[3].Component(5).Text.ShouldBe("MR");
        pid.Field(3).Repetitions.Select(repetition => repetition.Text).ShouldBe(["00421", "123-45-6789"]);
        pid[99].IsEmpty.ShouldBeTrue();
        pid[5].Component(99).Text.ShouldBe("");
    }

    [Fact]
    public void MSH_counts_its_separator_as_field_one()
    {
        var msh = AdtSample.Message(A01)["MSH"];
        msh[1].Text.ShouldBe("|");
        msh[2].Text.ShouldBe(@"^~\&");
        msh[9].Component(2).Text.ShouldBe("A01");
        msh[10].Text.ShouldBe("MSGA01");
    }

    [Fact]
    public void Subcomponents_are_read_and_the_first_is_the_text()
    {
        var field = AdtSample.Message("MSH|^~\\&|A\rPID|1||||van der Berg&van der&Berg^Jo\r")["PID"][5];
        field.Text.ShouldBe("van der Berg");
        field.Component(1).Subcomponent(3).ShouldBe("Berg");
        field.Component(1).Subcomponent(4).ShouldBe("");
    }

    [Theory]
    [InlineData("\r")]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r\r\n\n")]
    public void Segments_end_in_CR_or_LF_or_both(string end) =>
        AdtSample.Message(A01.Replace("\r", end)).Segments.Select(segment => segment.Name).ShouldBe(["MSH", "EVN", "PID", "PV1"]);

    [Theory]
    [InlineData("\r\n\r\n", "\r\n\n")]
    [InlineData("\v", "\u001c\r")]
    [InlineData("\v\r\n", "\r\n\u001c")]
    [InlineData("\ufeff", "")]
    [InlineData("\v\ufeff  \r", "\0\0")]
    public void Framing_marks_and_blanks_around_a_message_are_no_part_of_it(string before, string after) =>
        AdtSample.Message(before + A01.TrimEnd() + after)["PV1"][3].Component(3).Text.ShouldBe("A");

    [Theory]
    [InlineData("|^~\\&", ":*+!%")]
    [InlineData("|^~\\&", "#^~\\&")]
    [InlineData("|^~\\&", "$%&/(")]
    [InlineData("|^~\\&", "{}[]@")]
    public void Any_delimiters_will_do(string usual, string own)
    {
        var text = string.Concat(A01.Replace("MSGA01", "M").Select(c => usual.IndexOf(c) is >= 0 and var at ? own[at] : c));
        var message = AdtSample.Message(text);
        message["PID"][3].Repetitions.Count().ShouldBe(2);
        message["PID"][5].Component(2).Text.ShouldBe("JANE");
        message["MSH"][9].Component(2).Text.ShouldBe("A01");
    }

    [Fact]
    public void Fewer_delimiters_leave_the_others_as_text()
    {
        var message = AdtSample.Message("MSH|^|A\rPID|1||7||O~Neil & Sons^Jo\\T\\\r");
        message["PID"][5].Component(1).Text.ShouldBe("O~Neil & Sons");
        message["PID"][5].Component(2).Text.ShouldBe("Jo\\T\\");
    }

    [Fact]
    public void A_fifth_delimiter_marks_truncation()
    {
        var message = AdtSample.Message("MSH|^~\\&#|A\rPID|1||7||Very long na#^\\P\\1\r");
        message.Header.Syntax.Truncation.ShouldBe('#');
        message["PID"][5].Component(2).Text.ShouldBe("#1");
    }

    [Fact]
    public void HL7_null_is_not_empty()
    {
        var pid = AdtSample.Message("MSH|^~\\&|A\rPID|\"\"||x\r")["PID"];
        pid[1].IsNull.ShouldBeTrue();
        pid[1].Text.ShouldBe("");
        pid[1].IsEmpty.ShouldBeFalse();
        pid[2].IsNull.ShouldBeFalse();
        pid[2].IsEmpty.ShouldBeTrue();
    }

    [Fact]
    public void Segments_of_one_name_and_of_local_names_keep_their_order()
    {
        var message = AdtSample.Message(AdtSample.Text("A17"));
        message.All("PID").Select(pid => pid[3].Text).ShouldBe(["00421", "00777"]);
        message["ZXX"][1].Text.ShouldBe("local");
        message["OBX"].IsAbsent.ShouldBeTrue();
        message["OBX"][5].Text.ShouldBe("");
    }

    [Theory]
    [InlineData("", "message-empty", 0)]
    [InlineData(" \r\n \0", "message-empty", 0)]
    [InlineData("PID|1", "header-missing", 0)]
    [InlineData("FHS|^~\\&|A\rBHS|^~\\&|A\rMSH|^~\\&|A", "header-missing", 0)]
    [InlineData("GET / HTTP/1.1\r\n\r\n", "header-missing", 0)]
    [InlineData("MSH", "delimiters-unusable", 1)]
    [InlineData("MSHxABCDx", "delimiters-unusable", 1)]
    [InlineData("MSH||REG", "field-missing", 2)]
    [InlineData("MSH|^^\\&|REG", "delimiters-unusable", 2)]
    [InlineData("MSH|^|~\\&", "", 0)]
    [InlineData("MSH|^~\\&#!|REG", "delimiters-unusable", 2)]
    [InlineData("MSH|^~\\|&|REG", "", 0)]
    [InlineData("MSH|^~a&|REG", "delimiters-unusable", 2)]
    [InlineData("MSH|^~\\&|A\rPID|1\rMSH|^~\\&|B", "second-message", 0)]
    public void What_is_no_message_has_a_fault_that_says_where(string text, string code, int field)
    {
        var fault = Hl7Message.Read(Encoding.UTF8.GetBytes(text)).Fault;
        (fault?.Code ?? "").ShouldBe(code);
        (fault?.Field ?? 0).ShouldBe(field);
        (fault?.Segment ?? "MSH").ShouldBe("MSH");
    }

    [Fact]
    public void Ten_megabytes_are_read_and_more_than_the_limit_is_refused_with_its_control_id()
    {
        var large = Encoding.UTF8.GetBytes(A01 + "NTE|1||" + new string('x', 10_000_000) + "\r");
        AdtSample.Message(large)["NTE"][3].Text.Length.ShouldBe(10_000_000);
        var reading = Hl7Message.Read(large, mostBytes: 1_000_000);
        reading.Fault!.Code.ShouldBe("message-too-large");
        reading.Header.Msh[10].Text.ShouldBe("MSGA01");
    }

    [Fact]
    public void A_line_that_is_no_segment_marks_the_one_before_as_broken()
    {
        var message = AdtSample.Message("MSH|^~\\&|A\rNTE|1||one\n two\rPV1|1\r");
        message["NTE"].IsBroken.ShouldBeTrue();
        message["PV1"].IsBroken.ShouldBeFalse();
        message.Segments.Count.ShouldBe(3);
    }
}
