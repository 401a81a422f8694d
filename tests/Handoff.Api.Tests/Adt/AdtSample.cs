using System.Text;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Hl7;

namespace Handoff.Api.Tests.Adt;

/// <summary>Invented admissions as feeds of different ages send them. No person in them exists.</summary>
internal static class AdtSample
{
    internal static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    internal static readonly string[] Versions = ["2.1", "2.2", "2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", "2.7", "2.7.1", "2.8"];

    private static readonly string[] GivesUpNumbers =
    [
        "A18",
        "A30",
        "A34",
        "A36",
        "A39",
        "A42",
        "A43",
        "A44",
        "A45",
        "A46",
        "A47",
        "A49",
        "A50",
    ];

    internal const string Pid =
        "PID|1||00421^^^NORTH^MR~123-45-6789^^^USA^SS||DOE^JANE^Q^^^^L~JANIE^^^^^^N||19840229|F|||||||en^English|||ACC77";
    internal const string Pv1 = "PV1|1|I|3W^12^A^NORTH||||8812^ADLER^SAM||||||||||||V1001|||||||||||||||||||||||||20240309141500";

    internal static string Msh(string trigger, string version, string charset = "") =>
        $@"MSH|^~\&|REG|NORTH|HANDOFF|NORTH|20240310120500||{Kind(trigger, version)}|MSG{trigger}|P|{version}||||||{charset}".TrimEnd('|');

    internal static string Text(string trigger, string version = "2.5.1", string charset = "") =>
        string.Join('\r', Lines(trigger, version, charset)) + '\r';

    internal static byte[] Bytes(string trigger, string version = "2.5.1") => Encoding.UTF8.GetBytes(Text(trigger, version));

    internal static Hl7Message Message(string text) => Message(Encoding.UTF8.GetBytes(text));

    internal static Hl7Message Message(byte[] bytes)
    {
        var reading = Hl7Message.Read(bytes);
        reading.Fault.ShouldBeNull();
        return reading.Message.ShouldNotBeNull();
    }

    internal static AdtEvent Event(string text)
    {
        var reading = AdtEvent.Read(Message(text), NewYork);
        reading.Faults.ShouldBeEmpty();
        return reading.Event.ShouldNotBeNull();
    }

    internal static Hl7Fault Fault(string text)
    {
        var reading = AdtEvent.Read(Message(text), NewYork);
        reading.Event.ShouldBeNull();
        return reading.Faults.ShouldHaveSingleItem();
    }

    private static string Kind(string trigger, string version) =>
        version switch
        {
            "2.1" => "ADT",
            "2.2" or "2.3" => $"ADT^{trigger}",
            _ => $"ADT^{trigger}^ADT_{trigger}",
        };

    private static string[] Lines(string trigger, string version, string charset)
    {
        var (msh, evn) = (Msh(trigger, version, charset), $"EVN|{trigger}|20240310120400||||20240310115900");
        return trigger switch
        {
            "A02" or "A12" => [msh, evn, Pid, "PV1|1|I|4E^2^B^NORTH|||3W^12^A^NORTH"],
            "A03" => [msh, evn, Pid, Pv1 + "|20240310113000"],
            "A17" => [msh, evn, Pid, "PV1|1|I|3W^14^B", "PID|2||00777^^^NORTH^MR||ROE^RICHARD", "PV1|2|I|3W^12^A", "ZXX|local"],
            "A21" => [msh, evn, Pid, Pv1, "PV2|" + new string('|', 46) + "20240312180000-0400"],
            "A40" => [msh, evn, Pid, "MRG|00399^^^NORTH^MR"],
            _ when GivesUpNumbers.Contains(trigger) => [msh, evn, Pid, "MRG|00399^^^NORTH^MR||ACC7||V1000", Pv1],
            _ => [msh, evn, Pid, Pv1],
        };
    }
}
