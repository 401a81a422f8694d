using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Handoff.Domain.Boards;
using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;

namespace Handoff.Simulator;

/// <summary>
/// The service as anybody's machine sees it: its public HTTP API at one address, and no other traffic; with the key, or as somebody who has
/// signed in. What gets no answer, or a 429, 502, 503 or 504, is sent again under the same key, each time after a longer wait, until
/// it has waited for the patience.
/// </summary>
public sealed class Wire : IDisposable
{
    private const string Hl7 = "application/hl7-v2",
        KeyHeader = "X-Api-Key";

    private static readonly TimeSpan FirstWait = TimeSpan.FromMilliseconds(200),
        LongestWait = TimeSpan.FromSeconds(5),
        AnswersWithin = TimeSpan.FromSeconds(15);

    private readonly TimeSpan patience;
    private readonly HttpClient http;
    private readonly string key;
    private int onTheWay;
    private readonly ConcurrentDictionary<string, (string Password, string Token)> people = new();

    public Wire(Uri url, string key, TimeSpan patience, int connections)
    {
        (this.patience, this.key) = (patience, key);
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxConnectionsPerServer = connections,
        };
        http = new(handler) { BaseAddress = url, Timeout = AnswersWithin };
    }

    /// <summary>How many have asked for something and not been answered yet.</summary>
    public int OnTheWay => onTheWay;

    public Task<Board> Board(string unit, CancellationToken stop) => Get<Board>($"/api/units/{Uri.EscapeDataString(unit)}/board", stop);

    public Task<UnitBeds[]> Units(CancellationToken stop) => Get<UnitBeds[]>("/api/units", stop);

    public Task<GroupDay> Groups(string unit, DateOnly day, CancellationToken stop) =>
        Get<GroupDay>($"/api/units/{Uri.EscapeDataString(unit)}/groups?day={day:yyyy-MM-dd}", stop);

    public Task<GroupRoster> Roster(Guid session, CancellationToken stop) => Get<GroupRoster>($"/api/groups/{session}", stop);

    /// <summary>A unit's handoff as somebody sees it who has signed in.</summary>
    public Task<UnitHandoff> Handoff(string unit, Player who, CancellationToken stop) =>
        Get<UnitHandoff>($"/api/units/{Uri.EscapeDataString(unit)}/handoff", stop, who.Account);

    /// <summary>A patient's; null if they have left meanwhile.</summary>
    public Task<PatientHandoff?> Handoff(Guid stay, Player who, CancellationToken stop) =>
        Find<PatientHandoff>($"/api/stays/{stay}/handoff", stop, who.Account);

    /// <summary>Signs somebody in; deeds may name their account from now on. Null if the service does not let them in.</summary>
    public async Task<Player?> SignIn(string account, string password, CancellationToken stop) =>
        await Token(account, password, stop) ? new(account, (await Get<SignedIn>("/api/me", stop, account)).Staff) : null;

    /// <summary>Never throws because of the service; a request that is on its way when the run is stopped still gets its answer.</summary>
    public async Task<Outcome> Send(Deed deed, CancellationToken stop)
    {
        var (reply, took, sendings) = await Persist(() => Request(deed), stop, deed.Account);
        return reply switch
        {
            null => new(Outcome.Unanswered, took, sendings),
            { Status: not HttpStatusCode.OK } => new(
                Refusal(reply),
                took,
                sendings,
                IsBroken: reply.Status >= HttpStatusCode.InternalServerError
            ),
            _ when deed is Charted or Given or Mistyped => new(
                null,
                took,
                sendings,
                JsonSerializer.Deserialize<WrittenAnswer>(reply.Body, EventTypeRegistry.Json)
            ),
            _ when deed is Garbled && AckReader.Read(reply.Body) is var acks => new(
                acks.FirstOrDefault(ack => ack.Fault is not null)?.Fault,
                took,
                sendings,
                Acks: acks
            ),
            _ => new(AckReader.Read(reply.Body)[0].Fault, took, sendings),
        };
    }

    public void Dispose() => http.Dispose();

    private async Task<T> Get<T>(string path, CancellationToken stop, string? account = null)
        where T : class => await Find<T>(path, stop, account) ?? throw new SimulationException($"The service knows nothing at {path}.");

    private async Task<T?> Find<T>(string path, CancellationToken stop, string? account = null)
        where T : class
    {
        var (reply, _, _) = await Persist(() => new(HttpMethod.Get, path), stop, account);
        return reply switch
        {
            null => throw new SimulationException(
                stop.IsCancellationRequested
                    ? "Stopped."
                    : $"The service at {http.BaseAddress} can't be reached. Start it, or name its address with --url."
            ),
            { Status: HttpStatusCode.OK } => JsonSerializer.Deserialize<T>(reply.Body, EventTypeRegistry.Json)!,
            { Status: HttpStatusCode.NotFound } when Refusal(reply) == "stay-unknown" => null,
            { Status: HttpStatusCode.Unauthorized } when account is not null => throw new SimulationException(
                $"{account} was signed out and can't sign in again."
            ),
            { Status: HttpStatusCode.Unauthorized } => throw new SimulationException(
                "The service does not know that key. Give an Integration key with --key."
            ),
            _ => throw new SimulationException($"The service answered {path} with {(int)reply.Status}, {Refusal(reply)}."),
        };
    }

    private async Task<bool> Token(string account, string password, CancellationToken stop)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(new { account, password }, EventTypeRegistry.Json);
        var (reply, _, _) = await Persist(
            () =>
                new(HttpMethod.Post, "/api/sign-in")
                {
                    Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } },
                },
            stop
        );
        if (reply is not { Status: HttpStatusCode.OK })
        {
            return false;
        }

        using var tokens = JsonDocument.Parse(reply.Body);
        people[account] = (password, tokens.RootElement.GetProperty("accessToken").GetString()!);
        return true;
    }

    // A token lasts for minutes: whose token has run out signs in again.
    private async Task<(Reply? Reply, TimeSpan Took, int Sendings)> Persist(
        Func<HttpRequestMessage> request,
        CancellationToken stop,
        string? account = null
    )
    {
        var answered = await Repeat(() => Signed(request(), account), stop);
        return
            answered.Reply is { Status: HttpStatusCode.Unauthorized }
            && account is not null
            && await Token(account, people[account].Password, stop)
            ? await Repeat(() => Signed(request(), account), stop)
            : answered;
    }

    private HttpRequestMessage Signed(HttpRequestMessage request, string? account)
    {
        if (account is null)
        {
            request.Headers.Add(KeyHeader, key);
        }
        else
        {
            request.Headers.Authorization = new("Bearer", people[account].Token);
        }

        return request;
    }

    private async Task<(Reply? Reply, TimeSpan Took, int Sendings)> Repeat(Func<HttpRequestMessage> request, CancellationToken stop)
    {
        var since = Stopwatch.StartNew();
        var wait = FirstWait;
        for (var sendings = 1; ; sendings++)
        {
            var began = Stopwatch.GetTimestamp();
            var reply = await Try(request());
            var took = Stopwatch.GetElapsedTime(began);
            if (reply is { IsTemporary: false } || stop.IsCancellationRequested || since.Elapsed + wait > patience)
            {
                return (reply is { IsTemporary: false } ? reply : null, took, sendings);
            }

            await Task.Delay(reply?.RetryAfter is { } asked && asked < LongestWait ? asked : wait, stop)
                .ContinueWith(_ => { }, TaskScheduler.Default);
            wait = wait * 2 < LongestWait ? wait * 2 : LongestWait;
        }
    }

    private async Task<Reply?> Try(HttpRequestMessage request)
    {
        Interlocked.Increment(ref onTheWay);
        try
        {
            using (request)
            {
                using var response = await http.SendAsync(request);
                return new(response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Headers.RetryAfter?.Delta);
            }
        }
        catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException or IOException)
        {
            return null;
        }
        finally
        {
            Interlocked.Decrement(ref onTheWay);
        }
    }

    private static HttpRequestMessage Request(Deed deed) =>
        deed switch
        {
            Charted charted => Post(Path(charted.Command), deed, Body(charted.Command), "application/json"),
            Given given => Post($"/api/care/{given.Stay}/submit-handoff?watermark={given.Watermark}", deed, [], "application/json"),
            Announced announced => Post("/api/adt", deed, Encoding.UTF8.GetBytes(announced.Movement.Text()), Hl7),
            Mistyped mistyped => Post("/api/" + mistyped.Path, deed, Encoding.UTF8.GetBytes(mistyped.Body), "application/json"),
            Garbled garbled => Post("/api/adt", deed, Encoding.UTF8.GetBytes(garbled.Text), Hl7),
            _ => throw new UnreachableException(),
        };

    // As the API's documentation says: the noun is its stream's, the rest its own name.
    private static string Path(ICommand command)
    {
        var noun = command.GetType().BaseType!.GetGenericArguments()[0].GetCustomAttribute<StoredAttribute>()!.Name;
        return $"/api/{noun.Replace('_', '-')}/{command.Key}/{JsonNamingPolicy.KebabCaseLower.ConvertName(command.GetType().Name)}";
    }

    // A command's fields, without what it says of itself: who may send it is not a field of its body, and unknown fields are refused.
    private static byte[] Body(ICommand command)
    {
        var body = JsonSerializer.SerializeToNode(command, command.GetType(), EventTypeRegistry.Json)!.AsObject();
        body.Remove("permission");
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    private static HttpRequestMessage Post(string path, Deed deed, byte[] body, string type) =>
        new(HttpMethod.Post, path)
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new(type) } },
            Headers = { { "Idempotency-Key", deed.Key }, { "X-Device", deed.Device } },
        };

    private static string Refusal(Reply reply)
    {
        try
        {
            using var problem = JsonDocument.Parse(reply.Body);
            return problem.RootElement.GetProperty("code").GetString() ?? $"{(int)reply.Status}";
        }
        catch (Exception unreadable) when (unreadable is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return $"{(int)reply.Status}";
        }
    }

    private sealed record SignedIn(Staff Staff);

    private sealed record Reply(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter)
    {
        public bool IsTemporary =>
            Status
                is HttpStatusCode.TooManyRequests
                    or HttpStatusCode.BadGateway
                    or HttpStatusCode.ServiceUnavailable
                    or HttpStatusCode.GatewayTimeout;
    }
}
