using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Groups;

/// <summary>The fields of a row, each of which may be empty.</summary>
internal sealed record Cells(
    AttendanceStatus? Status,
    DateTimeOffset? Arrived,
    DateTimeOffset? Left,
    int? Minutes,
    int? Participation,
    string? Response,
    string? Quote
)
{
    private static readonly Cells None = new(null, null, null, null, null, null, null);

    public static Cells FromRow(AttendanceRow row, UnitTime time) =>
        new Cells(
            row.Status,
            Minute(row.Arrived, time),
            Minute(row.Left, time),
            row.Minutes,
            row.Participation,
            Text.Line(row.Response),
            Text.Line(row.Quote)
        ).Fit();

    public static Cells FromEntry(AttendanceEntry? entry) =>
        entry is null
            ? None
            : new(entry.Status, entry.Arrived, entry.Left, entry.MinutesGiven, entry.Participation, entry.Response, entry.Quote);

    /// <summary>
    /// What was changed of what was shown, on what stands; and the first field that both changed, each to something else.
    /// </summary>
    public static (Cells Cells, string? Conflict) Merge(Cells mine, Cells shown, Cells stands)
    {
        string? conflict = null;
        var merged = new Cells(
            One(mine.Status, shown.Status, stands.Status, "status"),
            One(mine.Arrived, shown.Arrived, stands.Arrived, "arrived"),
            One(mine.Left, shown.Left, stands.Left, "left"),
            One(mine.Minutes, shown.Minutes, stands.Minutes, "minutes"),
            One(mine.Participation, shown.Participation, stands.Participation, "participation"),
            One(mine.Response, shown.Response, stands.Response, "response"),
            One(mine.Quote, shown.Quote, stands.Quote, "quote")
        );
        return (merged.Fit(), conflict ?? (merged.Fit() == merged ? null : "status"));

        T One<T>(T mine, T shown, T stands, string field)
        {
            var (isMine, isTheirs) = (!Equals(mine, shown), !Equals(stands, shown));
            conflict ??= isMine && isTheirs && !Equals(mine, stands) ? field : null;
            return isMine ? mine : stands;
        }
    }

    /// <summary>Null without a status.</summary>
    public AttendanceEntry? Entry() => Status is { } status ? new(status, Arrived, Left, Minutes, Participation, Response, Quote) : null;

    /// <summary>Whether nothing is said that would need a status.</summary>
    public bool IsWhole() => Status is not null || this == None;

    /// <summary>A field as people read it.</summary>
    public string Words(string field, UnitTime time) =>
        (
            field switch
            {
                "status" => Status?.Words(),
                "arrived" => Arrived is { } at ? time.Clock(at) : null,
                "left" => Left is { } at ? time.Clock(at) : null,
                "minutes" => Minutes?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "participation" => Participation?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                "response" => Response,
                _ => Quote,
            }
        ) ?? "nothing";

    private Cells Fit() =>
        Status?.IsPresent() == false ? this with { Arrived = null, Left = null, Minutes = null, Participation = null } : this;

    private static DateTimeOffset? Minute(DateTimeOffset? at, UnitTime time) =>
        at is { } instant ? time.Local(instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMinute))) : null;
}
