using Handoff.Domain.Kernel;

namespace Handoff.Domain.Groups;

/// <summary>
/// When sessions fall: on one date, or on some weekdays until a date. A session at 10:00 is at 10:00 by the unit's clock on each of its
/// dates, whether the clocks have changed meanwhile or not.
/// </summary>
/// <param name="First">The first date; with weekdays, sessions fall on those from then on.</param>
/// <param name="At">The time on the unit's clock.</param>
/// <param name="Days">The weekdays; none means once.</param>
/// <param name="Until">The last date that may hold a session; needed with weekdays.</param>
public sealed record Recurrence(DateOnly First, TimeOnly At, IReadOnlyList<DayOfWeek> Days, DateOnly? Until = null)
{
    /// <summary>The longest series: half a year of weekdays.</summary>
    public const int Most = 130;

    /// <summary>The dates, in order; none if nothing fits.</summary>
    public IEnumerable<DateOnly> Dates() =>
        Days.Count == 0
            ? [First]
            : Enumerable
                .Range(0, Math.Max(0, (Until ?? First).DayNumber - First.DayNumber + 1))
                .Select(First.AddDays)
                .Where(d => Days.Contains(d.DayOfWeek));

    /// <summary>The instants at which the sessions start.</summary>
    public IEnumerable<DateTimeOffset> Starts(UnitTime time) => Dates().Select(date => time.Instant(date.ToDateTime(At)));

    /// <summary>What is wrong with it, or null.</summary>
    public Refusal? Wrong() =>
        this switch
        {
            { Days.Count: 0 } => null,
            { Until: null } => Refusal.Missing("until", "Say until when it repeats."),
            _ when Until < First => Refusal.Invalid("until-before-first", "That is before the first date. Check both dates.", "until"),
            _ when Until > First.AddYears(1) => Refusal.Invalid(
                "until-far-off",
                "A group repeats for at most a year. Choose an earlier date.",
                "until"
            ),
            _ => Dates().Take(Most + 1).Count() switch
            {
                0 => Refusal.Invalid("recurrence-empty", "None of these weekdays falls between the two dates.", "days"),
                > Most => Refusal.Invalid(
                    "recurrence-too-long",
                    $"That makes more than {Most} sessions. Choose an earlier last date.",
                    "until"
                ),
                _ => null,
            },
        };
}
