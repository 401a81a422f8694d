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

/// <summary>
/// Wolverine: it carries what nobody waits for, in durable queues, and says which node does the duties of which facilities.
/// </summary>
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
    public static Task Handle(ReactTo owed, ReactionRunner reactor, CancellationToken cancel) =>
        OwedFailedException.Plainly(() => reactor.React(owed, cancel));
}
