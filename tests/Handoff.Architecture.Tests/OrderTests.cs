using System.Reflection;

namespace Handoff.Architecture.Tests;

/// <summary>Slices have an order, and a slice names only those to its left.</summary>
public sealed class OrderTests
{
    /// <summary>What names a slice to its right all the same, and why.</summary>
    private static readonly Dictionary<string, string> Backward = [];

    [Fact]
    public void A_slice_names_only_slices_to_its_left()
    {
        var found = House.All.SelectMany(Pairs).ToDictionary(pair => pair.Pair, pair => pair.By);
        found
            .Where(pair => !Backward.ContainsKey(pair.Key))
            .Select(pair => $"{pair.Key} by {string.Join(", ", pair.Value)}")
            .ShouldBeEmpty();
        Backward.Keys.Except(found.Keys).ShouldBeEmpty("These name nothing to their right any more.");
    }

    [Fact]
    public void Every_folder_of_the_domain_is_a_slice() =>
        House
            .Domain.GetTypes()
            .Select(type => type.Namespace)
            .OfType<string>()
            .Where(name => name.StartsWith("Handoff", StringComparison.Ordinal))
            .Distinct()
            .Select(name => name.Split('.').ElementAtOrDefault(2))
            .ShouldBeSubsetOf(House.Slices);

    [Fact]
    public void The_words_of_permissions_stand_before_the_kernel_whose_commands_ask_for_them() =>
        House.Naming(House.Domain, House.Room(House.Domain, "Access"), House.Room(House.Domain, "Kernel")).ShouldBeEmpty();

    private static IEnumerable<(string Pair, List<string> By)> Pairs(Assembly project) =>
        from place in Enumerable.Range(0, House.Places.Length)
        from slice in House.Places[place]
        from right in House.Places[(place + 1)..].SelectMany(slices => slices)
        let who = House.Naming(project, House.Room(project, slice), House.Rooms(right))
        where who.Count > 0
        select ($"{project.GetName().Name}: {slice} → {right}", who);
}
