using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Meetings;

/// <summary>Open a unit's meeting on its day, once; one that was closed too early is opened again.</summary>
public sealed record OpenMeeting(IReadOnlyList<string>? Attending = null) : Command<Meeting>
{
    public override Permission Permission => Permission.ReviewPatients;

    public override IEnumerable<string> Reads(Meeting state, LoadedStates facts) => MeetingKey.NeedsUnit(Key);

    public override Decision Decide(Meeting state, DecisionContext now)
    {
        var (unit, day) = (now.States.Get<Unit>(MeetingKey.Unit(Key) ?? ""), MeetingKey.Day(Key));
        List<string> attending = [.. (Attending ?? []).Select(Text.Line).OfType<string>().Distinct()];
        return state switch
        {
            _ when day is null => MeetingRules.WrongKey,
            _ when !unit.IsOpen() => Refusal.NotFound("unit-unknown", "There is no such unit.", "unit"),
            _ when !now.By.WorksOn(unit.Id) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            _ when state.IsOpen() => [],
            _ when day != MeetingKey.Today(unit, now.Now) => new Refusal(
                "meeting-not-today",
                "A meeting is opened on its own day. Open today’s."
            ),
            _ when attending.Count > Meeting.MostAttending => Refusal.Invalid(
                "attending-too-many",
                $"At most {Meeting.MostAttending} names are kept.",
                "attending"
            ),
            _ when attending.Any(name => name.Length > Text.NameLimit) => Refusal.Invalid(
                "text-too-long",
                $"A name has at most {Text.NameLimit} characters.",
                "attending"
            ),
            _ => new MeetingOpened(unit.Time().Local(now.Now), unit.Id, attending),
        };
    }
}
