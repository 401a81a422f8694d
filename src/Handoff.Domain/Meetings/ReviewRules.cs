using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;

namespace Handoff.Domain.Meetings;

internal static class ReviewRules
{
    public static IEnumerable<string> Needs(string stay, string? meeting, LoadedStates facts) =>
        [.. NeedsStay(stay, facts), .. MeetingKey.NeedsMeeting(meeting)];

    public static IEnumerable<string> NeedsStay(string stay, LoadedStates facts) =>
        Guid.TryParse(stay, out var id) ? Whereabouts.Needs(id, null, facts) : [];

    public static Refusal? Wrong(string stay, string? meeting, DecisionContext now) =>
        WrongStay(stay, now)
        ?? (meeting, now.States.Get<Meeting>(meeting ?? "")) switch
        {
            (null or "", _) => Refusal.Missing("meeting", "Say in which meeting."),
            _ when MeetingKey.Day(meeting) is null => MeetingRules.WrongKey,
            (_, var held) when !held.IsOpen() => new("meeting-not-open", "The meeting is not open. Open it first."),
            (_, var held) when held.Unit != now.States.Get<Stay>(stay).OnUnit() => new(
                "patient-elsewhere",
                "The patient is on another unit now; that unit's meeting speaks of them."
            ),
            _ => null,
        };

    public static Refusal? WrongStay(string stay, DecisionContext now) =>
        Guid.TryParse(stay, out var id) ? Whereabouts.Find(id, null, now).Refusal : StayRules.Unknown;

    public static Refusal? WrongWords(string? words) =>
        Text.Line(words) switch
        {
            null => Refusal.Missing("words", "Say what was decided."),
            var line => Text.TooLong(line, CareTask.TextLimit, "words"),
        };

    public static UnitTime Time(string stay, DecisionContext now) => now.States.Get<Unit>(now.States.Get<Stay>(stay).OnUnit() ?? "").Time();

    public static DateTimeOffset At(string stay, DecisionContext now) => Time(stay, now).Local(now.Now);
}
