using System.Reflection;
using NetArchTest.Rules;

namespace Handoff.Architecture.Tests;

/// <summary>
/// What is no slice is the frame. Some of it stands under the slices: they may name it, and it names of them only the kernel and access.
/// The rest stands above: it names what it puts together, and no slice names it.
/// </summary>
public sealed class FrameTests
{
    private static readonly (Assembly Project, string Folder)[] Under =
    [
        (House.Web, "Components"),
        (House.Web, "Layout"),
        (House.Api, "Store"),
        (House.Api, "Live"),
        (House.Api, "Training"),
    ];

    private static readonly (Assembly Project, string Folder)[] Above =
    [
        (House.Web, "Running"),
        (House.Api, "Contract"),
        (House.Api, "Notices"),
        (House.Api, "Running"),
    ];

    /// <summary>What stands under the slices and names one all the same, and why.</summary>
    private static readonly Dictionary<string, string> UnderNamesSlices = new()
    {
        ["Handoff.Api.Store.Append"] = "writes the unit and its shift beside each event",
        ["Handoff.Api.Store.AppendQueue"] = "hands a batch the units in which it happens",
        ["Handoff.Api.Store.BatchContext"] = "a decision sees the unit, and who is on it as the batch has left it",
        ["Handoff.Api.Store.StateReader"] = "reads who is on a unit, and whose care somebody gave, by the index",
        ["Handoff.Api.Live.BoardHub"] = "who may watch which board",
        ["Handoff.Api.Live.BoardPush"] = "sends the cards that have changed",
        ["Handoff.Api.Live.CardWriter"] = "writes a card as each page shows it",
    };

    /// <summary>What names slices of the API's own folder, outside of any other. All else there stands under the slices.</summary>
    private static readonly Dictionary<string, string> RootNamesSlices = new()
    {
        ["Handoff.Api.FirstStart"] = "opens a facility with its first units",
        ["Handoff.Api.PageContexts"] = "the top of each page: the units to choose from, and what waits to be seen to",
    };

    [Fact]
    public void Every_folder_is_a_slice_or_known_as_frame() =>
        House
            .All.SelectMany(project => Folders(project).Select(folder => (project, folder)))
            .Where(room => !House.Slices.Contains(room.folder) && !Under.Contains(room) && !Above.Contains(room))
            .Select(room => House.Room(room.project, room.folder))
            .ShouldBeEmpty();

    [Fact]
    public void What_stands_under_the_slices_names_none_but_the_kernel_and_access() =>
        Under
            .SelectMany(room => House.Naming(room.Project, House.Room(room.Project, room.Folder), RightOfAccess))
            .ShouldBe(UnderNamesSlices.Keys, ignoreOrder: true);

    [Fact]
    public void No_slice_names_what_stands_above() =>
        Above
            .SelectMany(room =>
                House.Slices.SelectMany(slice =>
                    House.Naming(room.Project, House.Room(room.Project, slice), House.Room(room.Project, room.Folder))
                )
            )
            .ShouldBeEmpty();

    [Fact]
    public void In_the_api_s_own_folder_only_what_puts_it_together_names_slices() =>
        House
            .Failing(
                Types
                    .InAssembly(House.Api)
                    .That()
                    .ResideInNamespaceMatching(@"^Handoff\.Api$")
                    .ShouldNot()
                    .HaveDependencyOnAny(RightOfAccess)
            )
            .ShouldBe(RootNamesSlices.Keys, ignoreOrder: true);

    private static string[] RightOfAccess => House.Rooms(House.Places[1..].SelectMany(slices => slices));

    private static IEnumerable<string> Folders(Assembly project) =>
        project
            .GetTypes()
            .Select(type => type.Namespace?.Split('.') ?? [])
            .Where(name => name is ["Handoff", _, _, ..])
            .Select(name => name[2])
            .Distinct();
}
