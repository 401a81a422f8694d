using Handoff.Domain.Feeds;

namespace Handoff.Web.Feeds;

/// <summary>A held message as it is listed: nothing of its content.</summary>
public sealed record HeldLine(string Id, string Sender, string ControlId, string Trigger, DateTimeOffset ReceivedAt, Fault Fault);

/// <summary>A held message, whole.</summary>
/// <param name="Text">In its own character set, segment by segment, one per line.</param>
/// <param name="IsTooLong">Too long to be mended in a page; it can still be tried as it came.</param>
public sealed record HeldText(HeldLine Line, string Text, string Answer, bool IsTooLong)
{
    public static string Where(Fault fault) => (fault.Segment, fault.Field) switch
    {
        (null, _) => "the message",
        (var segment, null) => segment,
        var (segment, field) => $"{segment}-{field}",
    };
}
