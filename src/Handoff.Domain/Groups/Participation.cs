using Handoff.Domain.Stays;

namespace Handoff.Domain.Groups;

/// <summary>One session that took place while the patient was there, and their part in it.</summary>
/// <param name="Entry">Null if nothing was recorded of this patient.</param>
/// <param name="Minutes">How long they took part; null if it isn't known.</param>
public sealed record PartTaken(Guid Session, DateTimeOffset Starts, GroupType Type, string Topic, AttendanceEntry? Entry, int? Minutes)
{
    public bool IsPresent => Entry?.Status.IsPresent() == true;
}

/// <summary>One patient's groups over some days: what took place while they were there, the latest first.</summary>
public sealed record Participation(IReadOnlyList<PartTaken> Sessions)
{
    /// <summary>Groups missed for this long are said on the board.</summary>
    public static readonly TimeSpan Noticed = TimeSpan.FromDays(2);

    public static readonly Participation None = new([]);

    public int Held => Sessions.Count;

    public int Attended => Sessions.Count(s => s.IsPresent);

    public int Minutes => Sessions.Sum(s => s.Minutes ?? 0);

    /// <summary>Of the sessions that took place, how many percent they took part in; null if there was none.</summary>
    public int? Percent => Held == 0 ? null : (int)Math.Round(100.0 * Attended / Held);

    /// <summary>The mean of 0 to 4, where it was said; null if it never was.</summary>
    public double? Level => Sessions.Average(s => (double?)s.Entry?.Participation);

    /// <param name="sessions">Any sessions; those that count are chosen from them.</param>
    public static Participation ForStay(Stay stay, IEnumerable<Group> sessions, DateTimeOffset from, DateTimeOffset to) =>
        new([
            .. from session in sessions
            where session.IsHeld() && session.Begin() >= @from && session.Begin() <= to && session.WasThere(stay)
            orderby session.Begin() descending
            let entry = session.AttendanceOf(stay.Id)?.Entry
            select new PartTaken(
                session.Id,
                session.Begin(),
                session.Type,
                session.Topic,
                entry,
                entry is null ? null : session.Minutes(entry)
            ),
        ]);

    /// <summary>
    /// Whether the patient, here for two days, took part in none of the groups that took place on at least two dates of them.
    /// </summary>
    public static bool IsMissing(Stay stay, IEnumerable<Group> sessions, DateTimeOffset now)
    {
        var since = now - Noticed;
        if (!stay.IsHere() || stay.Leave is not null || stay.AdmittedAt > since)
        {
            return false;
        }

        var recent = ForStay(stay, sessions, since, now).Sessions;
        return recent.DistinctBy(s => s.Starts.Date).Count() >= 2 && recent.All(s => !s.IsPresent);
    }
}

public static class Presence
{
    /// <summary>Whether the patient was on the session's unit while it lasted, wherever they are now.</summary>
    public static bool WasThere(this Group session, Stay stay) =>
        stay.IsKnown()
        && !stay.IsCancelled
        && !(stay.DischargedAt <= session.Begin())
        && stay.Placements.Index()
            .Any(p => p.Item.Unit == session.Unit && p.Item.Since < session.End() && !(Next(stay, p.Index) <= session.Begin()));

    private static DateTimeOffset? Next(Stay stay, int index) =>
        index + 1 < stay.Placements.Count ? stay.Placements[index + 1].Since : null;
}
