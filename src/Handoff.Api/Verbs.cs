using System.CommandLine;
using System.Net.NetworkInformation;
using Handoff.Api.Access;
using Handoff.Api.Demo;
using Handoff.Api.Embedded;
using Handoff.Api.Store;
using Handoff.Domain.Access;

namespace Handoff.Api;

/// <summary>What the program can be told to do. Settings that are not a verb's own (<c>--urls</c>, <c>--ConnectionStrings:Handoff</c> …) go to the configuration.</summary>
internal static class Verbs
{
    public static Task<int> Run(string[] args)
    {
        var root = new RootCommand("Handoff: shift handoff and team coordination for behavioral-health units.") { TreatUnmatchedTokensAsErrors = false };
        root.SetAction((_, cancel) => Serve(args, cancel));
        root.Add(Verb("serve", "Serve the web pages, the API and the feeds (what happens without a verb).", (_, cancel) => Serve([.. args.Where(a => a != "serve")], cancel)));
        root.Add(OpenFacility(args));
        return root.Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false });
    }

    private static System.CommandLine.Command Verb(string name, string says, Func<ParseResult, CancellationToken, Task<int>> run, params Option[] options)
    {
        var verb = new System.CommandLine.Command(name, says) { TreatUnmatchedTokensAsErrors = false };
        foreach (var option in options)
        {
            verb.Add(option);
        }

        verb.SetAction(run);
        return verb;
    }

    private static System.CommandLine.Command OpenFacility(string[] args)
    {
        var facility = new Option<string>("--facility") { Description = "A short id for the facility, such as cedar-hill.", Required = true };
        var name = new Option<string>("--name") { Description = "The facility's name.", Required = true };
        var account = new Option<string>("--account") { Description = "The first manager's account.", Required = true };
        var manager = new Option<string>("--manager") { Description = "The first manager's name, as it is printed beside signatures.", Required = true };
        return Verb("open-facility", "Open a real facility, with its first manager and a key for its admissions feed. Both secrets are printed once.", (given, cancel) => With(args, async app =>
        {
            var (password, key) = await FirstStart.OpenFacility(
                app.Services, given.GetRequiredValue(facility), given.GetRequiredValue(name), given.GetRequiredValue(account), given.GetRequiredValue(manager), cancel);
            Console.WriteLine($"Account {given.GetRequiredValue(account)}, password {password}");
            Console.WriteLine($"The feed sends the header X-Api-Key: {key}");
            return 0;
        }, cancel), facility, name, account, manager);
    }

    private static Task<int> Serve(string[] args, CancellationToken cancel) => With(args, async app =>
    {
        var demo = await FirstStart.LoadDemo(app, cancel);
        await app.StartAsync(cancel);
        Greet(app, demo);
        await app.WaitForShutdownAsync(cancel);
        return 0;
    }, cancel, isServing: true);

    /// <summary>Builds the application on its database, embedded or configured, and says in words what is wrong if it can't.</summary>
    private static async Task<int> With(string[] args, Func<WebApplication, Task<int>> run, CancellationToken cancel, bool isServing = false)
    {
        var builder = WebApplication.CreateBuilder(args);
        if (isServing && Taken(builder.Configuration) is { } taken)
        {
            await Console.Error.WriteLineAsync(taken);
            return 1;
        }

        using var logging = LoggerFactory.Create(logs => logs.AddSimpleConsole().SetMinimumLevel(LogLevel.Warning));
        try
        {
            await using var postgres = await builder.StartPostgres(logging.CreateLogger("Handoff.Embedded"), cancel);
            await using var app = await HandoffApp.Build(builder, builder.Configuration.GetConnectionString("Handoff")!, cancel);
            app.StopWithout(postgres);
            return await run(app);
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
        return (configuration["urls"] ?? "http://localhost:5000").Split(';')
            .Select(url => Uri.TryCreate(url.Replace("//+", "//0.0.0.0").Replace("//*", "//0.0.0.0"), UriKind.Absolute, out var address) ? address : null)
            .Where(address => address is not null && busy.Contains(address.Port))
            .Select(address => $"Port {address!.Port} is in use: another program listens there. Stop it, or choose another address with --urls http://127.0.0.1:5180.")
            .FirstOrDefault();
    }

    private static string? Words(Exception failure) => failure switch
    {
        EmbeddedException or InvalidOperationException => failure.Message,
        IOException { InnerException: Microsoft.AspNetCore.Connections.AddressInUseException } =>
            $"{failure.Message} Another program listens there. Stop it, or choose another address with --urls http://127.0.0.1:5180.",
        Npgsql.PostgresException refused => $"The database refused: {refused.MessageText}. Check ConnectionStrings:Handoff.",
        Npgsql.NpgsqlException or ArgumentException or TimeoutException or LogUnavailableException => $"The database can't be reached: {failure.Message} Check ConnectionStrings:Handoff.",
        OperationCanceledException => "Stopped.",
        _ => null,
    };

    private static void Greet(WebApplication app, DemoAccess? demo)
    {
        Console.WriteLine($"Handoff is at {string.Join(" and ", app.Urls)}");
        if (demo is null)
        {
            return;
        }

        Console.WriteLine($"The demo facility is loaded. Its accounts, all with the password {DemoPeople.Password}:");
        foreach (var account in demo.Accounts)
        {
            Console.WriteLine($"  {account.UserName,-11} {account.Role.Words(),-13} {account.Name}");
        }

        Console.WriteLine($"Machines send the header X-Api-Key: {demo.ApiKey}");
        Console.WriteLine("Stop with Ctrl-C.");
    }
}
