using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Api.Timeline;
using Handoff.Domain.Boards;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Stays;
using Handoff.Domain.Timeline;
using Handoff.Honesty;
using Handoff.Simulator;
using Handoff.Simulator.Demo;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Handoff.Api.Tests.Simulation;

/// <summary>
/// The real service on a clock that is stepped, with a unit that is played on; and somebody who reads every answer that it gives, beside
/// the raw events.
/// </summary>
internal sealed partial class WatchedWard(WebApplication app, SteppedClock clock, string key) : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    private readonly List<Fact> facts = [];
    private long looked;

    public static async Task<WatchedWard> Open(DateTimeOffset begins)
    {
        var clock = new SteppedClock(begins);
        var app = await SimulatedApp.Build(await (await Cluster.Shared).NewDatabase(), clock);
        var demo = await FirstStart.LoadDemo(app, default);
        await app.StartAsync();
        return new(app, clock, demo!.ApiKey);
    }

    public IReadOnlyList<Fact> Facts => facts;

    /// <summary>How many statements were looked at, by where they stood.</summary>
    public Dictionary<string, int> Statements { get; } = [];

    public IServiceProvider Services => app.Services;

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    /// <summary>
    /// Plays to the end; every so often, and at the end, everything that is said of the units is looked at. What is found first is all that
    /// is told.
    /// </summary>
    public async Task<(Summary Played, IReadOnlyList<string> Faults)> Play(Part part, IReadOnlyList<string> units, TimeSpan every)
    {
        using var wire = new Wire(new(app.Urls.First()), key, TimeSpan.FromSeconds(60), 16);
        using var play = new Play(part, wire, null, clock, _ => { });
        var (playing, faults) = (play.Run(default), new List<string>());
        for (var next = clock.GetUtcNow() + every; !playing.IsCompleted; clock.Step(Step))
        {
            await Quiet(wire);
            if (clock.GetUtcNow() >= next && faults.Count == 0)
            {
                next += every;
                faults.AddRange(await Look(units));
            }
        }

        faults.AddRange(faults.Count == 0 ? await Look(units) : []);
        return (await playing, faults);
    }

    // Twice nothing on its way: between an answer and what somebody does because of it there is a moment.
    private static async Task Quiet(Wire wire)
    {
        for (var quiet = 0; quiet < 2; quiet = wire.OnTheWay == 0 ? quiet + 1 : 0)
        {
            await Task.Delay(1);
        }
    }

    /// <summary>Every statement that the raw events don't bear out. What was recorded while somebody looked is looked at again.</summary>
    private async Task<IReadOnlyList<string>> Look(IReadOnlyList<string> units)
    {
        var reader = Services.GetRequiredService<LogReader>();
        using var client = await SignedIn();
        for (var again = 0; ; again++)
        {
            await Services.Settle(DemoFacility.Id);
            await foreach (var logged in reader.After(DemoFacility.Id, facts.LastOrDefault()?.Position ?? 0, 1_000_000, default))
            {
                facts.Add(new(logged.Position, logged.Recorded));
            }

            var faults = await Look(client, new([.. facts]), units);
            if (await reader.Head(DemoFacility.Id, default) == facts[^1].Position)
            {
                looked = facts[^1].Position;
                return faults;
            }

            again.ShouldBeLessThan(20, "the clock stands, and more and more is recorded");
        }
    }

    private async Task<IReadOnlyList<string>> Look(HttpClient client, RawLog log, IReadOnlyList<string> units)
    {
        var (faults, now) = (new List<Fault>(), clock.GetUtcNow());
        foreach (var unit in units)
        {
            faults.AddRange(await OfUnit(client, log, unit, now));
        }

        return [.. faults.Select(fault => $"{now:HH:mm:ss} {fault}")];
    }

    private async Task<IReadOnlyList<Fault>> OfUnit(HttpClient client, RawLog log, string unit, DateTimeOffset now)
    {
        var board = await Read<Board>(client, $"/api/units/{unit}/board");
        var faults = new BoardOracle(log, unit, now).Faults(board).ToList();
        var left = (await Read<UnitHandoff>(client, $"/api/units/{unit}/handoff")).Left.Select(one => one.Stay);
        var outside = log.Stays.Where(stay =>
            log.Patient(stay).Outside()?.Event is MovedOutside { FromUnit: var from }
            && from == unit
            && new RawLoops(log, stay, now).Open().Contains($"departure-{stay}/moved-outside")
        );
        faults.AddRange(
            outside.Order().SequenceEqual(left.Order())
                ? []
                : [new(Area.Loops, $"handoff: who left {unit} for a place outside, and no report was given, is not as the log has it")]
        );
        foreach (var card in board.Cards)
        {
            faults.AddRange(
                (await OfPatient(client, log, unit, card, now)).Select(fault =>
                    fault with
                    {
                        Words = $"{card.Name}: {fault.Words}{Story(log, card.Stay)}",
                    }
                )
            );
        }

        return faults;
    }

    private async Task<List<Fault>> OfPatient(HttpClient client, RawLog log, string unit, BoardCard card, DateTimeOffset now)
    {
        var (oracle, time) = (new StoryOracle(log, card.Stay, now), UnitTime.In("UTC"));
        var handoff = await Read<PatientHandoff>(client, $"/api/stays/{card.Stay}/handoff");
        var meeting = await Read<PatientMeeting>(client, $"/api/units/{unit}/meeting/{card.Stay}");
        var (lines, timeline) = (handoff.Sections.SelectMany(section => section.Lines).ToList(), await Timeline(client, card.Stay));
        var figures = Figures(await client.GetStringAsync($"/units/{unit}/meeting/{card.Stay}"));
        Looked("cards", 1);
        Looked("entries", timeline.Count);
        Looked("struck entries", timeline.Count(entry => entry.IsStruck));
        Looked("lines", lines.Count);
        Looked("news", meeting.Since.Lines.Count);
        Looked("open points", handoff.Loops.Count);
        Looked("figures", figures.Sum(figure => (figure.Now is null ? 0 : 1) + (figure.Before is null ? 0 : 1)));
        return
        [
            .. oracle.Timeline(timeline),
            .. oracle.Misses(looked),
            .. oracle.Draft(lines, handoff.Since!.Value, time),
            .. oracle.Loops(handoff.Loops.Select(loop => loop.Loop)),
            .. oracle.Loops(meeting.Loops.Select(loop => loop.Loop)),
            .. oracle.Responsible("handoff", handoff.Patient.Responsible),
            .. oracle.Responsible("meeting", meeting.Patient.Responsible),
            .. oracle.Texts(handoff.Texts),
            .. oracle.Meeting(meeting.Since),
            .. new FiguresOracle(log, card.Stay, now).Faults(figures, TimeSpan.FromDays(7)),
            .. oracle.Struck("board", JsonSerializer.Serialize(card, EventTypeRegistry.Json)),
            .. oracle.Struck("handoff", string.Join(' ', lines.Select(line => line.Words))),
            .. oracle.Struck("meeting", string.Join(' ', meeting.Since.Lines.Select(line => line.Words))),
        ];
    }

    /// <summary>What the log has of a patient's checks, to be read beside a fault.</summary>
    private static string Story(RawLog log, Guid stay) =>
        string.Concat(
            log.Patient(stay)
                .Rounding.Select(r =>
                    $"\n  {r.At:dd HH:mm:ss} {EventTypeRegistry.Domain.NameOf(r.Event)} of {r.Event.OccurredAt:HH:mm:ss}: "
                    + r.Event.Sentence(UnitTime.Utc)
                )
        );

    private static async Task<List<ToldEntry>> Timeline(HttpClient client, Guid stay)
    {
        var told = new List<ToldEntry>();
        for (var before = ""; ; )
        {
            var page = await Read<TimelineJson>(client, $"/api/stays/{stay}/timeline{before}");
            told.AddRange(
                page.Entries.Select(e => new ToldEntry(
                    e.Id,
                    e.IsStruck,
                    e.LateMinutes is not null,
                    e.Sentence,
                    [.. e.Amendments.Select(a => a.Id)]
                ))
            );
            if (page.Before is not { } earlier)
            {
                return told;
            }

            before = $"?before={earlier}";
        }
    }

    /// <summary>The table of a meeting's page in which this week stands beside the week before.</summary>
    private static List<Figure> Figures(string page) =>
        [
            .. FigureRow()
                .Matches(page)
                .Select(row => new Figure(row.Groups["lane"].Value, Said(row.Groups["before"]), Said(row.Groups["now"]))),
        ];

    private static string? Said(Group cell) => WebUtility.HtmlDecode(cell.Value) is var words && words == "–" ? null : words;

    private void Looked(string at, int many) => Statements[at] = Statements.GetValueOrDefault(at) + many;

    // A token lasts for minutes of the stepped clock.
    private async Task<HttpClient> SignedIn()
    {
        var client = new HttpClient { BaseAddress = new(app.Urls.First()) };
        var answer = await client.PostAsJsonAsync("/api/sign-in", new { account = "charge", password = DemoCast.Password });
        client.DefaultRequestHeaders.Authorization = new(
            "Bearer",
            (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()
        );
        return client;
    }

    [GeneratedRegex(
        "<tr><th scope=\"row\">(?<lane>[^<]*)</th><td>(?<before>[^<]*)</td><td>(?<now>[^<]*)</td></tr>",
        RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture
    )]
    private static partial Regex FigureRow();

    private static async Task<T> Read<T>(HttpClient client, string path) =>
        JsonSerializer.Deserialize<T>(await client.GetByteArrayAsync(path), EventTypeRegistry.Json)!;
}
