using Handoff.Domain.Handoffs;
using Handoff.Domain.Status;

namespace Handoff.Simulator;

/// <summary>What people say and write at a change of shift. It is about nobody in particular and true of many.</summary>
internal static class HandoverWords
{
    public static readonly string[] Own =
    [
        "Answers best when one sits down first.",
        "Wants the door left ajar tonight.",
        "Family call is planned for tomorrow, has been looking forward to it.",
        "Ate better in company than alone.",
        "Asked twice about the discharge date; the team says Thursday at the earliest.",
        "Restless after visits, a walk helps.",
        "Prefers to be woken by name from the door.",
        "Slept in the afternoon, may be up late.",
        "Keeps a list of worries; ask to see it.",
        "Was tense near the phone, give room there.",
        "Proud of the drawing in the day room.",
    ];

    public static readonly string[] Deferred =
    [
        "The day team does it, the office is closed now",
        "Waits for the physician's round",
        "Asleep now, to be done after breakfast",
        "Not possible before the family has called back",
        "The patient asked for tomorrow",
    ];

    public static readonly string[] ReadBacks =
    [
        "A watcher; you look in more often and call me if it gets louder.",
        "So I keep to the level, offer a walk, and call the charge nurse if it rises.",
        "Unsettled since the afternoon, what helps is quiet and one person.",
        "I check on the open points first, then talk.",
    ];

    public static readonly string[] Corrections =
    [
        "Not since the afternoon, since lunch",
        "The walk only with two of us",
        "The family calls tomorrow, not today",
        "The level stays until the physician has been here",
    ];

    public static readonly (string Question, string Answer)[] Questions =
    [
        ("Who has talked with the family?", "The social worker, this morning."),
        ("Did anything calm the patient today?", "Music, and the courtyard."),
        ("Is the evening dose still held?", "Yes, until the physician has seen the result."),
        ("When was the last full meal?", "Breakfast; half of lunch."),
        ("May the patient have the phone?", "Yes, after eight, for ten minutes."),
    ];

    public static readonly (string Reason, string Answer)[] Declines =
    [
        ("I have two on close observation already", "One of the two goes to the other technician; this one is calm now."),
        ("The open points are not clear to me", "Added what is open and until when."),
        ("I know the patient's family", "Talked it over: they moved away years ago, it is fine for both."),
    ];

    public static readonly WriteContingency[] Foreseen =
    [
        new(ConditionKind.Incident, "call the RN, offer the quiet room"),
        new(ConditionKind.CheckMissed, "look in the bathroom first, then call the charge nurse"),
        new(ConditionKind.Status, "sit down together, offer music, tell the RN", Domain: BehaviorDomain.Mood, Intensity: 2),
        new(ConditionKind.LevelChange, "tell the family's contact in the morning"),
        new(ConditionKind.Status, "fewer people around, a walk in the courtyard", Domain: BehaviorDomain.Motor, Intensity: 2),
    ];

    public static readonly string[] Answered =
    [
        "Done as it was foreseen.",
        "Done; it helped within ten minutes.",
        "The RN came and stayed.",
    ];

    public static readonly string[] Left = ["Called home, a child is ill", "Sent home with a fever", "Needed on another unit"];
}
