using System.Globalization;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Escalations;

/// <summary>What the log already knows, in the words that a concern needs, so that nobody has to type it while something happens.</summary>
public sealed record Prefill(string Background, string Assessment)
{
    private const int MostEvents = 8;

    private static readonly TimeSpan Recent = TimeSpan.FromHours(24);

    /// <param name="events">The patient's events, in any order; the unusual ones of the last 24 hours are told, the latest first.</param>
    public static Prefill ForStay(Stay stay, Rounding rounding, IEnumerable<EventEnvelope> events, UnitTime time, DateTimeOffset now) =>
        new(string.Join('\n', Known(stay, rounding, time, now)), Fitting(Seen(rounding, events, time, now)));

    // What does not fit is older than what does.
    private static string Fitting(IEnumerable<string> lines) =>
        lines.Aggregate(
            "",
            (told, line) =>
                told.Length + line.Length + 1 > Text.RemarkLimit ? told
                : told.Length == 0 ? line
                : told + '\n' + line
        );

    private static IEnumerable<string> Known(Stay stay, Rounding rounding, UnitTime time, DateTimeOffset now)
    {
        var age = stay.Patient.Age(DateOnly.FromDateTime(time.Local(now).DateTime));
        if (stay.AdmittedAt is { } admitted)
        {
            yield return $"{(age is null ? "Admitted" : string.Create(CultureInfo.InvariantCulture, $"{age} years, admitted"))} "
                + $"{time.DayAndClock(admitted)}.";
        }

        if (rounding.IsRunning())
        {
            yield return $"Observation {rounding.LevelName}, within {rounding.LimitMinutes} min, since "
                + $"{time.DayAndClock(rounding.LevelSince)}.";
        }
    }

    private static IEnumerable<string> Seen(Rounding rounding, IEnumerable<EventEnvelope> events, UnitTime time, DateTimeOffset now)
    {
        if (rounding.Last() is { } seen)
        {
            yield return $"Last seen {time.Clock(seen.At)}: {seen.Place}, "
                + $"{(seen.IsAsleep ? "asleep" : "awake")}{(seen.Activity is { } a ? ", " + a.Words() : "")}.";
        }

        List<EventEnvelope> all = [.. events];
        var standing = Standing.FromEvents(all);
        foreach (
            var told in all.Where(e => standing.IsTold(e, _ => true) && IsUnusual(e.Event, time) && now - e.Event.OccurredAt < Recent)
                .OrderByDescending(e => e.Event.OccurredAt)
                .Take(MostEvents)
        )
        {
            yield return $"{time.Clock(told.Event.OccurredAt)} {told.Event.Sentence(time)}";
        }
    }

    // What the next shift must know, whoever answers the concern must know too.
    private static bool IsUnusual(Event happened, UnitTime time) =>
        happened switch
        {
            SafetyChecked check => check.BreathingSeen == false
                || check.Remark is not null
                || check.Activity is Activity.Pacing or Activity.Restless or Activity.Agitated or Activity.Tearful or Activity.Withdrawn,
            RoundingBegan or RoundingMoved or CheckEnteredInError or DetailsCorrected or Merged or Admitted => false,
            _ => happened.ForHandoff(time) is not null,
        };
}
