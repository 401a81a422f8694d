using System.Globalization;
using System.Text.RegularExpressions;
using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Notes;
using Handoff.Domain.Observations;
using Handoff.Domain.Timeline;

namespace Handoff.Honesty;

/// <summary>An entry as a timeline shows it.</summary>
internal sealed record ToldEntry(Guid Id, bool IsStruck, bool IsLate, string Sentence, IReadOnlyList<Guid> Amendments);

/// <summary>Compares what timeline, handoff and meeting say of one patient with what the raw events bear out.</summary>
internal sealed partial class StoryOracle(RawLog log, Guid stay, DateTimeOffset now)
{
    private readonly RawPatient patient = log.Patient(stay);

    /// <summary>
    /// Every event is told once, beside the entry that it amends or by itself; what no longer stands is struck, and nothing else is.
    /// </summary>
    public IEnumerable<Fault> Timeline(IReadOnlyList<ToldEntry> told) =>
        Told(told)
            .About(Area.Timeline)
            .Concat(told.SelectMany(Lateness).About(Area.Late))
            .Concat(told.SelectMany(Stands).About(Area.Struck));

    private IEnumerable<string> Told(IReadOnlyList<ToldEntry> told)
    {
        var shown = told.SelectMany(t => t.Amendments.Prepend(t.Id)).GroupBy(id => id).ToDictionary(g => g.Key, g => g.Count());
        foreach (var fact in patient.About.Select(f => f.Recorded))
        {
            var times = shown.GetValueOrDefault(fact.Id);
            if (times > 1 || (times == 0 && fact.Event.Significance() != Significance.Silent))
            {
                yield return $"timeline: {EventTypeRegistry.Domain.NameOf(fact.Event)} of {fact.Event.OccurredAt:HH:mm} "
                    + $"is told {times} times";
            }
        }
    }

    private IEnumerable<string> Lateness(ToldEntry entry) =>
        log.Fact(entry.Id) is { } fact && IsLate(fact) is { } late && late != entry.IsLate
            ?
            [
                $"timeline: {(entry.IsLate ? "late" : "not late")}, entered {UnitTime.Span(fact.At - fact.Event.OccurredAt)} "
                    + $"after: {entry.Sentence}",
            ]
            : [];

    private IEnumerable<string> Stands(ToldEntry entry) =>
        entry.IsStruck == patient.WasStruck(entry.Id) ? [] : [$"timeline: {(entry.IsStruck ? "struck" : "not struck")}: {entry.Sentence}"];

    /// <summary>A run of checks that is told in one line holds no gap that was too long, and says how long its longest was.</summary>
    public IEnumerable<Fault> Run(IReadOnlyList<Guid> checks, string words) => RunOf(checks, words).About(Area.Gap);

    private IEnumerable<string> RunOf(IReadOnlyList<Guid> checks, string words)
    {
        List<RawCheck> standing = [.. patient.Checks.Where(c => checks.Contains(c.Id))];
        var longest = standing.Zip(standing.Skip(1), (a, b) => b.At - a.At).Max();
        if (
            standing.Count != checks.Count
            || !words.StartsWith($"{standing.Count} checks", StringComparison.Ordinal)
            || !words.Contains($"longest gap {UnitTime.Span(longest)}", StringComparison.Ordinal)
        )
        {
            yield return $"timeline: \"{words}\", by the log {standing.Count} checks, longest gap {UnitTime.Span(longest)}";
        }

        foreach (
            var gap in patient.Clock.Gaps.Where(g =>
                g.MustBy < g.Until && standing.Any(c => c.At == g.From) && standing.Any(c => c.At == g.Until)
            )
        )
        {
            yield return $"timeline: \"{words}\" goes over {gap.From:HH:mm} to {gap.Until:HH:mm}, where somebody had to look by "
                + $"{gap.MustBy:HH:mm}";
        }
    }

    /// <summary>
    /// What is said to have been missed was, as far as anybody could know when it was said; and every gap that was too long is said.
    /// </summary>
    /// <param name="after">What was said up to that position has been looked at before.</param>
    public IEnumerable<Fault> Misses(long after = 0) => Claimed(after).About(Area.Gap).Concat(Hidden().About(Area.HiddenGap));

    private IEnumerable<string> Claimed(long after)
    {
        foreach (var fact in patient.About.Where(f => f.Position > after && f.Recorded.Event is CheckMissed))
        {
            var (missed, known) = ((CheckMissed)fact.Recorded.Event, log.Before(fact.Position).Patient(stay));
            var from = missed.OccurredAt.AddMinutes(-missed.LimitMinutes);
            if (known.Sightings.FirstOrDefault(c => c.At > from && c.At <= missed.OccurredAt) is { } seen)
            {
                yield return $"miss: no check within {missed.LimitMinutes} min by {missed.OccurredAt:HH:mm:ss}, but seen "
                    + $"{seen.At:HH:mm:ss}";
            }

            DateTimeOffset?[] last =
            [
                known.Sightings.LastOrDefault(c => c.At <= missed.OccurredAt)?.At,
                known.Checks.LastOrDefault(c => c.At <= missed.OccurredAt)?.At,
            ];
            if (!last.Contains(missed.LastSeen))
            {
                yield return $"miss of {missed.OccurredAt:HH:mm:ss}: last seen {missed.LastSeen:HH:mm:ss}, by the log {last[0]:HH:mm:ss}";
            }
        }
    }

    private IEnumerable<string> Hidden()
    {
        List<DateTimeOffset> said = [.. patient.Rounding.Select(r => r.Event).OfType<CheckMissed>().Select(e => e.OccurredAt)];
        foreach (var gap in patient.Clock.Gaps.Where(g => g.MustBy is { } by && by < (g.Until ?? now)))
        {
            if (!said.Any(at => at > gap.From && at <= (gap.Until ?? now)))
            {
                yield return $"gap: unseen from {gap.From:MM-dd HH:mm:ss} to {gap.Until ?? now:MM-dd HH:mm:ss}, somebody had to "
                    + $"look by {gap.MustBy:HH:mm:ss}, and nobody says so";
            }
        }
    }

    /// <summary>A draft rests on what stands, counts what there was, and names the level that holds.</summary>
    public IEnumerable<Fault> Draft(IReadOnlyList<DraftLine> lines, DateTimeOffset since, UnitTime time) =>
        lines
            .SelectMany(Standing)
            .Concat(NotTold(lines, since, time))
            .Select(fault => "handoff: " + fault)
            .About(Area.Struck)
            .Concat(Level(lines).About(Area.Level));

    private IEnumerable<string> NotTold(IReadOnlyList<DraftLine> lines, DateTimeOffset since, UnitTime time)
    {
        var cited = lines.SelectMany(l => l.Evidence).ToHashSet();
        return patient
            .About.Select(f => f.Recorded)
            .Where(r => !patient.WasStruck(r.Id) && r.Event.OccurredAt >= since && MustBeTold(r.Event) && !cited.Contains(r.Id))
            .Select(fact => $"not told: {fact.Event.Sentence(time)}");
    }

    private IEnumerable<string> Level(IReadOnlyList<DraftLine> lines) =>
        patient.Level() is { } level
        && patient.Rounding.LastOrDefault(r => r.Event is ObservationLevelOrdered) is { } ordered
        && lines.FirstOrDefault(l => l.Evidence.Contains(ordered.Id)) is { } line
        && !line.Words.StartsWith(((ObservationLevelOrdered)ordered.Event).LevelName, StringComparison.Ordinal)
            ? [$"handoff: \"{line.Words}\", by the log {level.Name}"]
            : [];

    /// <summary>What is open is listed, and nothing that is closed.</summary>
    /// <param name="listed">By the stream that says it and its kind there, as commands name it.</param>
    public IEnumerable<Fault> Loops(IEnumerable<string> listed)
    {
        var (open, said) = (new RawLoops(log, stay, now).Open(), listed.ToHashSet());
        return open.Except(said)
            .Select(l => $"loops: {l} is open and not listed")
            .Concat(said.Except(open).Select(l => $"loops: {l} is listed and not open"))
            .Select(words => new Fault(words.Contains("/check is open", StringComparison.Ordinal) ? Area.HiddenGap : Area.Loops, words));
    }

    /// <summary>The one person who is said to be responsible is.</summary>
    public IEnumerable<Fault> Responsible(string where, Staff? said) =>
        (
            patient.Responsible() is var who && said?.Id == who?.Id
                ? []
                : (string[])[$"{where}: {said?.Name} is responsible, by the log {who?.Name}"]
        ).About(Area.Responsible);

    /// <summary>Somebody's own words in a handoff are those that they wrote there last.</summary>
    public IEnumerable<Fault> Texts(IEnumerable<WrittenText> told) =>
        told.Where(text =>
                text.Words
                != log.On($"care-{stay}")
                    .Where(r => r.By.Id == text.By.Id)
                    .Select(r => r.Event)
                    .OfType<HandoffWritten>()
                    .LastOrDefault(e => e.Section == text.Section)
                    ?.Words
            )
            .Select(text => $"handoff: \"{text.Words}\" is not what {text.By.Name} wrote last")
            .About(Area.Struck);

    /// <summary>What a meeting tells of the time since the last review rests on what stands.</summary>
    public IEnumerable<Fault> Meeting(SinceReview since) =>
        since.Lines.SelectMany(Standing).Select(fault => "meeting: " + fault).About(Area.Struck);

    /// <summary>Lanes: asleep only where it is known, the level that held, and nothing that was struck.</summary>
    public IEnumerable<Fault> Lanes(Chart chart) =>
        Marked(chart).About(Area.Struck).Concat(Asleep(chart).About(Area.Sleep)).Concat(Holds(chart).About(Area.Level));

    private IEnumerable<string> Marked(Chart chart) =>
        chart
            .Lanes.SelectMany(l => l.Marks)
            .Where(m => patient.WasStruck(m.Entry) && !IsOnlyCorrected(m.Entry))
            .Select(mark => $"lanes: {mark.Words} of {mark.From:HH:mm} was struck");

    private IEnumerable<string> Asleep(Chart chart)
    {
        var sleep = new RawSleep(patient);
        var lane = chart
            .Lanes.First(l => l.Name == "Asleep")
            .Marks.Where(m => !m.IsUnknown)
            .Select(m => (m.From, To: m.To!.Value))
            .ToList();
        foreach (var (from, to) in sleep.Asleep(most: false).Where(s => s.To > chart.From && s.To <= chart.To))
        {
            if (!lane.Any(m => m.From <= from && m.To >= to))
            {
                yield return $"lanes: asleep {from:HH:mm}–{to:HH:mm} is not shown";
            }
        }

        foreach (
            var mark in chart
                .Lanes.First(l => l.Name == "Asleep")
                .Marks.Where(m => m.IsUnknown && sleep.Known().Any(k => k.From < m.To && k.To > m.From))
        )
        {
            yield return $"lanes: {mark.From:HH:mm}–{mark.To:HH:mm} is not known, but it is";
        }

        List<(DateTimeOffset From, DateTimeOffset To)> known = [.. sleep.Asleep(most: true)];
        foreach (var (from, to) in lane)
        {
            var covered = known
                .Where(k => k.From < to && k.To > from)
                .Sum(k => ((k.To < to ? k.To : to) - (k.From > from ? k.From : from)).TotalSeconds);
            if (covered < (to - from).TotalSeconds - 1)
            {
                yield return $"lanes: asleep {from:HH:mm}–{to:HH:mm}, of which {covered / 60:0} min are known";
            }
        }
    }

    private IEnumerable<string> Holds(Chart chart)
    {
        var marks = chart.Lanes.First(l => l.Name == "Observation level").Marks;
        var shown = marks is [.., var last] ? last.Words : null;
        return patient.Place() is not null && chart.To >= now && patient.Level() is { } holds && shown != holds.Name
            ? [$"lanes: level {shown}, by the log {holds.Name}"]
            : [];
    }

    /// <summary>Words that were only ever written in entries which no longer stand are told nowhere as so.</summary>
    public IEnumerable<Fault> Struck(string where, string said) => Words(where, said).About(Area.Struck);

    private IEnumerable<string> Words(string where, string said) =>
        log
            .LostWords.Where(word => said.Contains(word, StringComparison.Ordinal))
            .Select(word => $"{where}: tells {word}, which was struck");

    // Within 15 minutes, or the limit of the level if that is shorter; nobody is late by less, everybody by more than the quarter of an
    // hour.
    private bool? IsLate(EventEnvelope fact)
    {
        var delay = (fact.At - fact.Event.OccurredAt).TotalMinutes;
        var limit = fact.Event is SafetyChecked ? patient.Clock.LimitsIn(fact.Event.OccurredAt, fact.At) : (Least: 1, Most: 15);
        return fact.Envelope.Source == Source.System ? null
            : delay > 15 || (fact.Event is SafetyChecked && limit.Most > 0 && delay > limit.Most) ? true
            : delay <= Math.Min(15, limit.Least) ? false
            : null;
    }

    private IEnumerable<string> Standing(DraftLine line)
    {
        foreach (var entry in line.Evidence.Where(e => (patient.WasStruck(e) && !IsOnlyCorrected(e)) || log.IsVoid(e)))
        {
            yield return $"rests on an entry that was struck: {line.Words}";
        }

        if (
            Counted().Match(line.Words) is { Success: true } counted
            && int.Parse(counted.Groups["many"].Value, CultureInfo.InvariantCulture) != line.Evidence.Count
        )
        {
            yield return $"counts wrongly, by the log {line.Evidence.Count}: {line.Words}";
        }
    }

    // Attendance that was corrected stands as it reads now.
    private bool IsOnlyCorrected(Guid entry) => log.Fact(entry)?.Event is AttendanceRecorded && !log.InError.Contains(entry);

    private static bool MustBeTold(Event happened) =>
        happened is CheckMissed or SafetyChecked { BreathingSeen: false } or NoteSigned or NoteCorrected;

    [GeneratedRegex(@"^(?<many>[0-9]+) [^0-9]+, the last: ", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Counted();
}
