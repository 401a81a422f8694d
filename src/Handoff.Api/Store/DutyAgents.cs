using JasperFx;
using JasperFx.CodeGeneration;
using Marten;
using Npgsql;
using Weasel.Core;
using Weasel.Core.Migrations;
using Wolverine;
using Wolverine.ErrorHandling;
using Wolverine.Marten;
using Wolverine.Postgresql;
using Wolverine.Runtime;
using Wolverine.Runtime.Agents;

namespace Handoff.Api.Store;

/// <summary>
/// The duties of all facilities, in as many parts as there may be nodes; Wolverine's leader says which node has which part, and gives the
/// parts of
/// one that died to others.
/// </summary>
internal sealed class DutyAgents(DeadlineRunner duties, IServiceProvider services) : IStaticAgentFamily
{
    public const string Name = "handoff-duties";
    private const int Parts = 8;

    public string Scheme => Name;

    public ValueTask<IReadOnlyList<Uri>> AllKnownAgentsAsync() =>
        new([.. Enumerable.Range(0, Parts).Select(part => new Uri($"{Scheme}://part/{part}"))]);

    public ValueTask<IReadOnlyList<Uri>> SupportedAgentsAsync() => AllKnownAgentsAsync();

    public ValueTask<IAgent> BuildAgentAsync(Uri uri, Wolverine.Runtime.IWolverineRuntime wolverineRuntime) =>
        new(new DutyAgent(uri, duties, services));

    public ValueTask EvaluateAssignmentsAsync(AssignmentGrid assignments)
    {
        assignments.DistributeEvenly(Scheme);
        return ValueTask.CompletedTask;
    }

    /// <summary>The part that a facility belongs to, the same on every node and after every restart.</summary>
    public static int PartOf(string facility) => (int)((uint)Domain.Kernel.NamedId.From("duties", facility).GetHashCode() % Parts);
}
