using Handoff.Api.Access;
using Handoff.Api.Adt;
using Handoff.Api.Boards;
using Handoff.Api.Contract;
using Handoff.Api.Escalations;
using Handoff.Api.Feeds;
using Handoff.Api.Groups;
using Handoff.Api.Handoffs;
using Handoff.Api.Incidents;
using Handoff.Api.Live;
using Handoff.Api.Meetings;
using Handoff.Api.Notes;
using Handoff.Api.Notices;
using Handoff.Api.Observations;
using Handoff.Api.Pages;
using Handoff.Api.Running;
using Handoff.Api.Status;
using Handoff.Api.Stays;
using Handoff.Api.Store;
using Handoff.Api.Tasks;
using Handoff.Api.Timeline;
using Handoff.Api.Training;
using Handoff.Api.Units;
using Handoff.Domain.Escalations;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Notes;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Tasks;
using Handoff.Domain.Units;
using Handoff.Simulator.Demo;
using Handoff.Web.Observations;
using Handoff.Web.Status;
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
        builder.Services.AddAccess(builder.Configuration);
        builder.Services.AddSingleton(services => new Scopes(
            async (facility, role, token) =>
                (await services.GetRequiredService<Log>().State<Facility>(facility, Facility.OnlyKey, token)).Of(role)
        ));
        builder.Services.AddAdt(builder.Configuration);
        builder.Services.AddNotices(builder.Configuration);
        builder.Services.AddTelemetry(builder.Configuration);
        PlainLogging.Replace(builder.Services);
        AddBoards(builder.Services);
        AddWeb(builder.Services);

        var app = builder.Build();
        app.Services.GetRequiredService<Follower>()
            .HandTo(
                (facility, _, _) =>
                {
                    app.Services.GetRequiredService<Duties>().Wake(facility);
                    return Task.CompletedTask;
                }
            );
        app.Services.GetRequiredService<Follower>().HandTo(app.Services.GetRequiredService<WorkFollowsPatient>().Follow);
        app.Services.GetRequiredService<Follower>().HandTo(app.Services.GetRequiredService<BoardPush>().Push);
        app.Services.GetRequiredService<Follower>().HandTo(app.Services.GetRequiredService<IncidentPush>().Push);
        app.Services.GetRequiredService<Follower>().HandTo(app.Services.GetRequiredService<MeetingPush>().Push);
        app.Services.GetRequiredService<Follower>().HandTo(app.Services.GetRequiredService<ShiftPush>().Push);
        app.Services.GetRequiredService<Follower>().HandTo(app.Services.GetRequiredService<EventFeed>().Tell);
        Use(app);
        Map(app);
        return app;
    }

    private static void AddStore(IServiceCollection services, string connectionString)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(Names.Domain);
        services.AddSingleton(FollowStay.Reaction).AddSingleton(KeepStatusWithStay.Reaction).AddSingleton(FollowCare.Reaction);
        services.AddSingleton(RaiseFromChecks.Reaction);
        services.AddSingleton(FollowIncident.Reaction).AddSingleton(FireContingencies.Reaction).AddSingleton(FollowDecision.Reaction);
        services.AddSingleton(services => new Reactions([.. services.GetServices<Reaction>()])
        {
            Departures = [services.GetRequiredService<NoticeSender>().Departure],
        });
        services.AddSingleton(_ => Schema.Open(connectionString));
        services
            .AddMarten(services =>
                EventStore.Options(services.GetRequiredService<NpgsqlDataSource>(), services.GetRequiredService<Names>())
            )
            .IntegrateWithWolverine(marten => marten.MessageStorageSchemaName = Messaging.Schema);
        services.AddSingleton(services => new EventStore(
            connectionString,
            services.GetRequiredService<Names>(),
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
        services.AddSingleton<Follower>().AddHostedService(s => s.GetRequiredService<Follower>());
        services.AddSingleton<Reactor>().AddSingleton<Duties>().AddSingleton<IAgentFamily, DutyAgents>();
    }

    private static void AddBoards(IServiceCollection services)
    {
        services
            .AddSingleton<UnitReader>()
            .AddSingleton<OverviewReader>()
            .AddSingleton<BoardReader>()
            .AddSingleton<IBoardOrder>(services => services.GetRequiredService<BoardReader>())
            .AddSingleton<BoardStates>()
            .AddSingleton<MyPatientsReader>()
            .AddSingleton<BoardPush>()
            .AddSingleton<CardWriter>()
            .AddSingleton<EventFeed>()
            .AddSingleton<Frames>();
        services
            .AddSingleton<IDemoLog, DemoLog>()
            .AddSingleton(services => new DemoFacility(
                services.GetRequiredService<IDemoLog>(),
                DemoFacility.ZoneOf(services.GetRequiredService<IConfiguration>()["Demo:Zone"]),
                services.GetRequiredService<TimeProvider>()
            ));
        services
            .AddSingleton<RoundPages>()
            .AddSingleton<RoundQuestionReader>()
            .AddSingleton<RoundComplianceReader>()
            .AddSingleton<RoundQuestionCount>()
            .AddSingleton<PageNotices>()
            .AddSingleton<RoundQuestionPages>()
            .AddSingleton<EvidenceSourceReader>()
            .AddSingleton<EvidenceSourcePages>()
            .AddSingleton<StayPages>()
            .AddSingleton<PatientPages>()
            // As they stand on the page, from top to bottom.
            .AddSingleton<BedsidePart>(new BedsidePart<PatientStatus>(null, typeof(BannerStatus)))
            .AddSingleton<BedsidePart>(new BedsidePart<Rounding>(typeof(BannerLevel), typeof(BannerSeen)))
            .AddSingleton<AdmissionPages>()
            .AddSingleton<FreeBeds>()
            .AddSingleton<UnitPages>()
            .AddSingleton<FeedPages>();
        services
            .AddSingleton<IncidentReader>()
            .AddSingleton<IncidentPush>()
            .AddSingleton<IncidentPages>()
            .AddSingleton<IncidentBannerPages>()
            .AddSingleton<LiveIncidentPages>();
        services
            .AddSingleton<WorkReader>()
            .AddSingleton<WorkFollowsPatient>()
            .AddSingleton<Colleagues>()
            .AddSingleton<TaskPages>()
            .AddSingleton<EscalationPages>()
            .AddSingleton<NoteReader>()
            .AddSingleton<NotePages>()
            .AddSingleton(new WorkKind(StateKind<CareTask>.Name, StaysOpen: true))
            .AddSingleton(new WorkKind(StateKind<Escalation>.Name, StaysOpen: true))
            .AddSingleton(new WorkKind(StateKind<Note>.Name, StaysOpen: false));
        services.AddSingleton<GroupReader>().AddSingleton<GroupPages>().AddSingleton<GroupPlans>();
        services.AddSingleton<Histories>().AddSingleton<TimelinePages>();
        services
            .AddSingleton<HandoffReader>()
            .AddSingleton<HandoffNews>()
            .AddSingleton<Handing>()
            .AddSingleton<StaffingReader>()
            .AddSingleton<HandoffPages>()
            .AddSingleton<StayHandoffPages>()
            .AddSingleton<ShiftPush>();
        services.AddSingleton<ServiceReader>().AddSingleton<Trainer>();
        services
            .AddSingleton<MeetingReader>()
            .AddSingleton<MeetingNews>()
            .AddSingleton<MeetingPages>()
            .AddSingleton<MeetingPush>()
            .AddSingleton<Reviewing>();
        services.AddSingleton<Watchers>().AddHostedService(s => s.GetRequiredService<Watchers>());
        services
            .AddSignalR(hub => hub.MaximumReceiveMessageSize = 16 * 1024)
            .AddJsonProtocol(json => json.PayloadSerializerOptions = Names.Json);
    }

    private static void AddWeb(IServiceCollection services)
    {
        services.Configure<JsonOptions>(json => json.SerializerOptions.Copy(Names.Json));
        services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        services.AddProblemDetails();
        services.AddExceptionHandler<Failures>();
        services.AddOpenApi("v1", Documentation.Describe);
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
    }

    private static void Map(WebApplication app)
    {
        app.MapAccess();
        app.MapCommands(app.Services.GetRequiredService<Names>());
        app.MapBatch(app.Services.GetRequiredService<Names>());
        app.MapStates(app.Services.GetRequiredService<Names>());
        app.MapAdt();
        app.MapBoards();
        app.MapObservations();
        app.MapRounds();
        app.MapRoundQuestions();
        app.MapEvidenceSources();
        app.MapPageNotices();
        app.MapIncidents();
        app.MapLiveIncidents();
        app.MapGroups();
        app.MapPatients();
        app.MapStays();
        app.MapStatus();
        app.MapTasks();
        app.MapEscalations();
        app.MapNotes();
        app.MapTimeline();
        app.MapEventFeed();
        app.MapAdmissions();
        app.MapHandoffs();
        app.MapMeetings();
        app.MapUnits();
        app.MapScope();
        app.MapFeedMessages();
        app.MapFeeds();
        app.MapFeedKeys();
        app.MapService();
        app.MapTraining();
        app.MapAssets();
        app.MapHealth();
        app.MapMetrics();
        app.MapDocumentation();
        app.MapHubDocument();
        app.MapHub<BoardHub>(BoardHub.Path, hub => hub.CloseOnAuthenticationExpiration = true)
            .RequirePermission(Domain.Access.Permission.ReadBoard, Domain.Access.Permission.ReadWall);
    }
}
