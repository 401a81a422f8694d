using System.CommandLine;
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
        root.Add(Verb("serve", "Serve the web pages, the API and the feeds (what happens without a verb).", (_, cancel) => Serve(args, cancel)));
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

    private static async Task<int> Serve(string[] args, CancellationToken cancel)
    {
        var builder = WebApplication.CreateBuilder([.. args.Where(a => a != "serve")]);
        using var logging = LoggerFactory.Create(logs => logs.AddSimpleConsole());
        try
        {
            await using var postgres = await builder.StartPostgres(logging.CreateLogger("Handoff.Embedded"), cancel);
            await using var app = await HandoffApp.Build(builder, builder.Configuration.GetConnectionString("Handoff")!, cancel);
            app.StopWithout(postgres);
            var demo = await LoadDemo(app, cancel);
            await app.StartAsync(cancel);
            Greet(app, demo);
            await app.WaitForShutdownAsync(cancel);
            return 0;
        }
        catch (EmbeddedException known)
        {
            await Console.Error.WriteLineAsync(known.Message);
            return 1;
        }
        catch (IOException taken) when (taken.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{taken.Message} Another program listens there. Stop it, or choose another address with --urls http://127.0.0.1:5180.");
            return 1;
        }
    }

    // The demo facility comes with the first start on an empty log, unless Demo:Load says otherwise.
    private static async Task<DemoAccess?> LoadDemo(WebApplication app, CancellationToken cancel)
    {
        var wanted = app.Configuration.GetValue<bool?>("Demo:Load");
        var heads = await app.Services.GetRequiredService<LogReader>().Heads(cancel);
        if (!(wanted ?? (heads.Count == 0 || heads.ContainsKey(DemoFacility.Id))))
        {
            return null;
        }

        await app.Services.GetRequiredService<DemoFacility>().Load(cancel);
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<DemoPeople>().Create(DemoFacility.Id, app.Configuration["Demo:ApiKey"], cancel);
    }

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
    }
}
