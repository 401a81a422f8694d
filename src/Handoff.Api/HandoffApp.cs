using Handoff.Api.Access;
using Handoff.Api.Boards;
using Handoff.Api.Contract;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Live;
using Handoff.Api.Notices;
using Handoff.Api.Running;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Simulator.Demo;
using Marten;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Wolverine;
using Wolverine.Marten;
using Wolverine.Runtime.Agents;

namespace Handoff.Api;

/// <summary>
/// The application: what it is made of, and the order in which a request passes through it. Program and tests build the same one.
/// </summary>
public static class HandoffApp
{
    // What the framework says of each request would fill the log, and may quote an address.
    private static readonly Dictionary<string, string?> Quiet = new()
    {
        ["Logging:LogLevel:Microsoft"] = "Warning",
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Logging:LogLevel:Wolverine"] = "Warning",

        // It tries again, and says as an error when it has given up.
        ["Logging:LogLevel:Wolverine.Runtime.Agents"] = "Error",
        ["Logging:LogLevel:JasperFx"] = "Warning",
        ["Logging:LogLevel:Marten"] = "Warning",
    };

    /// <param name="connectionString">Of a role that may create the schema; the application itself then works as
    /// <c>handoff_app</c>.</param>
    public static async Task<WebApplication> Build(WebApplicationBuilder builder, string connectionString, CancellationToken cancel)
    {
        await Schema.Create(connectionString, cancel);
        await AccessSchema.Create(connectionString, cancel);

        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Quiet });
        AddStore(builder.Services, connectionString);
        builder.Host.UseWolverine(
            options => Messaging.Configure(options, builder.Configuration.GetValue<bool>("Engine:Alone")),
            ExtensionDiscovery.ManualOnly
        );
        builder.Services.AddSingleton(services => new Scopes(
            async (facility, role, token) =>
                (await services.GetRequiredService<Log>().State<Facility>(facility, Facility.OnlyKey, token)).PermissionsOf(role)
        ));
        foreach (var slice in ISlice.All)
        {
            slice.Add(builder.Services, builder.Configuration);
        }

        PlainLogging.Replace(builder.Services);
        AddDemo(builder.Services);
        AddWeb(builder.Services);

        var app = builder.Build();
        var follower = app.Services.GetRequiredService<NodeFollower>();
        foreach (var (_, take) in app.Services.GetServices<LogFollower>().OrderBy(one => one.Place))
        {
            follower.HandTo(take);
        }

        Use(app);
        Map(app);
        return app;
    }

    private static void AddStore(IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(EventTypeRegistry.Domain);
        services.AddSingleton(services => new Reactions([.. Reaction.All, .. services.GetServices<Reaction>()])
        {
            Departures = [services.GetRequiredService<NoticeSender>().Departure],
        });
        services.AddSingleton(_ => Schema.Open(connectionString));
        services
            .AddMarten(services =>
                EventStore.Options(services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<EventTypeRegistry>())
            )
            .IntegrateWithWolverine(marten => marten.MessageStorageSchemaName = Messaging.Schema);
        services.AddSingleton(services => new EventStore(
            connectionString,
            services.GetRequiredService<EventTypeRegistry>(),
            services.GetRequiredService<NpgsqlDataSource>(),
            services.GetRequiredService<IDocumentStore>()
        ));
        services
            .AddSingleton<LogReader>()
            .AddSingleton<StayEvents>()
            .AddSingleton<StateReader>()
            .AddSingleton<PastStates>()
            .AddSingleton<StatesAt>()
            .AddSingleton<Log>();
        services.AddSingleton<NodeFollower>().AddHostedService(s => s.GetRequiredService<NodeFollower>());
        services.AddSingleton<ReactionRunner>().AddSingleton<IAgentFamily, DutyAgents>();
        services.AddFollower<DeadlineRunner>(
            10,
            duties =>
                (facility, _, _) =>
                {
                    duties.Wake(facility);
                    return Task.CompletedTask;
                }
        );
    }

    private static void AddDemo(IServiceCollection services) =>
        services
            .AddSingleton<IDemoLog, DemoLog>()
            .AddSingleton(services => new DemoFacility(
                services.GetRequiredService<IDemoLog>(),
                DemoFacility.ZoneOf(services.GetRequiredService<IConfiguration>()["Demo:Zone"]),
                services.GetRequiredService<TimeProvider>()
            ));

    private static void AddWeb(IServiceCollection services)
    {
        services.AddSingleton<PageContexts>();
        services.AddSingleton<Watchers>().AddHostedService(s => s.GetRequiredService<Watchers>());
        services
            .AddSignalR(hub => hub.MaximumReceiveMessageSize = 16 * 1024)
            .AddJsonProtocol(json => json.PayloadSerializerOptions = EventTypeRegistry.Json);
        services.Configure<JsonOptions>(json => json.SerializerOptions.Copy(EventTypeRegistry.Json));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails();
        services.AddExceptionHandler<Failures>();
        services.AddOpenApi("v1", Documentation.Describe);
        services.AddOutputCache();
        services.AddHealthChecks().AddCheck<LogHealth>("log", tags: ["ready"]);
        services.AddHttpContextAccessor();
        services.Configure<ForwardedHeadersOptions>(proxy =>
        {
            proxy.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            proxy.KnownIPNetworks.Clear();
            proxy.KnownProxies.Clear();
        });
    }

    private static void Use(WebApplication app)
    {
        // Only a proxy of ours may say where a request came from; without one, anybody could.
        if (app.Configuration.GetValue<bool>("Proxy:Trusted"))
        {
            app.UseForwardedHeaders();
        }

        app.UseExceptionHandler();
        app.UseMiddleware<SafeHeaders>();
        app.UseStatusCodePages(Failures.Page);
        app.UseDocumentation();
        app.UseRouting();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseKnownQuery();
        app.UseAntiforgery();
        app.UseOutputCache();
    }

    private static void Map(WebApplication app)
    {
        app.MapCommands(app.Services.GetRequiredService<EventTypeRegistry>());
        app.MapBatch(app.Services.GetRequiredService<EventTypeRegistry>());
        app.MapStates(app.Services.GetRequiredService<EventTypeRegistry>());
        foreach (var slice in ISlice.All)
        {
            slice.Map(app);
        }

        app.MapAssets();
        app.MapHealth();
        app.MapMetrics();
        app.MapDocumentation();
        app.MapHubDocument();
        app.MapHub<BoardHub>(BoardHub.Path, hub => hub.CloseOnAuthenticationExpiration = true)
            .RequirePermission(Permission.ReadBoard, Permission.ReadWall);
    }
}
