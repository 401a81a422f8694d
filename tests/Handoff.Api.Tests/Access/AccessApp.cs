using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Units;
using Microsoft.AspNetCore.Authentication.BearerToken;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Handoff.Api.Tests.Access;

/// <summary>A small ward with access and a few guarded routes, on a database and a port of its own.</summary>
public sealed partial class AccessApp : IAsyncLifetime
{
    public const string Password = "correct horse battery";
    public const string Facility = "north";

    private readonly List<HttpClient> clients = [];
    private readonly Dictionary<string, string?> settings = new() { ["Access:RefusalSeconds"] = "0.01" };
    private WebApplication app = null!;
    private int people;

    public MovableClock Clock { get; } = new();

    /// <summary>The scope of practice; a test may change it.</summary>
    public Facility Scope { get; set; } = new();

    /// <summary>The owner's connection string.</summary>
    public string Database { get; private set; } = "";

    public IServiceProvider Services => app.Services;

    public IEnumerable<EndpointDataSource> Endpoints => ((IEndpointRouteBuilder)app).DataSources;

    public string Url => app.Urls.Single();

    public static async Task<AccessApp> Start(string? database = null, params (string Name, string Value)[] with)
    {
        var one = new AccessApp { Database = database ?? "" };
        foreach (var (name, value) in with)
        {
            one.settings[name] = value;
        }

        await one.InitializeAsync();
        return one;
    }

    public static async Task<string> NewDatabase() =>
        await (await Cluster.Shared).FromTemplate("access", database => AccessSchema.Create(database, default));

    public async Task InitializeAsync()
    {
        Database = Database is "" ? await NewDatabase() : Database;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton(_ => Schema.Open(Database));
        builder.Services.AddSingleton(new Scopes((_, role, _) => ValueTask.FromResult(Scope.PermissionsOf(role))));
        builder.Services.AddAccess(builder.Configuration);
        builder.Services.Configure<PasswordHasherOptions>(hashing => hashing.IterationCount = 1_000); // Tests guess no passwords.
        app = builder.Build();
        app.MapAccess();
        MapWard(app);
        await app.StartAsync();
    }

    async Task IAsyncLifetime.DisposeAsync() => await Stop();

    public async Task Stop()
    {
        clients.ForEach(client => client.Dispose());
        await app.DisposeAsync();
    }

    /// <summary>A browser: keeps cookies, goes nowhere by itself.</summary>
    public HttpClient Browser()
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri(Url),
        };
        clients.Add(client);
        return client;
    }

    public HttpClient Machine(string key)
    {
        var client = Browser();
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    public async Task<Person> Person(Role role, params string[] units)
    {
        await using var scope = Services.CreateAsyncScope();
        var number = Interlocked.Increment(ref people);
        return await scope
            .ServiceProvider.GetRequiredService<People>()
            .Add(
                new Person
                {
                    UserName = $"{role}{number}",
                    Facility = Facility,
                    Name = $"Someone {number}",
                    Role = role,
                    Credential = "RN",
                    Units = units is [] ? null : units,
                },
                Password
            );
    }

    public async Task<HttpClient> SignedIn(Role role, params string[] units)
    {
        var browser = Browser();
        (await SignIn(browser, (await Person(role, units)).UserName!)).StatusCode.ShouldBe(HttpStatusCode.Found);
        return browser;
    }

    public static async Task<HttpResponseMessage> SignIn(
        HttpClient browser,
        string account,
        string password = Password,
        string? returnTo = null
    ) => await Post(browser, "/sign-in", ("account", account), ("password", password), ("returnTo", returnTo ?? ""));

    public static async Task<HttpResponseMessage> Post(HttpClient browser, string path, params (string Name, string Value)[] fields) =>
        await browser.PostAsync(
            path,
            new FormUrlEncodedContent(
                fields
                    .Select(field => KeyValuePair.Create(field.Name, field.Value))
                    .Append(KeyValuePair.Create("__RequestVerificationToken", await FormToken(browser)))
            )
        );

    public static async Task<AccessTokenResponse> Tokens(HttpClient client, string account) =>
        (
            await (
                await client.PostAsJsonAsync("/api/sign-in", new { account, password = Password })
            ).Content.ReadFromJsonAsync<AccessTokenResponse>()
        )!;

    public static async Task<string?> Code(HttpResponseMessage answer)
    {
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        return (await answer.Content.ReadFromJsonAsync<Problem>())?.Code;
    }

    public async Task Do(Func<People, Task> what)
    {
        await using var scope = Services.CreateAsyncScope();
        await what(scope.ServiceProvider.GetRequiredService<People>());
    }

    /// <summary>One value, asked by the owner of the database.</summary>
    public async Task<T> Ask<T>(string sql)
    {
        await using var connection = new NpgsqlConnection(Database);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    private static async Task<string> FormToken(HttpClient browser) =>
        TokenField().Match(await browser.GetStringAsync("/sign-in")).Groups["token"].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex TokenField();

    private static void MapWard(WebApplication app)
    {
        app.MapGet("/", (Caller caller) => caller.Staff.Name).RequirePermission(Permission.ReadBoard);
        app.MapGet("/units/{unit}/board", (string unit, Caller caller) => $"{unit} for {caller.Staff.Name}")
            .RequirePermission(Permission.ReadBoard);
        app.MapGet("/units/{unit}/cards", (string unit) => unit).RequirePermission(Permission.ReadBoard).IsAskedByPages();
        app.MapGet(
                "/api/units/{unit}/board",
                (string unit, Caller caller) => new Seen(unit, caller.Facility, caller.Staff.Name, caller.Staff.Role, caller.Source)
            )
            .RequirePermission(Permission.ReadBoard);
        app.MapGet("/api/units/{unit}/wall", (string unit) => unit).RequirePermission(Permission.ReadBoard, Permission.ReadWall);
        app.MapPost("/api/checks", () => "recorded").RequirePermission(Permission.RecordCheck);
        app.MapGet("/api/both", () => "both").RequirePermission(Permission.ReadBoard).RequirePermission(Permission.OrderLevel);
        app.MapGet("/api/actor", async (HttpContext context) => (await context.CurrentActor()).Permissions)
            .RequirePermission(Permission.ReadBoard);
        app.MapGet("/hubs/board", (Caller caller) => caller.Staff.Name).RequirePermission(Permission.ReadBoard);
        app.MapGet("/api/forgotten", () => "nobody thought of a permission");
    }

    public sealed record Seen(string Unit, string Facility, string Name, Role Role, Handoff.Domain.Kernel.Source Source);

    private sealed record Problem(string Code);
}

/// <summary>The system's clock, some time ahead of it.</summary>
public sealed class MovableClock : TimeProvider
{
    private TimeSpan ahead;

    public void Pass(TimeSpan time) => ahead += time;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + ahead;

    public override long GetTimestamp() => base.GetTimestamp() + (long)(ahead.TotalSeconds * TimestampFrequency);
}
