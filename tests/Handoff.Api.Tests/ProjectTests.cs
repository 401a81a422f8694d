using Handoff.Domain.Kernel;
using Handoff.Embedded;
using Handoff.Simulator;

namespace Handoff.Api.Tests;

/// <summary>What is not the service does not know it: a database of one's own, and who plays on it.</summary>
public sealed class ProjectTests
{
    [Fact]
    public void The_embedded_server_names_nothing_of_ours() => Named(typeof(EmbeddedPostgres)).ShouldBeEmpty();

    [Fact]
    public void The_simulator_names_the_domain_alone() => Named(typeof(Play)).ShouldBe([typeof(EventTypeRegistry).Assembly.GetName().Name]);

    private static IEnumerable<string?> Named(Type one) =>
        one
            .Assembly.GetReferencedAssemblies()
            .Select(assembly => assembly.Name)
            .Where(name => name!.StartsWith("Handoff.", StringComparison.Ordinal));
}
