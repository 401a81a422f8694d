using System.Text;
using Handoff.Simulator;

namespace Handoff.Api.Tests.Simulation;

public sealed class AckReaderTests
{
    private const string Header = "MSH|^~\\&|HANDOFF|UNIT|ADT|HOSPITAL|20261130||ACK^A01^ACK|1|P|2.5.1\r";

    [Fact]
    public void What_was_taken_has_no_fault_also_with_a_warning() =>
        Read(Header + "MSA|AA|7\rERR|||0|W|bed-unknown^No such bed\r").ShouldBe([new("AA", null)]);

    [Fact]
    public void What_was_refused_has_the_code_of_its_first_fault() =>
        Read(Header + "MSA|AE|7\rERR|||101|E|field-missing^PID-3\rERR|||101|E|other\r").ShouldBe([new("AE", "field-missing")]);

    [Fact]
    public void A_refusal_without_a_code_of_ours_has_the_acknowledgement_s() => Read(Header + "MSA|AR|7\r").ShouldBe([new("AR", "AR")]);

    [Fact]
    public void Each_message_of_a_batch_has_its_own() =>
        Read($"BHS|^~\\&\r{Header}MSA|AA|7\r{Header}MSA|AE|8\rERR|||207|E|stay-unknown\rBTS|2\r")
            .ShouldBe([new("AA", null), new("AE", "stay-unknown")]);

    [Fact]
    public void The_header_says_what_parts_the_fields() =>
        Read("MSH#*~\\&#HANDOFF\rMSA#AE#7\rERR###101#E#field-missing*PID\r").ShouldBe([new("AE", "field-missing")]);

    [Fact]
    public void What_is_no_acknowledgement_is_unreadable()
    {
        Read("").ShouldBe([new("none", "answer-unreadable")]);
        Read("<html>").ShouldBe([new("none", "answer-unreadable")]);
        Read(Header).ShouldBe([new("none", "answer-unreadable")]);
    }

    private static IReadOnlyList<Ack> Read(string answer) => AckReader.Read(Encoding.UTF8.GetBytes(answer));
}
