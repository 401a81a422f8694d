using System.Reflection;
using NetArchTest.Rules;

namespace Handoff.Architecture.Tests;

/// <summary>What a project may lean on.</summary>
public sealed class ReferenceTests
{
    /// <summary>Where a connection to the database is held or handed on besides, and why.</summary>
    private static readonly Dictionary<string, string> ConnectionsElsewhere = new()
    {
        ["Handoff.Api.HandoffApp"] = "opens the one data source and hands it to the store",
        ["Handoff.Api.LogHealth"] = "readiness asks whether the schema is there",
        ["Handoff.Api.Verbs"] = "opens the database into which a log is imported",
    };

    [Fact]
    public void The_domain_leans_on_nothing_but_the_runtime() =>
        References(House.Domain).ShouldAllBe(name => name.StartsWith("System", StringComparison.Ordinal));

    [Fact]
    public void The_web_leans_on_the_domain_and_on_asp_net() =>
        References(House.Web)
            .Where(name => !name.StartsWith("System", StringComparison.Ordinal))
            .Where(name => !name.StartsWith("Microsoft.AspNetCore.", StringComparison.Ordinal))
            .Where(name => !name.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal))
            .ShouldBe(["Handoff.Domain"]);

    [Fact]
    public void Only_the_store_and_access_talk_to_postgres()
    {
        var elsewhere = Types
            .InAssembly(House.Api)
            .That()
            .DoNotResideInNamespace("Handoff.Api.Store")
            .And()
            .DoNotResideInNamespace("Handoff.Api.Access")
            .ShouldNot()
            .HaveDependencyOnAny("Npgsql.NpgsqlCommand", "Npgsql.NpgsqlConnection", "Npgsql.NpgsqlDataSource", "Npgsql.NpgsqlBatch");
        House.Failing(elsewhere).ShouldBe(ConnectionsElsewhere.Keys, ignoreOrder: true);
    }

    private static IEnumerable<string> References(Assembly project) =>
        project.GetReferencedAssemblies().Select(reference => reference.Name!);
}
