using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Handoff.Domain.Kernel;

namespace Handoff.Simulator;

/// <summary><c>simulate</c>: its options, its help, and what it prints.</summary>
public static class SimulateVerb
{
    private const string Says = """
        Play believable days on a unit of a running service, through its public HTTP API: admissions,
        moves, leaves and discharges as HL7 messages; safety checks, raised levels, meals, bad nights,
        incidents, tasks and groups as commands. The people who are played have habits; they come late
        and forget.

        Handoffs and concerns are people's, never a key's: for them the play signs in, as the demo's
        crews or as --people. Whenever the simulated clock comes to a change of the unit's shifts, the
        next crew comes on, takes charge and is assigned patients; givers judge, settle what is open,
        write and hand over; receivers read back, ask, sometimes decline, and accept. Nobody able to
        sign in: it says so, and plays all else. A patient of somebody who is not played stays theirs
        until they have left.

        The simulated clock starts at the service's own time and runs --speed times as fast.
        Everything that people do follows it: day and night, meals, shift changes, and how long after
        a look the next one is due. So at speed 60 an hour takes a minute, and in that minute the
        service gets an hour's checks. The service's own clock is real. What is recorded therefore
        carries real times, delays and leaves are that much shorter, and at a higher speed no limit
        passes on the board though it has passed in the play; at speed 1 the two agree. People are on
        the shift that is on by the service's clock, several crews of the play on the same one, and a
        group is planned that much shorter. Levels are only raised: lowering one is a prescriber's.

        With --careless people and the feed make slips besides, chosen by the seed: checks that are
        late, twice, of the wrong patient, or dated into a pause; pauses that are forgotten; notes,
        meals, precautions, incidents and handoff words that are put right or struck; concerns that
        are cancelled; fields that are mistyped; and HL7 messages that come twice, too early, with a
        reused control id, for training, for beds and numbers that are not there, or from a clock that
        is wrong. What is rightly refused is counted by its code; an answer that should not be is a
        failure, and the exit code is 1.

        What gets no answer is sent again under the same key and so is recorded once. Ctrl-C stops it,
        with the summary.
        """;

    private static readonly Option<string> Unit = new("--unit") { Description = "The unit's id, such as 2-west.", Required = true };
    private static readonly Option<double> Speed = new("--speed")
    {
        Description = "Simulated hours in an hour: 1 is real time.",
        DefaultValueFactory = _ => 1,
    };
    private static readonly Option<double> Hours = new("--hours")
    {
        Description = "Simulated hours to play, at most 744.",
        DefaultValueFactory = _ => 24,
    };
    private static readonly Option<int> Seed = new("--seed")
    {
        Description = "What people decide follows from it, the time and the board.",
        DefaultValueFactory = _ => 1,
    };
    private static readonly Option<string> Url = new("--url")
    {
        Description = "Where the service is.",
        DefaultValueFactory = _ => "http://127.0.0.1:5000",
    };
    private static readonly Option<string?> Key = new("--key") { Description = "An Integration key; else the environment's HANDOFF_KEY." };
    private static readonly Option<int?> Patients = new("--patients")
    {
        Description = "How many patients the unit is meant to have; by default nearly full.",
    };
    private static readonly Option<string?> People = new("--people")
    {
        Description = "Who hands over, as account:password,account:password,…; by default the demo's accounts, and none for no handoffs.",
    };
    private static readonly Option<string?> Run = new("--run")
    {
        Description = "The run's name; under the same name nothing is recorded twice. By default a new one.",
    };
    private static readonly Option<int> AtOnce = new("--at-once")
    {
        Description = "Requests on their way together.",
        DefaultValueFactory = _ => 8,
    };
    private static readonly Option<double> Patience = new("--patience")
    {
        Description = "Seconds for which an unanswered request is sent again.",
        DefaultValueFactory = _ => 60,
    };
    private static readonly Option<bool> Careless = new("--careless")
    {
        Description = "People and the feed make slips besides; with the same seed, the same choices.",
    };
    private static readonly Option<bool> Json = new("--json")
    {
        Description = "Print the summary as JSON, and the hours to standard error.",
    };
    private static readonly Option<string?> Acknowledged = new("--acknowledged")
    {
        Description = "Write each acknowledged request to this file, a line of JSON each.",
    };

    public static System.CommandLine.Command Create()
    {
        var verb = new System.CommandLine.Command("simulate", Says)
        {
            Unit,
            Speed,
            Hours,
            Seed,
            Url,
            Key,
            Patients,
            People,
            Run,
            AtOnce,
            Patience,
            Careless,
            Json,
            Acknowledged,
        };
        verb.SetAction((asked, _) => Start(asked));
        return verb;
    }

    private static async Task<int> Start(ParseResult asked)
    {
        if (Refused(asked) is { } why)
        {
            await Console.Error.WriteLineAsync(why);
            return 1;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        return await Go(asked, stop.Token);
    }

    private static async Task<int> Go(ParseResult asked, CancellationToken stop)
    {
        var hours = asked.GetValue(Json) ? Console.Error : Console.Out;
        var part = Part(asked);
        try
        {
            using var wire = new Wire(AskedUrl(asked)!, AskedKey(asked)!, TimeSpan.FromSeconds(asked.GetValue(Patience)), part.AtOnce + 1);
            using var receipts = asked.GetValue(Acknowledged) is { } file ? new Receipts(file) : null;
            await hours.WriteLineAsync(
                $"Run {part.Run} on {part.Unit}: {part.Hours:0.##} h at speed {part.Speed:0.##}, seed "
                    + $"{part.Seed}{(part.IsCareless ? ", careless" : "")}"
            );
            using var play = new Play(part, wire, receipts, TimeProvider.System, hours.WriteLine);
            var summary = await play.Run(stop);
            Console.WriteLine(asked.GetValue(Json) ? JsonSerializer.Serialize(summary, EventTypeRegistry.Json) : Words(summary));
            return (summary.Stopped is null || stop.IsCancellationRequested) && summary.Total.Failed.Count == 0 ? 0 : 1;
        }
        catch (Exception known) when (known is SimulationException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(known.Message);
            return 1;
        }
    }

    private static Part Part(ParseResult asked) =>
        new(
            asked.GetValue(Unit)!,
            asked.GetValue(Speed),
            asked.GetValue(Hours),
            asked.GetValue(Seed),
            asked.GetValue(Patients),
            asked.GetValue(Run) ?? Guid.CreateVersion7().ToString("N")[..13],
            asked.GetValue(AtOnce),
            asked.GetValue(People) is { } people ? Named(people) : null
        )
        {
            Carelessness = asked.GetValue(Careless) ? Slips.Usual : 0,
        };

    // A password may hold a colon; an account does not.
    private static IReadOnlyList<(string Account, string Password)> Named(string people) =>
        people == "none"
            ? []
            :
            [
                .. people
                    .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                    .Select(one => one.Split(':', 2))
                    .Select(one => (one[0], one.Length > 1 ? one[1] : "")),
            ];

    private static string Words(Summary summary)
    {
        var (ended, when) = (summary.Stopped ?? "Played to the end.", CultureInfo.InvariantCulture);
        var (from, until) = (summary.From.ToString("ddd dd MMM HH:mm zzz", when), summary.Until.ToString("ddd dd MMM HH:mm zzz", when));
        return string.Create(
            when,
            $"""
            {ended} {summary.Hours:0.##} simulated hours on {summary.Unit}, {from} to {until}
            {summary.Total.Words()}
            acknowledged {summary.Total.Acknowledged}, events named by the answers {summary.Total.Recorded}
            """
        );
    }

    private static string? Refused(ParseResult asked) =>
        asked switch
        {
            { UnmatchedTokens: [var unknown, ..] } => $"simulate has no option {unknown}; see simulate --help.",
            _ when string.IsNullOrEmpty(AskedKey(asked)) =>
                "Give the service's Integration key with --key or in HANDOFF_KEY; the service prints the demo's at its start.",
            _ when AskedUrl(asked) is null => "Give --url as http://127.0.0.1:5000.",
            _ when asked.GetValue(Speed) is not (>= 0.1 and <= 100_000) => "--speed is from 0.1 to 100000.",
            _ when asked.GetValue(Hours) is not (> 0 and <= 24 * 31) => "--hours is more than 0 and at most 744.",
            _ when asked.GetValue(Patients) is <= 0 => "--patients is at least 1.",
            _ when asked.GetValue(People) is { } people && Named(people).Any(one => one.Account == "" || one.Password == "") =>
                "Give --people as account:password,account:password, or none.",
            _ when asked.GetValue(AtOnce) is not (>= 1 and <= 256) => "--at-once is from 1 to 256.",
            _ when asked.GetValue(Patience) is not (>= 0 and <= 3600) => "--patience is from 0 to 3600 seconds.",
            _ => null,
        };

    private static string? AskedKey(ParseResult asked) => asked.GetValue(Key) ?? Environment.GetEnvironmentVariable("HANDOFF_KEY");

    private static Uri? AskedUrl(ParseResult asked) =>
        Uri.TryCreate(asked.GetValue(Url), UriKind.Absolute, out var url) && url is { Scheme: "http" or "https" } ? url : null;

    // The first signal ends it with the summary; a second one ends it at once.
    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = !stop.IsCancellationRequested;
        stop.Cancel();
    }
}
