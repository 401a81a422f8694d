using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Groups;

// Command: the whole grid in one.

/// <summary>One row of the grid as somebody filled it in. Without a status and anything else it says nothing.</summary>
/// <param name="Arrived">To the minute.</param>
/// <param name="Left">To the minute.</param>
/// <param name="Minutes">Minutes taken part, where they are not what the times say.</param>
/// <param name="Was">The entry that was shown when the row was filled in; null if there was none. What somebody else changed since is kept.</param>
/// <param name="IsInError">The entry that was shown was not about this member: it is taken back.</param>
public sealed record AttendanceRow(
    Guid Stay,
    AttendanceStatus? Status = null,
    DateTimeOffset? Arrived = null,
    DateTimeOffset? Left = null,
    int? Minutes = null,
    int? Participation = null,
    string? Response = null,
    string? Quote = null,
    Guid? Was = null,
    bool IsInError = false
);

/// <summary>
/// Record who took part. Rows that say what is recorded already record nothing; two people's rows are merged field by field, and only
/// a field that both changed is refused. Being off the unit here pauses no safety check.
/// </summary>
/// <param name="Reason">Why entries are corrected; needed once the session is over.</param>
public sealed record RecordAttendance(IReadOnlyList<AttendanceRow>? Rows, string? Reason = null) : Command<Group>
{
    private const int MostRows = 200;

    public override Permission Permission => Permission.RecordAttendance;

    public override IEnumerable<string> Needs(Group state, Facts facts) =>
        [.. GroupRules.NeedsUnit(state), .. Given().Take(MostRows).Select(row => StreamId.For(StateKind<Stay>.Name, row.Stay)).Distinct()];

    public override Decision Decide(Group state, Situation now)
    {
        var rows = Given();
        return state switch
        {
            _ when GroupRules.NotOn(state) is { } refusal => refusal,
            _ when rows.Count == 0 => Refusal.Missing("rows", "Say who took part."),
            _ when rows.Count > MostRows => Refusal.Invalid("rows-too-many", $"At most {MostRows} members at once.", "rows"),
            _ when rows.DistinctBy(r => r.Stay).Count() < rows.Count => Refusal.Invalid(
                "stay-twice",
                "A member stands in two rows.",
                "rows"
            ),
            _ when GroupRules.TooEarly(state, now.Now) is { } refusal => refusal with { Field = null },
            _ when Text.TooLong(Text.Line(Reason), Text.RemarkLimit, "reason") is { } refusal => refusal,
            _ => Decided([.. rows.Select(row => new FilledRow(row, state, Text.Line(Reason), now).Decide())]),
        };
    }

    private List<AttendanceRow> Given() => [.. (Rows ?? []).OfType<AttendanceRow>()];

    private static Decision Decided(List<Decision> rows) =>
        rows.FirstOrDefault(r => r.Refusal is not null) ?? [.. rows.SelectMany(r => r.Events)];
}

/// <summary>One row, decided on its own.</summary>
internal sealed record FilledRow(AttendanceRow Row, Group Group, string? Reason, Situation Now)
{
    private Attendance? Stands => Group.Of(Row.Stay);

    private AttendanceEntry? Shown =>
        Row.Was is { } was ? Group.Attendance.Concat(Group.Earlier).FirstOrDefault(a => a.Id == was)?.Entry : null;

    public Decision Decide()
    {
        var merged = Merge();
        return this switch
        {
            { Row.IsInError: true } => InError(),
            _ when merged.Conflict is { } field => Changed(field),
            _ when merged.Cells.Entry() == Stands?.Entry && merged.Cells.IsWhole() => [],
            _ when merged.Cells.Status is null => Missing(
                "status",
                "Say whether the patient took part, or mark the entry as made in error."
            ),
            _ when Wrong(merged.Cells) is { } refusal => refusal,
            _ when NotThere() is { } refusal => refusal,
            { Stands: { } stands } => Corrected(stands, merged.Cells.Entry()!),
            _ => new AttendanceRecorded(At(), Row.Stay, Group.Type, Group.Topic, merged.Cells.Entry()!, Minutes(merged.Cells.Entry()!)),
        };
    }

    private (Cells Cells, string? Conflict) Merge() =>
        Cells.Merge(Cells.Of(Row, GroupRules.Time(Group, Now)), Cells.Of(Shown), Cells.Of(Stands?.Entry));

    private Decision Corrected(Attendance stands, AttendanceEntry entry) =>
        Reason is null && Group.IsOver(Now.Now)
            ? NeedsReason
            : new AttendanceCorrected(Local(Now.Now), Row.Stay, Group.Type, Group.Topic, entry, Minutes(entry), stands.Id, Reason);

    private Decision InError() =>
        this switch
        {
            { Stands: null } => [],
            _ when Stands.Id != Row.Was => Changed("status"),
            { Reason: null } => NeedsReason,
            _ => new AttendanceEnteredInError(Local(Now.Now), Row.Stay, Group.Topic, Stands.Id, Reason),
        };

    private Refusal? Wrong(Cells cells) =>
        cells switch
        {
            { Participation: < 0 or > AttendanceEntry.MostParticipation } => Invalid(
                "participation",
                "participation-out-of-range",
                "Participation goes from 0 to 4."
            ),
            { Minutes: < 0 or > 600 } => Invalid("minutes", "minutes-out-of-range", "Give the minutes as 0 to 600."),
            _ when cells.Arrived >= Group.End() || cells.Arrived < Group.Begin() - GroupRules.Early => Invalid(
                "arrived",
                "arrived-outside-group",
                "That is not within the session. Check the time."
            ),
            _ when cells.Left <= (cells.Arrived ?? Group.Begin()) => Invalid(
                "left",
                "left-before-arrival",
                "That is before they came. Check both times."
            ),
            _ when cells.Left > Now.Now + Situation.ClockSkew => Invalid(
                "left",
                "time-in-future",
                "That time has not come yet. Check the clock."
            ),
            _ => Text.TooLong(cells.Response, Text.RemarkLimit, Field("response"))
                ?? Text.TooLong(cells.Quote, Text.RemarkLimit, Field("quote")),
        };

    // Somebody who was moved or discharged since may still be recorded: they were there.
    private Refusal? NotThere() =>
        Group.WasThere(Now.Facts.Of<Stay>(Row.Stay.ToString()))
            ? null
            : new("not-on-unit", "This patient was not on the unit at the time of the session.", Field("status"));

    private Refusal Changed(string field) =>
        new(
            "row-changed-meanwhile",
            $"{Stands?.By ?? "Somebody"} changed this meanwhile{(Stands is null ? "" : $" to “{Cells.Of(Stands.Entry).Words(field, GroupRules.Time(Group, Now))}”")}. Save again if yours stands.",
            Field(field)
        );

    private static Refusal NeedsReason => Refusal.Missing("reason", "The session is over: say why the entry is corrected.");

    private Refusal Missing(string field, string says) => Refusal.Invalid($"{field}-missing", says, Field(field));

    private Refusal Invalid(string field, string code, string says) => Refusal.Invalid(code, says, Field(field));

    private string Field(string name) => $"rows.{Row.Stay}.{name}";

    // It is written down after the session as a rule: then it happened until the session's end.
    private DateTimeOffset At() => Local(Group.End() < Now.Now ? Group.End() : Now.Now);

    private int? Minutes(AttendanceEntry entry) => entry.MinutesGiven is not null || Group.IsOver(Now.Now) ? Group.Minutes(entry) : null;

    private DateTimeOffset Local(DateTimeOffset at) => GroupRules.Time(Group, Now).Local(at);
}

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

    public static Cells Of(AttendanceRow row, UnitTime time) =>
        new Cells(
            row.Status,
            Minute(row.Arrived, time),
            Minute(row.Left, time),
            row.Minutes,
            row.Participation,
            Text.Line(row.Response),
            Text.Line(row.Quote)
        ).Fit();

    public static Cells Of(AttendanceEntry? entry) =>
        entry is null
            ? None
            : new(entry.Status, entry.Arrived, entry.Left, entry.MinutesGiven, entry.Participation, entry.Response, entry.Quote);

    /// <summary>What was changed of what was shown, on what stands; and the first field that both changed, each to something else.</summary>
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
