using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;

namespace Handoff.Domain.Meetings;

// Commands

/// <summary>
/// Say that the team has reviewed a patient. Only the service sends it, with the position that the page or answer showed and that the log has reached,
/// so that nobody can claim to have seen what is not recorded yet.
/// </summary>
/// <param name="Meeting">The key of the meeting, which is open.</param>
/// <param name="UpTo">The log position up to which they looked.</param>
[Internal]
public sealed record ReviewPatient(string? Meeting, [property: JsonIgnore] long UpTo) : Command<CaseReview>
{
    public override Permission Permission => Permission.ReviewPatients;

    public override IEnumerable<string> Needs(CaseReview state, Facts facts) => ReviewRules.Needs(Key, Meeting, facts);

    public override Decision Decide(CaseReview state, Situation now) =>
        state switch
        {
            _ when ReviewRules.Wrong(Key, Meeting, now) is { } refusal => refusal,
            { Last: { } last } when last.Meeting == Meeting && UpTo <= last.UpTo => [],
            _ => new PatientReviewed(ReviewRules.At(Key, now), Meeting!, UpTo),
        };
}

/// <summary>Record what the team decided about a patient; a task follows from it.</summary>
/// <param name="Words">What is to be done.</param>
/// <param name="Owner">A person, or a role of the unit.</param>
/// <param name="Meeting">The key of the meeting, which is open.</param>
/// <param name="Evidence">The entry of the timeline that it rests on.</param>
public sealed record RecordDecision(string? Words, TaskOwner? Owner, DateTimeOffset? Due, string? Meeting, Guid? Evidence = null)
    : Command<CaseReview>
{
    public override Permission Permission => Permission.ReviewPatients;

    public override IEnumerable<string> Needs(CaseReview state, Facts facts) => ReviewRules.Needs(Key, Meeting, facts);

    public override Decision Decide(CaseReview state, Situation now) =>
        state switch
        {
            _ when ReviewRules.Wrong(Key, Meeting, now) is { } refusal => refusal,
            _ when ReviewRules.WrongWords(Words) is { } refusal => refusal,
            _ when TaskRules.WrongOwner(Owner) is { } refusal => refusal,
            _ when TaskRules.WrongTime(Due, now, "due") is { } refusal => refusal,
            _ => new DecisionRecorded(
                ReviewRules.At(Key, now),
                Meeting!,
                Text.Line(Words)!,
                TaskOwner.Clean(Owner)!,
                ReviewRules.Time(Key, now).Local(Due!.Value),
                Evidence
            ),
        };
}

/// <summary>Take a decision back, and say why; its task is withdrawn unless it is done.</summary>
public sealed record TakeBackDecision(Guid? Decision, string? Reason) : Command<CaseReview>
{
    public override Permission Permission => Permission.ReviewPatients;

    public override IEnumerable<string> Needs(CaseReview state, Facts facts) => ReviewRules.NeedsStay(Key, facts);

    public override Decision Decide(CaseReview state, Situation now) =>
        state.Decision(Decision) switch
        {
            _ when ReviewRules.WrongStay(Key, now) is { } refusal => refusal,
            _ when Decision is null => Refusal.Missing("decision", "Say which decision."),
            null => Refusal.NotFound("decision-unknown", "There is no such decision.", "decision"),
            { TakenBack: not null } => [],
            _ when TaskRules.WrongReason(Reason) is { } refusal => refusal,
            { } known => new DecisionTakenBack(ReviewRules.At(Key, now), known.Id, known.Words, Text.Line(Reason)!),
        };
}

internal static class ReviewRules
{
    public static IEnumerable<string> Needs(string stay, string? meeting, Facts facts) =>
        [.. NeedsStay(stay, facts), .. MeetingKey.NeedsMeeting(meeting)];

    public static IEnumerable<string> NeedsStay(string stay, Facts facts) =>
        Guid.TryParse(stay, out var id) ? Whereabouts.Needs(id, null, facts) : [];

    public static Refusal? Wrong(string stay, string? meeting, Situation now) =>
        WrongStay(stay, now)
        ?? (meeting, now.Facts.Of<Meeting>(meeting ?? "")) switch
        {
            (null or "", _) => Refusal.Missing("meeting", "Say in which meeting."),
            _ when MeetingKey.Day(meeting) is null => MeetingRules.WrongKey,
            (_, var held) when !held.IsOpen() => new("meeting-not-open", "The meeting is not open. Open it first."),
            (_, var held) when held.Unit != now.Facts.Of<Stay>(stay).OnUnit() => new(
                "patient-elsewhere",
                "The patient is on another unit now; that unit's meeting speaks of them."
            ),
            _ => null,
        };

    public static Refusal? WrongStay(string stay, Situation now) =>
        Guid.TryParse(stay, out var id) ? Whereabouts.Of(id, null, now).Refusal : StayRules.Unknown;

    public static Refusal? WrongWords(string? words) =>
        Text.Line(words) switch
        {
            null => Refusal.Missing("words", "Say what was decided."),
            var line => Text.TooLong(line, CareTask.TextLimit, "words"),
        };

    public static UnitTime Time(string stay, Situation now) => now.Facts.Of<Unit>(now.Facts.Of<Stay>(stay).OnUnit() ?? "").Time();

    public static DateTimeOffset At(string stay, Situation now) => Time(stay, now).Local(now.Now);
}
