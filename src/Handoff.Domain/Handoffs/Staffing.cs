using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>A shift that can be planned.</summary>
public sealed record PlannedShift(string Key, string Name, DateTimeOffset Starts, DateTimeOffset Ends, IReadOnlyList<Staff> People);

/// <summary>Who is to work a coming shift, who worked the last one like it, and who could take whom.</summary>
/// <param name="Coming">The shifts of the next days, the nearest first; who is planned is read of the chosen one only.</param>
/// <param name="Like">The last one like it on which somebody was: a week before, else the nearest before. Null if there was none.</param>
/// <param name="IsNext">It is on or comes next: patients can be assigned for it now.</param>
public sealed record Staffing(
    UnitHandoff Unit,
    PlannedShift Chosen,
    IReadOnlyList<PlannedShift> Coming,
    PlannedShift? Like,
    bool IsNext,
    IReadOnlyList<SuggestedAssignment> Suggested,
    IReadOnlyList<SuggestedLoad> Loads
)
{
    /// <summary>Shifts are planned so many days ahead on the page.</summary>
    public const int Days = 7;

    /// <summary>Shifts like one are looked for so many days back.</summary>
    public const int DaysBack = 14;

    /// <summary>The shifts of the coming days, the one that is on among them.</summary>
    public static IReadOnlyList<DatedShift> Ahead(Unit unit, DateTimeOffset now)
    {
        var today = DateOnly.FromDateTime(unit.Time().Local(now).DateTime);
        return
        [
            .. Enumerable
                .Range(-1, Days + 2)
                .SelectMany(day => unit.Shifts.Select(s => s.OnDate(today.AddDays(day), unit.Time())))
                .Where(s => s.Ends > now && s.Starts < now.AddDays(Days))
                .OrderBy(s => s.Starts),
        ];
    }

    /// <summary>The shifts of the same name before one: a week before first, then the nearest.</summary>
    public static IReadOnlyList<DatedShift> Alike(Unit unit, DatedShift shift, DateTimeOffset now) =>
        unit.Shifts.FirstOrDefault(s => s.Name == shift.Name) is not { } time
            ? []
            :
            [
                .. Enumerable
                    .Range(1, DaysBack)
                    .OrderBy(back => back == 7 ? 0 : back)
                    .Select(back => time.OnDate(shift.Date.AddDays(-back), unit.Time()))
                    .Where(s => s.Starts <= now),
            ];

    public static Staffing ForShift(
        UnitHandoff handoff,
        PlannedShift chosen,
        IReadOnlyList<PlannedShift> coming,
        PlannedShift? like,
        UnitTime time
    )
    {
        var suggested = Balance.Suggest(handoff.Patients, chosen.People, time);
        var next = coming.FirstOrDefault(s => s.Starts > handoff.AsOf);
        return new(
            handoff,
            chosen,
            coming,
            like,
            chosen.Starts <= handoff.AsOf || chosen.Starts <= next?.Starts,
            suggested,
            Balance.Loads(suggested, handoff.Patients)
        );
    }
}
