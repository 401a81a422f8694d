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

/// <summary>One part of the duties, on the node that has it.</summary>
internal sealed class DutyAgent(Uri uri, DeadlineRunner duties, IServiceProvider services) : IAgent, IDisposable
{
    private readonly CancellationTokenSource stop = new();
    private Task serving = Task.CompletedTask;

    public Uri Uri => uri;

    public AgentStatus Status { get; private set; } = AgentStatus.Stopped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        var part = int.Parse(uri.Segments[^1], System.Globalization.CultureInfo.InvariantCulture);
        serving = Task.Run(
            () => duties.Serve(facility => DutyAgents.PartOf(facility) == part, Publish, stop.Token),
            CancellationToken.None
        );
        Status = AgentStatus.Running;
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync();
        await serving;
        Status = AgentStatus.Stopped;
    }

    public void Dispose() => stop.Dispose();

    // The messages and the checkpoints that they bring are one transaction: none is lost and none is sent on its own.
    private async Task Publish(Owed owed, CancellationToken cancel)
    {
        await using var scope = services.CreateAsyncScope();
        await using var session = scope.ServiceProvider.GetRequiredService<EventStore>().Marten.LightweightSession(owed.Facility);
        var outbox = scope.ServiceProvider.GetRequiredService<IMartenOutbox>();
        outbox.Enroll(session);
        foreach (var message in owed.Reactions.Concat(owed.Leaving))
        {
            await outbox.PublishAsync(message);
        }

        session.Store<ReactionCheckpoint>(owed.Reached);
        await session.SaveChangesAsync(cancel);
    }
}
