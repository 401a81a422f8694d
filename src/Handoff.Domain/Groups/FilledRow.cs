using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Groups;

/// <summary>One row, decided on its own.</summary>
internal sealed record FilledRow(AttendanceRow Row, Group Group, string? Reason, DecisionContext Now)
{
    private Attendance? Stands => Group.AttendanceOf(Row.Stay);

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
        Cells.Merge(Cells.FromRow(Row, GroupRules.Time(Group, Now)), Cells.FromEntry(Shown), Cells.FromEntry(Stands?.Entry));

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
            _ when cells.Left > Now.Now + DecisionContext.ClockSkew => Invalid(
                "left",
                "time-in-future",
                "That time has not come yet. Check the clock."
            ),
            _ => Text.TooLong(cells.Response, Text.RemarkLimit, Field("response"))
                ?? Text.TooLong(cells.Quote, Text.RemarkLimit, Field("quote")),
        };

    // Somebody who was moved or discharged since may still be recorded: they were there.
    private Refusal? NotThere() =>
        Group.WasThere(Now.States.Get<Stay>(Row.Stay.ToString()))
            ? null
            : new("not-on-unit", "This patient was not on the unit at the time of the session.", Field("status"));

    private Refusal Changed(string field) =>
        new(
            "row-changed-meanwhile",
            $"{Stands?.By ?? "Somebody"} changed this "
                + $"meanwhile{(Stands is null ? "" : $" to “{Cells.FromEntry(Stands.Entry).Words(field, GroupRules.Time(Group, Now))}”")}"
                + ". Save again if yours stands.",
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
