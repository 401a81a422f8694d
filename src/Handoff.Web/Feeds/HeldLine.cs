using Handoff.Domain.Feeds;
using Handoff.Domain.Stays;

namespace Handoff.Web.Feeds;

/// <summary>A held message as it is listed: nothing of its content.</summary>
public sealed record HeldLine(string Id, string Sender, string ControlId, string Trigger, DateTimeOffset ReceivedAt, Fault Fault);

/// <summary>Why messages are held, and how many for this cause.</summary>
/// <param name="Newest">The position of the newest that was counted.</param>
public sealed record CauseLine(string Code, string Says, int Count, DateTimeOffset First, DateTimeOffset Last, long Newest);

/// <summary>What a message that was tried would do.</summary>
public sealed record TriedLine(
    string Sender,
    string Trigger,
    string ControlId,
    IReadOnlyList<string> Patients,
    IReadOnlyList<string> WouldSay,
    string? Nothing,
    Fault? Fault,
    IReadOnlyList<string> Doubts
);

/// <summary>A held message, whole.</summary>
/// <param name="Says">Of a mismatch, who the message says that the patient is; <paramref name="Here"/> is whose the visit is here.</param>
/// <param name="Text">In its own character set, segment by segment, one per line.</param>
/// <param name="IsTooLong">Too long to be mended in a page; it can still be tried as it came.</param>
public sealed record HeldText(HeldLine Line, string Text, string Answer, bool IsTooLong, Identity? Says = null, Identity? Here = null)
{
    public static string Where(Fault fault) =>
        (fault.Segment, fault.Field) switch
        {
            (null, _) => "the message",
            (var segment, null) => segment,
            var (segment, field) => $"{segment}-{field}",
        };
}
