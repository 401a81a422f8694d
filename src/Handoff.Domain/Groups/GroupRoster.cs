using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Groups;

/// <summary>One patient of a session's grid.</summary>
/// <param name="Away">Why they are not on the unit now, if so.</param>
/// <param name="Attendance">What stands; null if nothing is recorded.</param>
/// <param name="Minutes">How long they took part; null if it isn't known.</param>
/// <param name="Corrections">How many entries stood before it, up to the two that are remembered.</param>
public sealed record RosterRow(Guid Stay, string Name, string? Bed, string? Away, Attendance? Attendance, int? Minutes, int Corrections);

/// <summary>A session with its grid: whoever was on the unit while it lasted, by bed.</summary>
/// <param name="Version">The stream's version, for <c>If-Match</c>.</param>
/// <param name="SameTexts">Members whose responses are the same to 90 % or more: a warning.</param>
public sealed record GroupRoster(SessionLine Session, long Version, IReadOnlyList<RosterRow> Rows, IReadOnlyList<SameText> SameTexts)
{
    /// <param name="stays">The unit's patients, and those of whom something is recorded.</param>
    public static GroupRoster ForSession(Group session, long version, IEnumerable<Stay> stays, Unit unit)
    {
        var beds = unit.Beds.Index().ToDictionary(b => b.Item, b => b.Index);
        return new(
            SessionLine.ForSession(session),
            version,
            [
                .. from stay in stays.DistinctBy(s => s.Id)
                let entry = session.AttendanceOf(stay.Id)
                where entry is not null || session.WasThere(stay)
                let bed = stay.Where()?.Bed
                orderby bed is null ? int.MaxValue : beds.GetValueOrDefault(bed, int.MaxValue - 1), stay.Patient.Name(), stay.Id
                select Row(session, stay, bed, entry),
            ],
            Sameness.Among(session)
        );
    }

    private static RosterRow Row(Group session, Stay stay, string? bed, Attendance? entry) =>
        new(
            stay.Id,
            stay.Patient.Name(),
            bed,
            stay.IsHere() ? stay.Leave?.Kind.Words() : "discharged",
            entry,
            entry is null ? null : session.Minutes(entry.Entry),
            session.Earlier.Count(e => e.Stay == stay.Id)
        );
}
