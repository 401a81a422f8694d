using Handoff.Domain.Access;
using static Handoff.Domain.Access.Permission;

namespace Handoff.Web.Layout;

/// <summary>One way to go: its words, address and icon.</summary>
public sealed record NavLink(string Words, string Path, string Icon, Permission Needs)
{
    /// <summary>So many have room on a phone; the others stand in the viewer's menu there.</summary>
    public const int OnPhone = 5;

    /// <summary>What a manager sets up for the facility as a whole.</summary>
    public static readonly IReadOnlyList<NavLink> OfFacility =
    [
        new("Feeds and their keys", Paths.Feeds, "feed", ConfigureFacility),
        new("Evidence sources", Paths.Evidence, "rounds", ConfigureFacility),
        new("Who may do what", Paths.Scope, "patient", ConfigureFacility),
    ];

    /// <summary>Where this viewer goes all day.</summary>
    public static IEnumerable<NavLink> Daily(Frame frame) =>
        Allowed(
            frame,
            [
                .. OfUnit(
                    frame,
                    unit =>
                        [
                            new("Board", Paths.Board(unit), "board", ReadBoard),
                            new("Mine", Paths.Mine(unit), "patient", HandOver),
                            new("Rounds", Paths.Rounds(unit), "rounds", RecordCheck),
                            MeetsDaily(frame) ? Meeting(unit) : new("Handoff", Paths.Handoff(unit), "handoff", HandOver),
                            new("Tasks", Paths.Tasks(unit), "tasks", WorkTasks),
                            new("Groups", Paths.Groups(unit), "groups", ReadBoard),
                        ]
                ),
                new("Overview", Paths.Overview, "overview", ReadBoard),
                .. OfUnit(frame, unit => [new("Admit", Paths.Admit(unit), "admit", MovePatients)]),
            ]
        );

    /// <summary>Where this viewer goes now and then.</summary>
    public static IEnumerable<NavLink> Seldom(Frame frame) =>
        Allowed(
            frame,
            [
                .. OfUnit(frame, unit => [new("Assignments", Paths.Assignments(unit), "patient", HandOver)]),
                .. MeetsDaily(frame) ? [] : OfUnit(frame, unit => [Meeting(unit)]),
                .. OfUnit(frame, unit => [new("Wall display", Paths.Wall(unit), "wall", ReadWall)]),
                .. OfUnit(frame, unit => [new("Questions about checks", Paths.RoundQuestions(unit), "rounds", AskAboutRounds)]),
                new("Admissions feed", Paths.Quarantine, "feed", MendFeed),
                .. OfUnit(frame, unit => [new("Unit set-up", Paths.SetUp(unit), "setup", ConfigureUnit)]),
                new("Add a unit", Paths.NewUnit, "admit", ConfigureUnit),
                .. OfFacility,
                new("How the service runs", Paths.Service, "calm", WatchService),
            ]
        );

    public bool IsCurrent(Frame frame) =>
        frame.Path == Path || (Path != Paths.Overview && frame.Path.StartsWith(Path + "/", StringComparison.Ordinal));

    // Who reviews patients and hands none over comes to the unit for its meeting.
    private static bool MeetsDaily(Frame frame) => frame.May(ReviewPatients) && !frame.May(HandOver);

    private static NavLink Meeting(string unit) => new("Team meeting", Paths.Meeting(unit), "meeting", ReadStay);

    private static IEnumerable<NavLink> Allowed(Frame frame, IEnumerable<NavLink> links) => links.Where(link => frame.May(link.Needs));

    private static NavLink[] OfUnit(Frame frame, Func<string, NavLink[]> links) => frame.Place is { } place ? links(place.Unit) : [];
}
