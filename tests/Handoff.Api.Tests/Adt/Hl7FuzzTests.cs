using System.Text;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Hl7;

namespace Handoff.Api.Tests.Adt;

public class Hl7FuzzTests
{
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2024-03-10T12:06:00-04:00");

    private static readonly byte[][] Seeds =
    [
        .. Enum.GetNames<AdtTrigger>().SelectMany(trigger => AdtSample.Versions.Select(version => AdtSample.Bytes(trigger, version))),
        .. Enum.GetNames<AdtTrigger>().Select(trigger => Encoding.Unicode.GetBytes(AdtSample.Text(trigger, charset: "UNICODE UTF-16"))),
        .. Enum.GetNames<AdtTrigger>().Select(trigger => Encoding.BigEndianUnicode.GetBytes(AdtSample.Text(trigger))),
        Encoding.Latin1.GetBytes(AdtSample.Text("A01", charset: "8859/7").Replace("DOE", "\\C2D41\\\u00c4\u00d6\\XFF\\")),
        Encoding.UTF8.GetBytes(AdtSample.Text("A08", charset: "UNICODE UTF-8").Replace("DOE", "李🙂\\.br\\\\T\\\"\"")),
    ];

    private static readonly byte[][] Splices =
    [
        [0],
        [0x0B],
        [0x1C, 0x0D],
        [0xFF, 0xFE],
        [0xFE, 0xFF],
        [0xEF, 0xBB, 0xBF],
        [0xC3],
        [0xED, 0xA0, 0x80],
        [0xF4, 0x90],
        .. (
            (string[])
                [
                    "|",
                    "^",
                    "~",
                    "\\",
                    "&",
                    "\r",
                    "\n",
                    "\r\n",
                    "\"\"",
                    "MSH|^~\\&|",
                    "MSH",
                    "PID|",
                    "\rPV1|",
                    "\\X",
                    "\\X00\\",
                    "\\C2D4C\\",
                    "\\M",
                    "8859/",
                    "UNICODE",
                    "99999999",
                    "20241103013000",
                    "+9999",
                    "-1400",
                    "ADT^",
                    "2147483648",
                    "\u0660",
                    " ",
                ]
        ).Select(Encoding.UTF8.GetBytes),
    ];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Any_bytes_are_a_message_or_a_fault_and_get_an_answer_that_can_be_read(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 2500; round++)
        {
            Answered(Mutated(random));
        }
    }

    [Fact]
    public void Pure_noise_is_answered_too()
    {
        var random = new Random(5);
        for (var round = 0; round < 2000; round++)
        {
            var noise = new byte[random.Next(0, 200)];
            random.NextBytes(noise);
            Answered(noise);
            Answered([.. "MSH|^~\\&|"u8, .. noise]);
        }
    }

    [Fact]
    public void Every_beginning_of_a_message_is_answered()
    {
        var whole = AdtSample.Bytes("A17");
        for (var length = 0; length <= whole.Length; length++)
        {
            Answered(whole[..length]);
        }
    }

    [Theory]
    [InlineData('|')]
    [InlineData('~')]
    [InlineData('\\')]
    [InlineData('\r')]
    [InlineData('^')]
    [InlineData('M')]
    public void A_megabyte_of_one_character_is_answered(char c)
    {
        var filler = new string(c, 1_000_000);
        Answered(Encoding.UTF8.GetBytes(filler));
        Answered(Encoding.UTF8.GetBytes(AdtSample.Text("A01").Replace("00421", filler)));
        Answered(Encoding.UTF8.GetBytes(AdtSample.Text("A01").Replace("MSGA01", filler)));
    }

    private static byte[] Mutated(Random random)
    {
        List<byte> bytes = [.. Seeds[random.Next(Seeds.Length)]];
        for (var times = random.Next(1, 6); times > 0; times--)
        {
            Mutate(bytes, random);
        }

        return [.. bytes];
    }

    private static void Mutate(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(1, 40), bytes.Count - at);
        switch (random.Next(6))
        {
            case 0:
                bytes.RemoveRange(at, bytes.Count - at);
                break;
            case 1:
                bytes.RemoveRange(at, length);
                break;
            case 2:
                bytes.InsertRange(at, Splices[random.Next(Splices.Length)]);
                break;
            case 3:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 4 when length > 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            default:
                bytes.Insert(at, (byte)random.Next(256));
                break;
        }
    }

    private static void Answered(byte[] bytes)
    {
        var reading = Hl7Message.Read(bytes);
        (reading.Message is null).ShouldBe(reading.Fault is not null);
        var faults = reading.Message is { } message ? Read(message) : [reading.Fault!];
        var answer =
            faults.Count == 0
                ? Acknowledgement.Accept(reading.Header, Noon, "1")
                : Acknowledgement.Refuse(reading.Header, Noon, "1", faults);

        var back = Hl7Message.Read(answer);
        back.Fault.ShouldBeNull();
        back.Message!["MSA"][1]
            .Text.ShouldBe(
                faults.Count == 0 ? "AA"
                : faults.Any(fault => fault.Answer == AckCode.AR) ? "AR"
                : "AE"
            );
        back.Message.Segments.Count.ShouldBe(2 + faults.Count);
    }

    private static IReadOnlyList<Hl7Fault> Read(Hl7Message message)
    {
        var reading = AdtEvent.Read(message, AdtSample.NewYork);
        (reading.Event is null).ShouldBe(reading.Faults.Count > 0);
        reading.Faults.ShouldAllBe(fault => fault.Code != "" && fault.Segment.Length == 3);
        return reading.Faults;
    }
}
