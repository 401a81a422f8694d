using System.Globalization;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Units;
using Handoff.Web.Components;
using Handoff.Web.Layout;

namespace Handoff.Web.Meetings;

/// <summary>Where in a meeting a page is, and how it is looked at.</summary>
/// <param name="Order"><c>bed</c>, or null for the most changed first.</param>
/// <param name="Span">How far back the lanes go: <c>review</c>, <c>7</c>, <c>30</c> or <c>stay</c>.</param>
public sealed record MeetingPlace(string Unit, Guid Stay, string? Order, string Span)
{
    public string Over(string span) => Paths.Meeting(Unit, Stay, Order, span);

    public string To(Guid stay) => Paths.Meeting(Unit, stay, Order, null);

    public string Act(string act) => Paths.MeetingAct(Unit, Stay, act);
}

/// <summary>How team meetings are said on pages.</summary>
public static class MeetingWords
{
    public static string Words(this HandoffPart part) =>
        part switch
        {
            HandoffPart.Critical => "Not to be missed",
            HandoffPart.Happened => "What happened",
            HandoffPart.Condition => "How they are",
            HandoffPart.Expect or HandoffPart.ToDo => "To do and to expect",
            HandoffPart.Barrier => "Before they can go home",
            HandoffPart.Helps => "What went well and what helps",
            _ => "The stay",
        };

    public static (Severity Severity, string Words) Mark(this DecisionLine line) =>
        line.Standing switch
        {
            DecisionStanding.Done => (Severity.Calm, "✓ done"),
            DecisionStanding.Overdue => (Severity.Overdue, "overdue"),
            DecisionStanding.Taken => (Severity.Info, "in hand"),
            DecisionStanding.TakenBack => (Severity.Calm, "taken back"),
            DecisionStanding.Pending => (Severity.Calm, "no task yet"),
            _ => (Severity.Due, "open"),
        };

    /// <summary>Times by which a team mostly wants something done, the likeliest first.</summary>
    public static IReadOnlyList<Option> Times(Unit unit, DateTimeOffset now)
    {
        var (time, morning) = (unit.Time(), DateOnly.FromDateTime(unit.Time().Local(now).DateTime).ToDateTime(new(9, 0)));
        (string Words, DateTimeOffset At)[] all =
        [
            ("Tomorrow", time.Instant(morning.AddDays(1))),
            .. unit.ShiftAt(now)?.Ends is { } end && end - now > TimeSpan.FromMinutes(30) ? new[] { ("End of shift", end) } : [],
            ("In 3 days", time.Instant(morning.AddDays(3))),
            ("In a week", time.Instant(morning.AddDays(7))),
        ];
        return [.. all.Select(t => new Option(t.At.ToString("O", CultureInfo.InvariantCulture), t.Words, time.DayAndClock(t.At)))];
    }
}
