using Handoff.Domain.Groups;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Units;

namespace Handoff.Domain.Timeline;

/// <summary>Lanes above each other on one time axis, with the shifts behind them.</summary>
/// <param name="Shifts">Oldest first.</param>
public sealed record Chart(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<Lane> Lanes, IReadOnlyList<DatedShift> Shifts)
{
    public static Chart FromHistory(History history, DateTimeOffset from, DateTimeOffset to, Unit unit)
    {
        List<Entry> standing = [.. history.Entries.Where(e => !e.IsStruck && e.At <= to).Reverse()];
        return new(
            from,
            to,
            [
                Level(standing, from, to),
                Sleep(history, from, to),
                Meals(standing, from),
                Mood(standing, from),
                Participation(history, from, to),
                Incidents(standing, from),
            ],
            [.. On(unit, from, to)]
        );
    }

    /// <summary>The share of the axis at an instant, from 0 to 1.</summary>
    public double Share(DateTimeOffset at) => Math.Clamp((at - From) / (To - From), 0, 1);

    private static Lane Level(List<Entry> entries, DateTimeOffset from, DateTimeOffset to)
    {
        var steps = entries.Select(e => (Entry: e, Step: Stepped(e.Event))).Where(e => e.Step is not null).ToList();
        var marks = steps.Select(
            (one, i) =>
                new Mark(
                    one.Entry.At,
                    i + 1 < steps.Count ? steps[i + 1].Entry.At : to,
                    one.Step!.Value.Value,
                    one.Step.Value.Words,
                    one.Entry.Id
                )
        );
        return new("Observation level", [.. marks.Where(m => m.To > from && m.Words.Length > 0)], (int)ObservationLevel.TwoToOne + 1);
    }

    // The end of the checks ends the line.
    private static (double Value, string Words)? Stepped(Event happened) =>
        happened switch
        {
            RoundingBegan e => ((int)e.Level + 1, e.LevelName),
            ObservationLevelOrdered e => ((int)e.Level + 1, e.LevelName),
            RoundingEnded => (0, ""),
            _ => null,
        };

    // Asleep at two sightings is asleep in between, if the second came within the limit that held; else the time between them is not known.
    // Nor is what came before the
    // first sighting or after the last one, as soon as it was longer than the limit: nobody who was not seen was awake.
    private static Lane Sleep(History history, DateTimeOffset from, DateTimeOffset to)
    {
        List<Entry> entries = [.. history.Entries.Where(e => !e.IsStruck && e.At <= to + ObservationLevel.Q60.UsualLimit()).Reverse()];
        var marks = new List<Mark>();
        var (begins, first) = (from - ObservationLevel.Q60.UsualLimit(), history.Entries is [.., var oldest] ? oldest.At : to);
        var (last, since, until) = ((Entry?)null, first > begins ? first : begins, first > begins ? first + Beginning(entries) : begins);
        foreach (var entry in entries.Where(e => e.At >= begins))
        {
            if (entry.Event is SafetyChecked { IsSighting: true, WhileAway: false } check)
            {
                Between(last ?? entry, since, until, entry, marks);
                (last, since, until) = (entry, entry.At, check.Due.Limit);
            }
            else if (last is not null && entry.At <= until && Known(last.At, entry.Event) is { } known)
            {
                until = known;
            }
        }

        if (to > until && (last ?? entries.FirstOrDefault()) is { } nothingAfter)
        {
            marks.Add(new(since, to, 1, "", nothingAfter.Id, IsUnknown: true));
        }

        return new(
            "Asleep",
            [
                .. marks
                    .Where(m => m.To > from && m.From <= to)
                    .Select(m =>
                        m with
                        {
                            Words = m.IsUnknown ? $"not known, {UnitTime.Span(m.To!.Value - m.From)}" : UnitTime.Span(m.To!.Value - m.From),
                        }
                    ),
            ],
            1
        );
    }

    // Within the first limit somebody looks for the first time.
    private static TimeSpan Beginning(List<Entry> entries) =>
        TimeSpan.FromMinutes(entries.Select(e => e.Event).OfType<RoundingBegan>().FirstOrDefault()?.LimitMinutes ?? 0);

    private static void Between(Entry last, DateTimeOffset since, DateTimeOffset until, Entry next, List<Mark> marks)
    {
        if (next.At > until)
        {
            marks.Add(new(since, next.At, 1, "", last.Id, IsUnknown: true));
        }
        else if (last == next || !IsAsleep(last) || !IsAsleep(next))
        {
            return;
        }
        else if (marks is [.., { IsUnknown: false } open] && open.To == last.At)
        {
            marks[^1] = open with { To = next.At };
        }
        else
        {
            marks.Add(new(last.At, next.At, 1, "", last.Id));
        }
    }

    // How long a sighting says something, where the window is set anew while checks go on: never longer than the limit after it. A pause, a
    // leave and the end of the checks end it.
    private static DateTimeOffset? Known(DateTimeOffset seen, Event happened) =>
        happened switch
        {
            RoundingBegan e => Earlier(seen.AddMinutes(e.LimitMinutes), e.Due.Limit),
            RoundingMoved { Due: { } due } e => Earlier(seen.AddMinutes(e.LimitMinutes), due.Limit),
            ObservationLevelOrdered { Due: { } due } e => Earlier(seen.AddMinutes(e.LimitMinutes), due.Limit),
            ObservationPaused or RoundingEnded => happened.OccurredAt,
            _ => null,
        };

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private static bool IsAsleep(Entry check) => ((SafetyChecked)check.Event).IsAsleep;

    private static Lane Meals(List<Entry> entries, DateTimeOffset from) =>
        Points(
            "Meals",
            100,
            entries,
            from,
            e => e is MealRecorded meal ? (meal.Percent, $"{meal.Meal} {Status.Meals.Eaten(meal.Percent, meal.IsDeclined)}") : null
        );

    private static Lane Mood(List<Entry> entries, DateTimeOffset from) =>
        Points(
            "Mood",
            Behavior.Most,
            entries,
            from,
            e =>
                e is BehaviorObserved { Domain: BehaviorDomain.Mood } mood
                    ? (mood.Intensity, $"{mood.Descriptor}, {Behavior.Words(mood.Intensity)}")
                    : null
        );

    // A corrected attendance stands as it was corrected last.
    private static Lane Participation(History history, DateTimeOffset from, DateTimeOffset to) =>
        new(
            "Participation in groups",
            [
                .. history
                    .Entries.Reverse()
                    .Where(e => e.Event is AttendanceRecorded && e.At >= from && e.At <= to)
                    .Select(e => (Entry: e, Said: Reads(e)!))
                    .Where(one => one.Said is not null)
                    .Select(one => new Mark(
                        one.Entry.At,
                        null,
                        one.Said.Participation ?? 0,
                        one.Said.Sentence(((AttendanceRecorded)one.Entry.Event).Topic, one.Said.MinutesGiven),
                        one.Entry.Id
                    )),
            ],
            AttendanceEntry.MostParticipation
        );

    // As it stands now: as it was corrected last; null if it was made in error.
    private static AttendanceEntry? Reads(Entry entry) =>
        !entry.IsStruck
            ? ((AttendanceRecorded)entry.Event).Entry
            : (entry.Amendments.LastOrDefault(a => a.Event.Amends()!.IsStruck)?.Event as AttendanceCorrected)?.Entry;

    private static Lane Incidents(List<Entry> entries, DateTimeOffset from) =>
        Points("Incidents", 1, entries, from, e => e is IncidentPatientInvolved incident ? (1, incident.IncidentKind.Words()) : null);

    private static Lane Points(
        string name,
        double most,
        List<Entry> entries,
        DateTimeOffset from,
        Func<Event, (double Value, string Words)?> of
    ) =>
        new(
            name,
            [
                .. entries
                    .Where(e => e.At >= from)
                    .Select(e => of(e.Event) is { } point ? new Mark(e.At, null, point.Value, point.Words, e.Id) : null)
                    .OfType<Mark>(),
            ],
            most
        );

    private static IEnumerable<DatedShift> On(Unit unit, DateTimeOffset from, DateTimeOffset to)
    {
        for (var shift = unit.ShiftAt(from); shift is not null && shift.Starts < to; shift = unit.ShiftAt(shift.Ends))
        {
            yield return shift;
            if (shift.Ends <= shift.Starts)
            {
                yield break;
            }
        }
    }
}
