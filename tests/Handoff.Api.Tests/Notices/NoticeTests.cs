using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Handoff.Api.Notices;
using Handoff.Api.Store;
using Handoff.Api.Tests.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Handoff.Api.Tests.Notices;

public sealed class NoticeTests : IAsyncLifetime
{
    private static readonly byte[] Secret = RandomNumberGenerator.GetBytes(32);

    private readonly Guid stay = Guid.CreateVersion7();
    private readonly string key = Guid.CreateVersion7().ToString();
    private Pager pager = null!;
    private App app = null!;

    public async Task InitializeAsync()
    {
        pager = await Pager.Start();
        app = await App.Start(new() { Settings = Settings });
        await app.Record(new Admit("N1", "Sandoval", "Imogen", "2-west", null, BedMayBeTaken: true) { Key = stay.ToString() });
    }

    public async Task DisposeAsync()
    {
        await app.DisposeAsync();
        await pager.DisposeAsync();
    }

    [Fact]
    public async Task Each_step_is_called_once_signed_without_a_word_about_the_patient_and_told_on_the_concern()
    {
        await Raise();
        await Concern(c => c.Told[0].SentAt is not null);
        app.Clock.Advance(TimeSpan.FromMinutes(6));
        var stepped = await Concern(c => c.Told is [_, { SentAt: not null }]);

        var calls = CallsOf(key);
        calls.Select(c => c.Data.GetProperty("to").GetString()).ShouldBe(["Nurse", "ChargeNurse"]);
        foreach (var call in calls)
        {
            call.Signature.ShouldBe(
                "v1,"
                    + Convert.ToBase64String(HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes($"{call.Id}.{call.Timestamp}.{call.Body}")))
            );
            call.Data.GetProperty("stay").GetGuid().ShouldBe(stay);
            call.Body.ShouldNotContain("voices");
            call.Body.ShouldNotContain("Sandoval", Case.Insensitive);
        }

        using var nurse = await app.As(Role.Nurse);
        var page = await nurse.GetStringAsync($"/escalations/{key}");
        page.ShouldContain("Handed to the paging service");
        stepped.Told.ShouldAllBe(t => t.NotSent == null);
    }

    [Fact]
    public async Task What_is_not_taken_is_tried_again_under_the_same_id_and_the_concern_says_so_meanwhile()
    {
        pager.Status = 503;
        await Raise();
        (await Concern(c => c.Told[0].NotSent is not null)).Told[0].NotSent.ShouldBe("the paging service answered 503");
        using var nurse = await app.As(Role.Nurse);
        (await nurse.GetStringAsync($"/escalations/{key}")).ShouldContain("the paging service answered 503");

        pager.Status = 200;
        var sent = (await Concern(c => c.Told[0].SentAt is not null)).Told[0];
        sent.NotSent.ShouldBeNull();
        CallsOf(key).Count.ShouldBeGreaterThan(3);
        CallsOf(key).Select(c => c.Id).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Nobody_is_called_any_more_when_somebody_has_answered_nor_again_after_a_restart()
    {
        pager.Status = 500;
        await Raise();
        await Waiting.Until(() => Task.FromResult(CallsOf(key).Count > 0));
        using var nurse = await app.As(Role.Nurse);
        (await nurse.Post($"/api/escalation/{key}/acknowledge-escalation", new { plan = "I go" })).ShouldBeOk();
        var calls = CallsOf(key).Count;
        pager.Status = 200;

        // A second one that is called shows that the queue goes on; and so does one of another node's start.
        var other = Guid.CreateVersion7().ToString();
        await app.Record(new EscalateConcern(stay, Urgency.Urgent, "Cries") { Key = other });
        await Waiting.Until(async () => (await State(other)).Told[0].SentAt is not null);
        await app.DisposeAsync();
        app = await App.Start(
            new()
            {
                Database = app.Database,
                Settings = Settings,
                Clock = app.Clock,
            }
        );
        var third = Guid.CreateVersion7().ToString();
        await app.Record(new EscalateConcern(stay, Urgency.Urgent, "Laughs") { Key = third });
        await Waiting.Until(async () => (await State(third)).Told[0].SentAt is not null);
        (CallsOf(key).Count - calls).ShouldBeLessThanOrEqualTo(1);
        CallsOf(other).Count.ShouldBe(1);
    }

    [Fact]
    public async Task Nobody_is_called_because_of_a_log_that_was_there_before()
    {
        await app.DisposeAsync();
        await using (var before = await App.Start(new() { Database = app.Database, Clock = app.Clock }))
        {
            await before.Record(new EscalateConcern(stay, Urgency.Urgent, "Hears voices") { Key = key });
            await before.Settle();
        }

        await using (var source = Npgsql.NpgsqlDataSource.Create(app.Database))
        await using (var forget = source.CreateCommand("delete from handoff.mt_doc_reaction_checkpoint where id = 'notices'"))
        {
            await forget.ExecuteNonQueryAsync();
        }

        app = await App.Start(
            new()
            {
                Database = app.Database,
                Settings = Settings,
                Clock = app.Clock,
            }
        );
        await Waiting.Until(async () =>
            (await app.Services.GetRequiredService<Handoff.Api.Running.ServiceReader>().ForFacility(App.Facility, default)).Lags.All(lag =>
                lag.Behind == 0
            )
        );
        var other = Guid.CreateVersion7().ToString();
        await app.Record(new EscalateConcern(stay, Urgency.Urgent, "Cries") { Key = other });
        await Waiting.Until(async () => (await State(other)).Told[0].SentAt is not null);
        (CallsOf(key).Count, CallsOf(other).Count).ShouldBe((0, 1));
    }

    [Theory]
    [InlineData("http://pager.example/notices", null, "Webhooks:demo:Url")]
    [InlineData("notices", null, "Webhooks:demo:Url")]
    [InlineData("https://pager.example/notices", "secret", "Webhooks:demo:Secret")]
    [InlineData("https://pager.example/notices", "whsec_c2hvcnQ=", "Webhooks:demo:Secret")]
    [InlineData("https://pager.example/notices", "", "Webhooks:demo:Secret")]
    public void What_is_wrong_with_the_settings_is_named_before_anything_starts(string url, string? secret, string named)
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Webhooks:demo:Url", url), new("Webhooks:demo:Secret", secret ?? Settings["Webhooks:demo:Secret"])])
            .Build();
        Should.Throw<InvalidOperationException>(() => Webhooks.From(settings)).Message.ShouldStartWith(named);
    }

    private Dictionary<string, string?> Settings =>
        new() { ["Webhooks:demo:Url"] = pager.Address, ["Webhooks:demo:Secret"] = "whsec_" + Convert.ToBase64String(Secret) };

    // About patients of the facility whom nobody has looked at meanwhile others are raised.
    private List<Call> CallsOf(string escalation) =>
        [.. pager.Calls.Where(c => c.Data.GetProperty("escalation").GetString() == escalation)];

    private Task<CommandResult> Raise() => app.Record(new EscalateConcern(stay, Urgency.Urgent, "Hears voices") { Key = key });

    private ValueTask<Escalation> State(string id) => app.Services.GetRequiredService<Log>().State<Escalation>(App.Facility, id, default);

    private async Task<Escalation> Concern(Func<Escalation, bool> isSo)
    {
        await Waiting.Until(async () => await State(key) is { RaisedAt: not null } now && isSo(now));
        return await State(key);
    }

    /// <summary>What a paging service is to us.</summary>
    private sealed class Pager : IAsyncDisposable
    {
        private readonly WebApplication receiver;

        private Pager()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            receiver = builder.Build();
            receiver.MapPost(
                "/notices",
                async (HttpContext context) =>
                {
                    using var body = new StreamReader(context.Request.Body);
                    var headers = context.Request.Headers;
                    Calls.Enqueue(
                        new(
                            headers["webhook-id"].ToString(),
                            headers["webhook-timestamp"].ToString(),
                            headers["webhook-signature"].ToString(),
                            await body.ReadToEndAsync()
                        )
                    );
                    context.Response.StatusCode = Status;
                }
            );
        }

        public int Status { get; set; } = 200;

        public ConcurrentQueue<Call> Calls { get; } = new();

        public string Address => receiver.Urls.Single() + "/notices";

        public static async Task<Pager> Start()
        {
            var pager = new Pager();
            await pager.receiver.StartAsync();
            return pager;
        }

        public ValueTask DisposeAsync() => receiver.DisposeAsync();
    }

    private sealed record Call(string Id, string Timestamp, string Signature, string Body)
    {
        public JsonElement Data => JsonDocument.Parse(Body).RootElement.GetProperty("data");
    }
}
