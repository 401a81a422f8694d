using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Handoff.Api.Access;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Feeds.Mllp;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Simulator.Demo;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Handoff.Api.Tests.Adt;

/// <summary>The real application with the demo facility, a feed's key, and MLLP on any free port.</summary>
public sealed class FeedApp : IAsyncLifetime
{
    private const string Key = "hf_a-feed-for-tests-only-0123456789";

    private readonly List<HttpClient> clients = [];
    private WebApplication app = null!;

    internal MllpListener Mllp => app.Services.GetRequiredService<MllpListener>();

    internal HttpClient Feed { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        app = await Build(await (await Cluster.Shared).FromTemplate("feed-app", Load));
        await app.StartAsync();
        Feed = Nobody();
        Feed.DefaultRequestHeaders.Add("X-Api-Key", Key);
    }

    public async Task DisposeAsync()
    {
        clients.ForEach(client => client.Dispose());
        await app.DisposeAsync();
    }

    internal HttpClient Nobody()
    {
        clients.Add(new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(app.Urls.Single()) });
        return clients[^1];
    }

    /// <summary>A machine with a new key of this role.</summary>
    internal async Task<HttpClient> Keyed(Role role)
    {
        var (client, key) = (Nobody(), ApiKeys.Fresh());
        await app.Services.GetRequiredService<ApiKeys>().Add(DemoFacility.Id, $"A {role}", role, key, default);
        client.DefaultRequestHeaders.Add("X-Api-Key", key);
        return client;
    }

    /// <summary>Every route that asks for a permission, with the permissions of which one is needed.</summary>
    internal IEnumerable<(string Route, IReadOnlyList<Permission> AnyOf)> Guarded() =>
        from route in app
            .Services.GetRequiredService<Microsoft.AspNetCore.Routing.EndpointDataSource>()
            .Endpoints.OfType<Microsoft.AspNetCore.Routing.RouteEndpoint>()
        from needs in route.Metadata.GetOrderedMetadata<RequiresAttribute>()
        select (route.RoutePattern.RawText ?? "", needs.AnyOf);

    /// <summary>A demo account by its name, such as <c>charge</c>.</summary>
    internal async Task<HttpClient> As(string account)
    {
        var client = Nobody();
        var answer = await client.PostAsJsonAsync("/api/sign-in", new { account, password = DemoCast.Password });
        var token = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>())
            .GetProperty("accessToken")
            .GetString();
        client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return client;
    }

    internal Task<HttpResponseMessage> Send(string message, string type = "application/hl7-v2", HttpClient? by = null) =>
        Send(Encoding.UTF8.GetBytes(message), type, by);

    internal async Task<HttpResponseMessage> Send(byte[] message, string? type, HttpClient? by = null)
    {
        using var content = new ByteArrayContent(message);
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return await (by ?? Feed).PostAsync("/api/adt", content);
    }

    /// <summary>The card of a record number on the board of 3 East.</summary>
    internal async Task<JsonElement?> Card(string mrn)
    {
        var board = await Feed.GetFromJsonAsync<JsonElement>("/api/units/3-east/board");
        return board
            .GetProperty("cards")
            .EnumerateArray()
            .Where(card => card.GetProperty("mrn").GetString() == mrn)
            .Cast<JsonElement?>()
            .SingleOrDefault();
    }

    /// <summary>The held message with a control id.</summary>
    internal async Task<JsonElement?> Held(string control) =>
        (await Feed.GetFromJsonAsync<JsonElement>("/api/adt/quarantine"))
            .EnumerateArray()
            .Where(held => held.GetProperty("controlId").GetString() == control)
            .Cast<JsonElement?>()
            .SingleOrDefault();

    private static async Task Load(string database)
    {
        await using var demo = await Build(database);
        await demo.Services.GetRequiredService<DemoFacility>().Load(default);
        await using var scope = demo.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<DemoPeople>().Create(DemoFacility.Id, Key, default);
    }

    private static async Task<WebApplication> Build(string database)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions
            {
                ApplicationName = "Handoff.Api",
                ContentRootPath = AppContext.BaseDirectory,
                EnvironmentName = "Production",
            }
        );
        builder.Configuration.AddInMemoryCollection([new("Adt:Mllp:Port", "0"), new("Adt:Zone", "America/Chicago")]);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        return await HandoffApp.Build(builder, database, default);
    }
}
