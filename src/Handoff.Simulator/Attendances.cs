using Handoff.Domain.Groups;

namespace Handoff.Simulator;

/// <summary>Who came to a group and how they took part, each in words that are about them alone.</summary>
internal sealed class Attendances(Dice dice, Tempo tempo)
{
    private static readonly (AttendanceStatus Status, double Weight)[] Came =
    [
        (AttendanceStatus.Attended, 0.62),
        (AttendanceStatus.Late, 0.08),
        (AttendanceStatus.LeftEarly, 0.08),
        (AttendanceStatus.Declined, 0.15),
        (AttendanceStatus.Asleep, 0.04),
        (AttendanceStatus.Excused, 1),
    ];

    private static readonly (int Participation, double Weight)[] TookPart = [(1, 0.2), (2, 0.36), (3, 0.3), (4, 0.06), (0, 1)];

    private static readonly string[] Began =
    [
        "Sat near the door at first.",
        "Came with a cup of tea and chose a seat in the middle.",
        "Greeted the others by name.",
        "Kept the hood up for the first minutes.",
        "Asked what the plan for today was.",
        "Was restless and stood twice.",
        "Helped to set out the chairs.",
        "Listened with eyes closed.",
        "Came straight from a phone call, upset.",
        "Sat beside the facilitator.",
        "Laughed at an early joke.",
        "Said the night had been short.",
        "Brought a drawing to show.",
        "Asked for the window to be opened.",
        "Was quiet until spoken to.",
        "Took the seat by the window.",
        "Checked the clock often.",
        "Began before the others had sat down.",
        "Spoke softly, was asked to repeat.",
        "Held on to a folded letter.",
        "Joined in after ten minutes.",
        "Came in socks, was lent slippers.",
        "Wrote the whole time.",
        "Looked rested.",
    ];

    private static readonly string[] Went =
    [
        "Named one thing that helps: walking.",
        "Gave another member a turn without being asked.",
        "Found it hard to stay on the topic.",
        "Told of a call with a sister and what came of it.",
        "Tried the breathing exercise and called it odd but useful.",
        "Said little, nodded often.",
        "Disagreed calmly and let it rest.",
        "Set a goal for this evening.",
        "Cried briefly and stayed.",
        "Needed two reminders to lower the voice.",
        "Asked for the handout to keep.",
        "Thanked the group at the end.",
        "Offered to lead next time.",
        "Said that tomorrow's meeting with the team is on the mind.",
        "Linked the topic to work.",
        "Counted out loud when tense, as practised.",
        "Made others laugh.",
        "Answered when asked, in whole sentences.",
        "Wants to talk to staff about it alone.",
        "Stayed to put things away.",
        "Was distracted by noise in the hallway.",
    ];

    private static readonly string[] StayedAway =
    [
        "Said groups are not for today.",
        "Chose to rest, was told when the next one is.",
        "Wanted to finish a letter first.",
        "Too tense among many people today, took a walk with staff.",
        "Said no without a reason.",
    ];

    /// <param name="minutes">How long the session was, on the play's clock.</param>
    public IReadOnlyList<AttendanceRow> ForRoster(GroupRoster roster, int minutes)
    {
        var about = roster.Session.Id.ToString();
        var began = Began.OrderBy(text => dice.Roll("began", about, text)).ToList();
        var went = Went.OrderBy(text => dice.Roll("went", about, text)).ToList();
        return
        [
            .. from row in roster.Rows.Index()
            where row.Item.Away != "discharged"
            select Row(
                roster.Session,
                row.Item,
                minutes,
                $"{began[row.Index % began.Count]} {went[(row.Index + row.Index / began.Count) % went.Count]}"
            ),
        ];
    }

    private AttendanceRow Row(SessionLine session, RosterRow member, int minutes, string words)
    {
        var about = $"{session.Id} {member.Stay}";
        var status = member.Away is not null ? AttendanceStatus.OffUnit : dice.Weighed(Came, "came", about);
        var missed = Math.Max(1, (int)(minutes * (0.2 + 0.4 * dice.Roll("missed", about))));
        return status switch
        {
            AttendanceStatus.Attended => Present(status, minutes),
            AttendanceStatus.Late => Present(status, minutes - missed) with { Arrived = OnTheWall(session.StartedAt?.AddMinutes(missed)) },
            AttendanceStatus.LeftEarly => Present(status, minutes - missed) with
            {
                Left = OnTheWall(session.StartedAt?.AddMinutes(minutes - missed)),
            },
            AttendanceStatus.Declined => new(member.Stay, status, Response: dice.OneOf(StayedAway, "stayed away", about)),
            _ => new(member.Stay, status),
        };

        AttendanceRow Present(AttendanceStatus came, int stayed) =>
            new(
                member.Stay,
                came,
                Minutes: tempo.Speed > 1 ? stayed : null,
                Participation: dice.Weighed(TookPart, "took part", about),
                Response: words
            );
    }

    // In a play that is faster than the wall, when somebody came is not a time that was on any clock; how many minutes they missed still
    // holds.
    private DateTimeOffset? OnTheWall(DateTimeOffset? at) => tempo.Speed > 1 ? null : at;
}
