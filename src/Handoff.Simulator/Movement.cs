using System.Globalization;
using Handoff.Domain.Boards;

namespace Handoff.Simulator;

/// <summary>What the hospital's feed says of one patient, and how it says it: an HL7 v2.5.1 ADT message.</summary>
/// <param name="Mrn">Medical record number.</param>
public sealed record Movement(string Mrn, string Family, string Given)
{
    /// <summary>A01, A02, A03, A21 or A22.</summary>
    public string Trigger { get; init; } = "";

    public string ControlId { get; init; } = "";

    /// <summary>When it happened, by the service's clock.</summary>
    public DateTimeOffset At { get; init; }

    public string Unit { get; init; } = "";

    public string? Bed { get; init; }

    /// <summary>Where the patient was before a transfer.</summary>
    public string? FromBed { get; init; }

    /// <summary>When a patient on leave is expected back.</summary>
    public DateTimeOffset? Returns { get; init; }

    public DateOnly? Born { get; init; }

    public string? Sex { get; init; }

    /// <summary>Of a patient who is on the board.</summary>
    public static Movement ForCard(BoardCard card, string unit)
    {
        var name = card.Name.Split(", ", 2);
        return new(card.Mrn ?? "", name[0], name.Length > 1 ? name[1] : "") { Unit = unit, Bed = card.Bed };
    }

    /// <summary>The message, segments ended by CR.</summary>
    public string Text()
    {
        string[] segments =
        [
            $@"MSH|^~\&|SIMULATE|WARD|HANDOFF|WARD|{Time(At)}||ADT^{Trigger}^{Structure}|{ControlId}|P|2.5.1||||||UNICODE UTF-8",
            $"EVN|{Trigger}|{Time(At)}||||{Time(At)}",
            $"PID|1||{Said(Mrn)}^^^SIMULATE^MR||{Said(Family)}^{Said(Given)}||"
                + $"{Born?.ToString("yyyyMMdd", CultureInfo.InvariantCulture)}|{Sex}",
            $"PV1|1|I|{Place(Bed)}|||{(FromBed is null ? "" : Place(FromBed))}".TrimEnd('|'),
            Returns is { } returns ? "PV2|" + new string('|', 46) + Time(returns) : "",
        ];
        return string.Concat(segments.Where(s => s.Length > 0).Select(s => s + '\r'));
    }

    private string Structure =>
        Trigger is "A21" or "A22" ? "ADT_A21"
        : Trigger is "A01" ? "ADT_A01"
        : "ADT_" + Trigger;

    // Unit, room and bed: 201A is bed A of room 201, and 301 a room with one bed.
    private string Place(string? bed)
    {
        var room = (bed ?? "").TakeWhile(char.IsAsciiDigit).Count();
        return bed is null ? Said(Unit) : $"{Said(Unit)}^{Said(bed[..room])}^{Said(bed[room..])}".TrimEnd('^');
    }

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMddHHmmss.ffff'+0000'", CultureInfo.InvariantCulture);

    private static string Said(string text) =>
        text.Replace(@"\", @"\E\", StringComparison.Ordinal)
            .Replace("|", @"\F\", StringComparison.Ordinal)
            .Replace("^", @"\S\", StringComparison.Ordinal)
            .Replace("&", @"\T\", StringComparison.Ordinal)
            .Replace("~", @"\R\", StringComparison.Ordinal);
}
