using System.Globalization;
using System.Text.RegularExpressions;
using Handoff.Domain.Groups;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;

namespace Handoff.Honesty;

/// <summary>Compares a meeting's figures, a span of time beside the one before it, with what the raw events bear out.</summary>
internal sealed partial class FiguresOracle(RawLog log, Guid stay, DateTimeOffset now)
{
    // Figures are rounded to a tenth.
    private const double Rounded = 0.06;

    private readonly RawPatient patient = log.Patient(stay);

    public IEnumerable<Fault> Faults(IReadOnlyList<Figure> figures, TimeSpan span) =>
        figures.SelectMany(figure =>
            Lane(figure.Lane, figure.Now, now - span, now).Concat(Lane(figure.Lane, figure.Before, now - 2 * span, now - span))
        );

    private IEnumerable<Fault> Lane(string lane, string? said, DateTimeOffset from, DateTimeOffset to) =>
        (
            lane switch
            {
                "Asleep" => Asleep(said, from, to),
                "Observation level" => Level(said, from, to),
                "Meals" => Points(said, from, to, 100, e => e is MealRecorded meal ? meal.Percent : null),
                "Mood" => Points(
                    said,
                    from,
                    to,
                    3,
                    e => e is BehaviorObserved { Domain: BehaviorDomain.Mood } mood ? mood.Intensity : null
                ),
                "Incidents" => Number(said, from, to, e => e is IncidentPatientInvolved),
                "Participation in groups" => Number(said, from, to, e => e is AttendanceRecorded),
                _ => ["a lane that the check does not know"],
            }
        )
            .Select(words => $"figures, {lane} of {from:MM-dd HH:mm}–{to:MM-dd HH:mm}: \"{said}\", {words}")
            .About(
                lane switch
                {
                    "Asleep" => Area.Sleep,
                    "Observation level" => Area.Level,
                    _ => Area.Struck,
                }
            );

    // Hours a day since the patient is known of, never of less than a day; whatever is neither said to be slept nor not known is said to be
    // awake,
    // which may go as far as a limit before the first sighting and after the last.
    private IEnumerable<string> Asleep(string? said, DateTimeOffset from, DateTimeOffset to)
    {
        var (sleep, first) = (new RawSleep(patient), patient.About.Min(f => f.Recorded.Event.OccurredAt));
        var begins = first > from ? first : from;
        var (least, most, days) = (
            sleep.Hours(from, to, most: false),
            sleep.Hours(from, to, most: true),
            Math.Max(1, (to - begins).TotalDays)
        );
        var open = 2 * patient.Clock.LimitsIn(from, now).Most / 60;
        if (said is null)
        {
            return least.Asleep > 0 || (to - begins).TotalHours > most.Awake + open + Rounded
                ? [$"by the log {least.Asleep:0.00} h asleep, {most.Awake:0.00} h awake of {(to - begins).TotalHours:0.00} h"]
                : [];
        }

        if (said == "not known")
        {
            return most.Asleep + most.Awake > open + 2 * Rounded * days
                ? [$"by the log {most.Asleep:0.00} h asleep and {most.Awake:0.00} h awake"]
                : [];
        }

        if (Slept().Match(said) is not { Success: true } match)
        {
            return ["which says nothing"];
        }

        var (asleep, unknown) = (Of(match, "asleep"), match.Groups["unknown"].Success ? Of(match, "unknown") : 0);
        var awake = (to - begins).TotalHours - (asleep + unknown) * days;
        return
        [
            .. asleep < least.Asleep / days - Rounded || asleep > most.Asleep / days + Rounded
                ? [$"by the log {least.Asleep / days:0.00} to {most.Asleep / days:0.00} h a day asleep"]
                : (string[])[],
            .. awake > most.Awake + most.Asleep - least.Asleep + open + 2 * Rounded * days
                ? [$"so {awake:0.00} h awake, by the log {most.Awake:0.00} h"]
                : (string[])[],
        ];
    }

    private IEnumerable<string> Level(string? said, DateTimeOffset from, DateTimeOffset to)
    {
        var steps = new List<(DateTimeOffset At, int Level, string Name)>();
        foreach (var happened in patient.Rounding.Select(r => r.Event).OrderBy(e => e.OccurredAt))
        {
            steps.AddRange(
                happened switch
                {
                    RoundingBegan e => [(e.OccurredAt, (int)e.Level, e.LevelName)],
                    ObservationLevelOrdered e => [(e.OccurredAt, (int)e.Level, e.LevelName)],
                    RoundingEnded e => [(e.OccurredAt, -1, "")],
                    _ => Array.Empty<(DateTimeOffset, int, string)>(),
                }
            );
        }

        var held = steps
            .Select((s, i) => (s.Level, s.Name, From: s.At, To: i + 1 < steps.Count ? steps[i + 1].At : to))
            .Where(s => s.Level >= 0 && s.From <= to && s.To >= from)
            .ToList();

        // What held for no time at all may be said or not.
        var highest = held.Where(s => (s.To < to ? s.To : to) > (s.From > from ? s.From : from))
            .Select(s => s.Level)
            .DefaultIfEmpty(-1)
            .Max();
        return held.Where(s => s.Level >= highest)
            .Select(s => (string?)$"highest {s.Name}")
            .Concat(highest < 0 ? [null] : Array.Empty<string?>())
            .Contains(said)
            ? []
            : [$"by the log {held.Where(s => s.Level == highest).Select(s => s.Name).FirstOrDefault()}"];
    }

    private IEnumerable<string> Points(string? said, DateTimeOffset from, DateTimeOffset to, int most, Func<Event, int?> of)
    {
        // What was entered at this very instant may be counted or not.
        var values = Standing(from, to).Select(e => (e.OccurredAt, Value: of(e))).Where(v => v.Value is not null).ToList();
        var without = values.Where(v => v.OccurredAt < to).ToList();
        return Reads(values.ConvertAll(v => v.Value!.Value)) || Reads(without.ConvertAll(v => v.Value!.Value))
            ? []
            : [$"by the log {values.Count} entries, {values.Select(v => v.Value).Average():0.00} on average"];

        bool Reads(List<int> all) =>
            said is null
                ? all.Count == 0
                : Average().Match(said) is { Success: true } match
                    && all.Count > 0
                    && Of(match, "many") == all.Count
                    && Of(match, "most") == most
                    && Math.Abs(Of(match, "average") - all.Average()) <= Rounded;
    }

    private IEnumerable<string> Number(string? said, DateTimeOffset from, DateTimeOffset to, Func<Event, bool> isMeant)
    {
        var all = Standing(from, to).Where(isMeant).ToList();
        string?[] right = [Words(all.Count), Words(all.Count(e => e.OccurredAt < to))];
        return right.Contains(said is not null && Average().Match(said) is { Success: true } match ? match.Groups["many"].Value : said)
            ? []
            : [$"by the log {all.Count}"];

        static string? Words(int count) => count == 0 ? null : count.ToString(CultureInfo.InvariantCulture);
    }

    private IEnumerable<Event> Standing(DateTimeOffset from, DateTimeOffset to) =>
        patient
            .About.Select(f => f.Recorded)
            .Where(r =>
                (!patient.WasStruck(r.Id) || (r.Event is AttendanceRecorded && !log.InError.Contains(r.Id)))
                && !log.IsVoid(r.Id)
                && r.Event.OccurredAt >= from
                && r.Event.OccurredAt <= to
            )
            .Select(r => r.Event);

    private static double Of(Match match, string group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        @"^(?<asleep>[0-9.]+) h a day(, (?<unknown>[0-9.]+) h a day not known)?$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Slept();

    [GeneratedRegex(
        @"^(?<average>[0-9.]+) of (?<most>[0-9]+) on average, (?<many>[0-9]+) entr(y|ies)$",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex Average();
}
