using System.CommandLine;
using System.Net.NetworkInformation;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Api.Training;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Embedded;
using Handoff.Simulator;
using Handoff.Simulator.Demo;
using JasperFx;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Handoff.Api;

/// <summary>
/// What the program can be told to do. Settings that are not a verb's own (<c>--urls</c>, <c>--ConnectionStrings:Handoff</c> …) go to the
/// configuration.
/// </summary>
internal static class Verbs
{
    // Marten's and Wolverine's own, on this database.
    private static readonly (string Name, string Says)[] Tools =
    [
        ("check-env", "Marten and Wolverine: whether everything that the service needs can be reached."),
        ("codegen", "Wolverine: the code between a queue and its handler (preview, write, test)."),
        ("db-assert", "Marten: whether the database's tables are as this version needs them."),
        ("db-list", "Marten: the databases."),
        ("describe", "Marten and Wolverine: how the service is configured."),
        ("resources", "Marten and Wolverine: what the service needs outside of itself."),
        ("storage", "Wolverine: its queues' tables (counts, release)."),
    ];

    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand("Handoff: shift handoff and team coordination for behavioral-health units.")
        {
            TreatUnmatchedTokensAsErrors = false,
        };
        root.SetAction((_, cancel) => Serve(args, cancel));
        root.Add(ServeVerb(args));
        root.Add(OpenFacility(args));
        root.Add(Verify(args));
        root.Add(Rebuild(args));
        root.Add(Export(args));
        root.Add(Import(args));
        root.Add(SimulateVerb.Create());
        root.Add(Rehearse(args));
        foreach (var (name, says) in Tools)
        {
            root.Add(
                Verb(
                    name,
                    says,
                    (_, cancel) =>
                        With([.. args, "--urls", "http://127.0.0.1:0"], app => app.RunJasperFxCommands([.. WithoutSettings(args)]), cancel)
                )
            );
        }

        return Unknown(args, root) is { } unknown
            ? InWords(() => throw new InvalidOperationException(unknown))
            : root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    // A mistyped verb would otherwise be taken for a setting, and start the service.
    private static string? Unknown(string[] args, RootCommand root) =>
        args is [[not ('-' or '/'), ..] word, ..] && !word.Contains('=') && root.Subcommands.All(verb => verb.Name != word)
            ? $"There is no verb {word}. There are {string.Join(", ", root.Subcommands.Select(verb => verb.Name))}; --help says "
                + "what they do."
            : null;

    private static System.CommandLine.Command Verb(
        string name,
        string says,
        Func<ParseResult, CancellationToken, Task<int>> run,
        params Option[] options
    )
    {
        var verb = new System.CommandLine.Command(name, says) { TreatUnmatchedTokensAsErrors = false };
        foreach (var option in options)
        {
            verb.Add(option);
        }

        verb.SetAction(run);
        return verb;
    }

    private static System.CommandLine.Command ServeVerb(string[] args)
    {
        var demo = new Option<bool>("--demo") { Description = "With the demo facility." };
        var clock = new Option<string?>("--training-clock")
        {
            Description =
                "With --demo: for a class. The service's clock stands at this time, such as 2026-10-31T02:40:00-05:00, until "
                + "POST /api/training/clock moves it.",
        };
        return Verb(
            "serve",
            "Serve the web pages, the API and the feeds (what happens without a verb).",
            (given, cancel) =>
            {
                List<string> settings = [.. Without(args, demo.Name, clock.Name).Where(a => a != "serve")];
                if (given.GetValue(demo))
                {
                    settings.Add("--Demo:Load=true");
                }

                return given.GetValue(clock) is not { } start ? Serve([.. settings], cancel)
                    : !given.GetValue(demo)
                        ? InWords(() =>
                            throw new InvalidOperationException("A training clock is for the demo facility alone: say --demo as well.")
                        )
                    : !Instant.TryRead(start, out var at)
                        ? InWords(() =>
                            throw new InvalidOperationException("Write the training clock's time as 2026-10-31T02:40:00-05:00.")
                        )
                    : Serve([.. settings], cancel, at);
            },
            demo,
            clock
        );
    }

    // A verb's own options are no settings; a value after one that takes it goes with it.
    private static IEnumerable<string> Without(string[] args, string flag, string option)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (args[i] == option)
            {
                i++;
            }
            else if (args[i] != flag && !args[i].StartsWith(option + "=", StringComparison.Ordinal))
            {
                yield return args[i];
            }
        }
    }

    private static System.CommandLine.Command OpenFacility(string[] args)
    {
        var facility = new Option<string>("--facility")
        {
            Description = "A short id for the facility, such as cedar-hill.",
            Required = true,
        };
        var name = new Option<string>("--name") { Description = "The facility's name.", Required = true };
        var account = new Option<string>("--account") { Description = "The first manager's account.", Required = true };
        var manager = new Option<string>("--manager")
        {
            Description = "The first manager's name, as it is printed beside signatures.",
            Required = true,
        };
        return Verb(
            "open-facility",
            "Open a real facility, with its first manager and a key for its admissions feed. Both secrets are printed once.",
            (given, cancel) =>
                With(
                    args,
                    async app =>
                    {
                        var (password, key) = await FirstStart.OpenFacility(
                            app.Services,
                            given.GetRequiredValue(facility),
                            given.GetRequiredValue(name),
                            given.GetRequiredValue(account),
                            given.GetRequiredValue(manager),
                            cancel
                        );
                        Console.WriteLine($"Account {given.GetRequiredValue(account)}, password {password}");
                        Console.WriteLine($"The feed sends the header X-Api-Key: {key}");
                        return 0;
                    },
                    cancel
                ),
            facility,
            name,
            account,
            manager
        );
    }

    private static System.CommandLine.Command Verify(string[] args)
    {
        var facility = new Option<string?>("--facility") { Description = "Only this facility; all if it isn't given." };
        return Verb(
            "verify",
            "Walk each facility's chain of hashes, fold every state again, and compare. Exit code 1 and the position on any "
                + "difference. The service may run meanwhile.",
            (given, cancel) =>
                OnLog(
                    args,
                    async (_, source) =>
                    {
                        await Require(source, given.GetValue(facility), cancel);
                        var found = await new Store.Verify(source.Source, EventTypeRegistry.Domain).Run(given.GetValue(facility), cancel);
                        found.Lines().ToList().ForEach(Console.WriteLine);
                        return found.IsSound ? 0 : 1;
                    },
                    cancel
                ),
            facility
        );
    }

    private static System.CommandLine.Command Rebuild(string[] args)
    {
        var facility = new Option<string?>("--facility") { Description = "Only this facility; all if it isn't given." };
        return Verb(
            "rebuild",
            "Fold every state again from the log and replace those that differ. The service may run meanwhile.",
            (given, cancel) =>
                OnLog(
                    args,
                    async (_, source) =>
                    {
                        await Require(source, given.GetValue(facility), cancel);
                        var rebuilt = await new Store.Rebuild(source).Run(given.GetValue(facility), cancel);
                        foreach (var one in rebuilt)
                        {
                            Console.WriteLine(
                                $"{one.Facility}: {one.Events} events on {one.Streams} streams; {one.Replaced} states replaced, "
                                    + $"{one.Removed} removed, {one.Unreadable.Count} streams unreadable"
                            );
                        }

                        return rebuilt.All(r => r.Unreadable.Count == 0) ? 0 : 1;
                    },
                    cancel
                ),
            facility
        );
    }

    private static System.CommandLine.Command Export(string[] args)
    {
        var facility = new Option<string>("--facility") { Description = "Whose log to export.", Required = true };
        var file = new Option<string>("--file") { Description = "The file to write, as NDJSON. It holds patients' data.", Required = true };
        return Verb(
            "export",
            "Write a facility's events, with their hashes, to a file.",
            (given, cancel) =>
                OnLog(
                    args,
                    async (_, source) =>
                    {
                        await Require(source, given.GetRequiredValue(facility), cancel);
                        await using var to = new FileStream(given.GetRequiredValue(file), FileMode.CreateNew);
                        Say("exported", await new Store.Export(source.Source).Run(given.GetRequiredValue(facility), to, cancel));
                        return 0;
                    },
                    cancel
                ),
            facility,
            file
        );
    }

    private static System.CommandLine.Command Import(string[] args)
    {
        var file = new Option<string>("--file") { Description = "The export to read.", Required = true };
        return Verb(
            "import",
            "Read an export into a database that has nothing of that facility: all of it, or nothing if a hash does not fit.",
            (given, cancel) =>
                OnLog(
                    args,
                    async (connection, store) =>
                    {
                        await Schema.Create(connection, cancel);
                        await AccessSchema.Create(connection, cancel);
                        await using var owner = NpgsqlDataSource.Create(connection);
                        await using var from = File.OpenRead(given.GetRequiredValue(file));
                        Say("imported", await new Store.Import(owner, store).Run(from, cancel));
                        return 0;
                    },
                    cancel
                ),
            file
        );
    }

    private static System.CommandLine.Command Rehearse(string[] args)
    {
        var days = new Option<int>("--days") { Description = "How many days, from 1 to 31.", DefaultValueFactory = _ => 7 };
        var seed = new Option<int>("--seed") { Description = "What people decide follows from it.", DefaultValueFactory = _ => 1 };
        return Verb(
            "rehearse",
            "Fill an empty database with a demo facility that people have worked in for days, up to now: simulate on a clock "
                + "that hurries. Serve it afterwards.",
            (given, cancel) =>
            {
                if (given.GetValue(days) is not (>= 1 and <= 31))
                {
                    return InWords(() => throw new InvalidOperationException("--days is from 1 to 31."));
                }

                var clock = new SteppedClock(TimeProvider.System.GetUtcNow().AddDays(-given.GetValue(days)));
                return With(
                    [.. args, "--urls", "http://127.0.0.1:0"],
                    async app =>
                    {
                        var played = await new Rehearsal(new RehearsedApp(app), clock, TimeProvider.System, Console.WriteLine).Run(
                            given.GetValue(seed),
                            cancel
                        );
                        played.ToList().ForEach(unit => Console.WriteLine($"{unit.Unit}: {unit.Total.Words()}"));
                        return 0;
                    },
                    cancel,
                    clock: clock
                );
            },
            days,
            seed
        );
    }

    // The tools' own command line knows nothing of settings such as --ConnectionStrings:Handoff.
    private static IEnumerable<string> WithoutSettings(string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (
                !args[i].StartsWith("--", StringComparison.Ordinal)
                || !(args[i].Contains(':') || args[i].StartsWith("--urls", StringComparison.Ordinal))
            )
            {
                yield return args[i];
            }
            else if (!args[i].Contains('='))
            {
                i++;
            }
        }
    }

    // A mistyped facility would otherwise be found sound, for it has no events.
    private static async Task Require(EventStore source, string? facility, CancellationToken cancel)
    {
        if (facility is not null && !(await new LogReader(source).Heads(cancel)).ContainsKey(facility))
        {
            throw new InvalidOperationException($"This database has no facility {facility}.");
        }
    }

    private static void Say(string done, LogCopy copy) =>
        Console.WriteLine($"{copy.Facility}: {copy.Events} events {done}; position {copy.Position}, hash {copy.Hash}");

    private static Task<int> Serve(string[] args, CancellationToken cancel, DateTimeOffset? training = null) =>
        With(
            args,
            async app =>
            {
                if (training is not null)
                {
                    await app.Services.RequireTrainable(cancel);
                }

                var demo = await FirstStart.LoadDemo(app, cancel);
                await app.StartAsync(cancel);
                Greet(app, demo);
                await app.WaitForShutdownAsync(cancel);
                return 0;
            },
            cancel,
            isServing: true,
            training: training
        );

    /// <summary>Builds the application on its database, embedded or configured, and says in words what is wrong if it can't.</summary>
    private static Task<int> With(
        string[] args,
        Func<WebApplication, Task<int>> run,
        CancellationToken cancel,
        bool isServing = false,
        TimeProvider? clock = null,
        DateTimeOffset? training = null
    ) =>
        InWords(async () =>
        {
            var builder = WebApplication.CreateBuilder(args);

            // What keeps the program from starting is said in words, not traced; what stops it later is still logged, as critical.
            builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
            if (isServing && Taken(builder.Configuration) is { } taken)
            {
                throw new InvalidOperationException(taken);
            }

            if (training is { } start)
            {
                builder.UseTrainingClock(start);
            }

            builder.Services.TryAddSingleton(clock ?? TimeProvider.System);
            await using var postgres = await Database(builder, isServing, cancel);
            await using var app = await HandoffApp.Build(builder, builder.Configuration.GetConnectionString("Handoff")!, cancel);
            app.StopWithout(postgres);
            return await run(app);
        });

    /// <summary>Works on the log beside the service, or without it.</summary>
    private static Task<int> OnLog(string[] args, Func<string, EventStore, Task<int>> run, CancellationToken cancel) =>
        InWords(async () =>
        {
            var builder = WebApplication.CreateBuilder(args);
            await using var postgres = await Database(builder, isServing: false, cancel);
            var connection = builder.Configuration.GetConnectionString("Handoff")!;
            await using var source = new EventStore(connection, EventTypeRegistry.Domain);
            return await run(connection, source);
        });

    private static async Task<EmbeddedPostgres?> Database(WebApplicationBuilder builder, bool isServing, CancellationToken cancel)
    {
        if (
            !isServing
            && string.IsNullOrWhiteSpace(builder.Configuration.GetConnectionString("Handoff"))
            && builder.Borrow() is { } running
        )
        {
            builder.Configuration["ConnectionStrings:Handoff"] = running;
        }

        using var logging = LoggerFactory.Create(logs => logs.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        return await builder.StartPostgres(logging.CreateLogger("Handoff.Embedded"), cancel);
    }

    private static async Task<int> InWords(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (Exception failure) when (Words(failure) is { } words)
        {
            await Console.Error.WriteLineAsync(words);
            return 1;
        }
    }

    // Asked before anything is started, for the host would answer with a page of trace.
    private static string? Taken(ConfigurationManager configuration)
    {
        var busy = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(l => l.Port).ToHashSet();
        return (configuration["urls"] ?? "http://localhost:5000")
            .Split(';')
            .Select(url =>
                Uri.TryCreate(url.Replace("//+", "//0.0.0.0").Replace("//*", "//0.0.0.0"), UriKind.Absolute, out var address)
                    ? address
                    : null
            )
            .Where(address => address is not null && busy.Contains(address.Port))
            .Select(address =>
                $"Port {address!.Port} is in use: another program listens there. Stop it, or choose another address with --urls "
                + "http://127.0.0.1:5180."
            )
            .FirstOrDefault();
    }

    private static string? Words(Exception failure) =>
        failure switch
        {
            EmbeddedException or TransferException or InvalidOperationException => failure.Message,
            IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } =>
                $"{failure.Message} Another program listens there. Stop it, or choose another address with --urls http://127.0.0.1:5180.",
            FormatException => $"{failure.Message} Write an address as --urls http://127.0.0.1:5180.",
            IOException or UnauthorizedAccessException => failure.Message,
            PostgresException refused => $"The database refused: {refused.MessageText}. Check ConnectionStrings:Handoff.",
            NpgsqlException or ArgumentException or TimeoutException or LogUnavailableException =>
                $"The database can't be reached: {failure.Message} Check ConnectionStrings:Handoff.",
            OperationCanceledException => "Stopped.",
            _ => null,
        };

    private static void Greet(WebApplication app, DemoAccess? demo)
    {
        Console.WriteLine($"Handoff is at {string.Join(" and ", app.Urls)}");
        if (app.Services.GetService<TrainingClock>() is { } training)
        {
            Console.WriteLine($"This is training: the clock stands at {training.Words()} until it is moved (POST /api/training/clock).");
        }

        if (demo is null)
        {
            return;
        }

        Console.WriteLine($"The demo facility is loaded. Its accounts, all with the password {DemoCast.Password}:");
        foreach (var account in demo.Accounts.Where(account => !account.IsRelief))
        {
            Console.WriteLine($"  {account.UserName, -11} {account.Role.Words(), -13} {account.Name}");
        }

        Console.WriteLine(
            $"To hand over to: {string.Join(", ", demo.Accounts.Where(account => account.IsRelief).Select(account => account.UserName))}"
        );

        Console.WriteLine($"Machines send the header X-Api-Key: {demo.ApiKey}");
        Console.WriteLine("Stop with Ctrl-C.");
    }
}
