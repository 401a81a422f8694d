using Handoff.Api.Notices;
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

/// <summary>Wolverine: it carries what nobody waits for, in durable queues, and says which node does the duties of which facilities.</summary>
internal static class Messaging
{
    /// <summary>The schema of Wolverine's own tables.</summary>
    public const string Schema = "wolverine";

    private static readonly TimeSpan[] Soon = [TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(250), TimeSpan.FromSeconds(1)];

    // A database that is away comes back: whatever waits for it is tried again until it does.
    private static readonly TimeSpan[] UntilItIsBack =
    [
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(5),
        TimeSpan.FromSeconds(15),
        TimeSpan.FromSeconds(30),
    ];

    // A page must go out at once or soon; after an hour somebody has to look why it can't.
    private static readonly TimeSpan[] UntilItIsTaken =
    [
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(3),
        TimeSpan.FromSeconds(10),
        TimeSpan.FromSeconds(30),
        TimeSpan.FromMinutes(1),
        TimeSpan.FromMinutes(3),
        TimeSpan.FromMinutes(10),
        TimeSpan.FromMinutes(45),
    ];

    /// <param name="isAlone">Whether no other node is on this database: then nobody has to be asked who does what.</param>
    public static void Configure(WolverineOptions options, bool isAlone)
    {
        options.ServiceName = "handoff";
        options.ApplicationAssembly = typeof(Messaging).Assembly;
        options.CodeGeneration.TypeLoadMode = TypeLoadMode.Static;
        options.AutoBuildMessageStorageOnStartup = AutoCreate.None;
        options.Discovery.DisableConventionalDiscovery().IncludeType(typeof(ReactToHandler)).IncludeType(typeof(NotifyHandler));
        options.Policies.UseDurableLocalQueues();
        options.MessagePartitioning.ByMessage<ReactTo>(owed => owed.Facility + "/" + owed.Stream);
        options.MessagePartitioning.PublishToPartitionedLocalMessaging(
            "reactions",
            4,
            queues =>
            {
                queues.Message<ReactTo>();
                queues.MaxDegreeOfParallelism = Wolverine.Configuration.PartitionSlots.Five;
                queues.ConfigureQueues(queue => queue.UseDurableInbox());
            }
        );
        options.PublishMessage<Notify>().ToLocalQueue("notices").UseDurableInbox().MaximumParallelMessages(4);
        options.Policies.OnException<NoticeNotTakenException>().ScheduleRetry(UntilItIsTaken).Then.MoveToErrorQueue();
        options.Policies.OnException<LogUnavailableException>().Or<NpgsqlException>().ScheduleRetryIndefinitely(UntilItIsBack);
        options.Policies.OnAnyException().RetryWithCooldown(Soon).Then.MoveToErrorQueue();
        Durable(options.Durability, isAlone);
    }

    /// <summary>Wolverine's tables, to be made by the schema's owner. Only a host that it is part of tells them.</summary>
    public static ISchemaObject[] Tables(string owner)
    {
        using var host = new HostBuilder()
            .UseWolverine(
                options =>
                {
                    options.PersistMessagesWithPostgresql(owner, Schema);
                    options.Discovery.DisableConventionalDiscovery();
                },
                ExtensionDiscovery.ManualOnly
            )
            .Build();
        return [.. ((IDatabase)host.Services.GetRequiredService<IWolverineRuntime>().Storage).AllObjects()];
    }

    private static void Durable(DurabilitySettings durability, bool isAlone)
    {
        durability.Mode = isAlone ? DurabilityMode.Solo : DurabilityMode.Balanced;
        durability.MessageStorageSchemaName = Schema;
        durability.DeadLetterQueueExpirationEnabled = false;

        // How soon another node takes over what one that died was doing.
        durability.FirstHealthCheckExecution = TimeSpan.FromMilliseconds(200);
        durability.HealthCheckPollingTime = TimeSpan.FromSeconds(1);
        durability.CheckAssignmentPeriod = TimeSpan.FromSeconds(2);
        durability.StaleNodeTimeout = TimeSpan.FromSeconds(5);
        durability.ScheduledJobPollingTime = TimeSpan.FromSeconds(1);
        durability.ScheduledJobFirstExecution = TimeSpan.FromSeconds(1);
    }
}

/// <summary>Wolverine brings what a reaction owes here, in the order of the stream that it is owed because of.</summary>
public static class ReactToHandler
{
    public static Task Handle(ReactTo owed, Reactor reactor, CancellationToken cancel) =>
        OwedFailedException.Plainly(() => reactor.React(owed, cancel));
}

/// <summary>
/// Something owed could not be done. Wolverine logs what a handler throws and keeps it with the dead letter; the words of an error may speak of a patient,
/// so only its kind and where it happened go there.
/// </summary>
public class OwedFailedException(string says) : Exception(says)
{
    /// <summary>Lets through only what has no patient's data in it.</summary>
    public static async Task Plainly(Func<Task> act)
    {
        try
        {
            await act();
        }
        catch (Exception failure)
            when (failure is not (OwedFailedException or LogUnavailableException or NpgsqlException or OperationCanceledException))
        {
            throw new OwedFailedException(failure.GetType().Name + "\n" + failure.StackTrace);
        }
    }
}

/// <summary>
/// The duties of all facilities, in as many parts as there may be nodes; Wolverine's leader says which node has which part, and gives the parts of
/// one that died to others.
/// </summary>
internal sealed class DutyAgents(Duties duties, IServiceProvider services) : IStaticAgentFamily
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

/// <summary>One part of the duties, on the node that has it.</summary>
internal sealed class DutyAgent(Uri uri, Duties duties, IServiceProvider services) : IAgent, IDisposable
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
