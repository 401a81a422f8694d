using Handoff.Domain.Access;
using Handoff.Domain.Units;

namespace Handoff.Web.Stays;

/// <summary>One look at a patient's record.</summary>
/// <param name="Look">What was looked at, as the access log names it.</param>
public sealed record Reader(DateTimeOffset At, string Name, Role Role, string Look)
{
    public string What =>
        Look switch
        {
            "board" => "the unit's board",
            "wall" => "the wall display",
            "rounds" => "the rounds",
            "group" => "a group's roster",
            "stay" => "the patient's page",
            "as-of" => "the board as it stood",
            "timeline" => "the timeline",
            "handoff" => "the handoff",
            "feed-message" => "a message of the hospital's feed",
            "export" => "an export",
            "incident" => "an incident",
            "tasks" => "the unit's tasks",
            "concern" => "a concern about the patient",
            "notes" => "the notes",
            "mine" => "their own patients",
            "meeting" => "the team meeting",
            "access-report" => "who read this record",
            _ => Look,
        };
}
