using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Api.Training;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Simulator.Demo;
using Handoff.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Handoff.Api.Tests.Support;

/// <summary>
/// The real application with the demo facility, on a port and a database of its own. As a class fixture, or with <c>await App.Start()</c>;
/// a second one on the same <see cref="Database"/> is another node.
/// </summary>
public sealed class App : IAsyncLifetime, IAsyncDisposable
{
    public const string Facility = DemoFacility.Id;

    /// <summary>An Integration key that stands in every database made here.</summary>
    public const string Key = "hf_a-key-for-tests-only-0123456789";

    private readonly ConcurrentDictionary<Role, Task<string>> tokens = new();
    private WebApplication? app;
    private IReadOnlyList<RouteEndpoint>? routes;

    /// <summary>The owner's connection string; a fresh copy of the demo facility's database unless one is given.</summary>
    public string Database { get; set; } = "";

    public SteeredClock Clock { get; init; } = new();

    /// <summary>Where the clock stands, if this is training; it is moved by <c>POST /api/training/clock</c>.</summary>
    public DateTimeOffset? Training { get; init; }

    /// <summary>
    /// Whether other nodes are to run on the same database: then they agree on who does what, which takes a while at the start.
    /// </summary>
    public bool HasCompany { get; init; }

    /// <summary>Configuration, such as <c>Access:IdleMinutes</c>.</summary>
    public Dictionary<string, string?> Settings { get; init; } = [];

    /// <summary>Reactions besides the product's own.</summary>
    public IReadOnlyList<Reaction> Reactions { get; init; } = [];

    /// <summary>Everything that was logged, exceptions included.</summary>
    public ConcurrentQueue<string> Logged { get; } = new();

    public IServiceProvider Services => app!.Services;

    public Uri Address => new(app!.Urls.Single());

    public IEnumerable<EndpointDataSource> DataSources => ((IEndpointRouteBuilder)app!).DataSources;

    /// <summary>Kept, because the framework makes every endpoint anew each time it is asked for them.</summary>
    public IReadOnlyList<RouteEndpoint> Routes =>
        routes ??= [.. DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];

    public static async Task<App> Start(App? as_ = null)
    {
        var one = as_ ?? new();
        await one.InitializeAsync();
        return one;
    }

    public async Task InitializeAsync()
    {
        Database = Database is ""
            ? await (await Cluster.Shared).FromTemplate(
                $"demo {Training:O} {Settings.GetValueOrDefault("Demo:Zone")} {Cluster.Fresh}",
                Demo
            )
            : Database;
        app = await Built();
        await app.StartAsync();
    }

    /// <summary>A client that nobody has signed in with.</summary>
    public HttpClient Anonymous() =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            }
        )
        {
            BaseAddress = Address,
        };

    public HttpClient Machine(string key = Key)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    /// <summary>A client signed in as the demo account of a role.</summary>
    public async Task<HttpClient> As(Role role) => role is Role.Integration ? Machine() : Bearer(await Token(role));

    public HttpClient Bearer(string token)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    /// <summary>A bearer token of the demo account of a role.</summary>
    public Task<string> Token(Role role) =>
        tokens.GetOrAdd(
            role,
            async r =>
            {
                var account = await Account(r);
                return await Token(account.UserName, account.Password);
            }
        );

    /// <summary>The demo account of a role.</summary>
    public async Task<DemoAccount> Account(Role role)
    {
        await using var scope = Services.CreateAsyncScope();

        // Whoever a test has hired has a long name.
        return (await scope.ServiceProvider.GetRequiredService<DemoPeople>().Offered(default))
            .Where(account => account.Role == role)
            .MinBy(account => account.UserName.Length)!;
    }

    public async Task<string> Token(string account, string password)
    {
        using var client = Anonymous();
        var answer = await client.PostAsJsonAsync("/api/sign-in", new { account, password });
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!;
    }

    /// <summary>Signs a demo account in as a browser does; returns its cookie.</summary>
    public async Task<string> Cookie(string account)
    {
        using var browser = Anonymous();
        var page = await browser.GetAsync("/sign-in");
        var fields = (await page.Content.ReadAsStringAsync()).Split("name=\"__RequestVerificationToken\" value=\"")[1];
        using var form = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent([
                new("account", account),
                new("password", DemoCast.Password),
                new("__RequestVerificationToken", fields.Split('"')[0]),
            ]),
        };
        form.Headers.Add("Cookie", page.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]));
        return (await browser.SendAsync(form))
            .Headers.GetValues("Set-Cookie")
            .Select(cookie => cookie.Split(';')[0])
            .Single(cookie => cookie.StartsWith("handoff=", StringComparison.Ordinal));
    }

    /// <summary>Somebody who works on these units only; returns their bearer token.</summary>
    public async Task<(Person Person, string Token)> Hire(Role role, params string[] units)
    {
        await using var scope = Services.CreateAsyncScope();
        var person = await scope
            .ServiceProvider.GetRequiredService<People>()
            .Add(
                new()
                {
                    UserName = $"p{Guid.NewGuid():N}",
                    Facility = Facility,
                    Name = "Somebody",
                    Role = role,
                    Units = units is [] ? null : units,
                    IsDemo = true,
                },
                DemoCast.Password
            );
        return (person, await Token(person.UserName!, DemoCast.Password));
    }

    /// <summary>A hub connection; by default with the Integration key.</summary>
    public Task<HubClient> Hub(string? token = null, string? key = null) =>
        HubClient.Connect(Address, token, token is null ? key ?? Key : null);

    /// <summary>Records a command as the service itself.</summary>
    public async Task<CommandResult> Record(ICommand command)
    {
        var answer = await Services
            .GetRequiredService<Log>()
            .Send(Facility, new(command, Actor.Clock, Guid.CreateVersion7(), Source.Import));
        answer.Refusal.ShouldBeNull();
        return answer;
    }

    /// <summary>Does what is due by the clock, and what follows from what was recorded; returns when it is done.</summary>
    public Task Settle() => Services.Settle(Facility);

    async Task IAsyncLifetime.DisposeAsync() => await DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref app, null) is { } running)
        {
            await running.DisposeAsync();
        }
    }

    private async Task<WebApplication> Built()
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ApplicationName = "Handoff.Api",
                ContentRootPath = AppContext.BaseDirectory,
                EnvironmentName = "Production",
            }
        );
        builder.Configuration.AddInMemoryCollection([new("Engine:Alone", HasCompany ? "false" : "true")]);
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.Logging.ClearProviders().AddProvider(new Lines(Logged));
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        if (Training is { } start)
        {
            builder.UseTrainingClock(start);
        }
        else
        {
            builder.Services.AddSingleton<TimeProvider>(Clock);
        }

        foreach (var reaction in Reactions)
        {
            builder.Services.AddSingleton(reaction);
        }

        return await HandoffApp.Build(builder, Database, CancellationToken.None);
    }

    private async Task Demo(string database)
    {
        await using var demo = new App
        {
            Database = database,
            Training = Training,
            Settings = Training is null ? [] : Settings,
        };
        await using var built = await demo.Built();
        await built.Services.GetRequiredService<DemoFacility>().Load(CancellationToken.None);
        await using var scope = built.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DemoPeople>().Create(Facility, Key, CancellationToken.None);
    }

    private sealed class Lines(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        ) => lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose() { }
    }
}

/// <summary>The machine's clock, until a test puts it forward.</summary>
public sealed class SteeredClock : TimeProvider
{
    private long ahead;

    public TimeSpan Ahead => TimeSpan.FromTicks(Interlocked.Read(ref ahead));

    public void Advance(TimeSpan by) => Interlocked.Add(ref ahead, by.Ticks);

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

    public override long GetTimestamp() => base.GetTimestamp() + (long)(Ahead.TotalSeconds * TimestampFrequency);
}
