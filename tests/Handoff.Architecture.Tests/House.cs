using System.Reflection;
using Handoff.Api;
using Handoff.Domain.Kernel;
using Handoff.Web.Layout;
using NetArchTest.Rules;

namespace Handoff.Architecture.Tests;

/// <summary>What stands where: the slices in their order, and the frame around them.</summary>
internal static class House
{
    /// <summary>
    /// From left to right. A slice is a folder with this name, in the domain, on the web and in the API. Two share the first place: a
    /// command of the kernel says which permission it needs, and whoever is let in becomes an actor of the kernel.
    /// </summary>
    public static readonly string[][] Places =
    [
        ["Kernel", "Access"],
        ["Units"],
        ["Stays"],
        ["Observations"],
        ["Status"],
        ["Incidents"],
        ["Groups"],
        ["Timeline"],
        ["Tasks"],
        ["Escalations"],
        ["Notes"],
        ["Handoffs"],
        ["Feeds"],
        ["Meetings"],
        ["Boards"],
        ["Pages"],
    ];

    public static readonly string[] Slices = [.. Places.SelectMany(place => place)];

    public static readonly Assembly Domain = typeof(EventTypeRegistry).Assembly;

    public static readonly Assembly Web = typeof(PageContext).Assembly;

    public static readonly Assembly Api = typeof(HandoffApp).Assembly;

    public static readonly Assembly[] All = [Domain, Web, Api];

    /// <summary>The folder of a project; it is a namespace.</summary>
    public static string Room(Assembly project, string folder) => $"{project.GetName().Name}.{folder}";

    /// <summary>The same folder in each project.</summary>
    public static string[] Rooms(params IEnumerable<string> folders) =>
        [.. folders.SelectMany(folder => All.Select(project => Room(project, folder)))];

    /// <summary>The types of a namespace that name something of others.</summary>
    public static List<string> Naming(Assembly project, string room, params string[] others) =>
        others.Length == 0 ? [] : Failing(Types.InAssembly(project).That().ResideInNamespace(room).ShouldNot().HaveDependencyOnAny(others));

    public static List<string> Failing(ConditionList rule) =>
        [
            .. (rule.GetResult().FailingTypes ?? [])
                .Select(type => type.FullName.Split('+', '/')[0])
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
}
