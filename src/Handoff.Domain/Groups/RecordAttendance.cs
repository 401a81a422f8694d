using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Groups;

/// <summary>
/// Record who took part. Rows that say what is recorded already record nothing; two people's rows are merged field by field, and only
/// a field that both changed is refused. Being off the unit here pauses no safety check.
/// </summary>
/// <param name="Reason">Why entries are corrected; needed once the session is over.</param>
public sealed record RecordAttendance(IReadOnlyList<AttendanceRow>? Rows, string? Reason = null) : Command<Group>
{
    private const int MostRows = 200;

    public override Permission Permission => Permission.RecordAttendance;

    public override IEnumerable<string> Reads(Group state, LoadedStates facts) =>
        [.. GroupRules.NeedsUnit(state), .. Given().Take(MostRows).Select(row => StreamId.For(StateKind<Stay>.Name, row.Stay)).Distinct()];

    public override Decision Decide(Group state, DecisionContext now)
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
