using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using Handoff.Api;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Api.Tests.Support;
using Handoff.Domain.Kernel;
using Handoff.Simulator.Demo;
using Handoff.Web.Layout;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;

namespace Handoff.Browser.Tests.Support;

/// <summary>
/// The whole application with the demo facility, on 127.0.0.1 and a real PostgreSQL; each fixture has a database of its own.
/// A fixture that derives from it fills the facility itself. It can be stopped and started again at the same address, as after a crash or a
/// new version.
/// </summary>
public partial class AppFixture : IAsyncLifetime
{
    public const string Facility = DemoFacility.Id;

    /// <summary>A machine's key (role Integration), for the header <c>X-Api-Key</c>.</summary>
    public const string Key = "key-of-the-browser-tests";

    // A filling serves the classes of a whole run, so on a slow machine it is old: `FILLED_MINUTES_AGO=20 dotnet test` shows which test
    // minds.
    private static readonly TimeSpan FilledAgo = TimeSpan.FromMinutes(
        int.Parse(Environment.GetEnvironmentVariable("FILLED_MINUTES_AGO") ?? "0", CultureInfo.InvariantCulture)
    );

    private string database = "";
    private WebApplication? app;

    /// <summary>Such as <c>http://127.0.0.1:40123</c>, the same for the fixture's whole life.</summary>
    public string Address { get; private set; } = "http://127.0.0.1:0";

    /// <summary>What went wrong in the application, exceptions included.</summary>
    public ConcurrentQueue<string> Faults { get; } = new();

    public IServiceProvider Services => app?.Services ?? throw new InvalidOperationException("The application is stopped.");

    /// <summary>What the facility is filled with; a database is prepared once for each.</summary>
    protected virtual string Filling => "demo";

    /// <summary>What time it is, for the filling too.</summary>
    protected virtual TimeProvider Now => TimeProvider.System;

    /// <summary>The demo units' zone; this machine's own if none is given.</summary>
    protected virtual string? Zone => null;

    public async Task InitializeAsync()
    {
        database = await (await Cluster.Shared).FromTemplate($"{Filling} {Cluster.Fresh}", Prepare);
        await Start();
    }

    /// <param name="unheard">What happens before anybody can connect.</param>
    public async Task Start(Func<Task>? unheard = null)
    {
        app = await Build(database, Address, Now);
        await (unheard?.Invoke() ?? Task.CompletedTask);
        await app.StartAsync();
        Address = app.Urls.Single();
    }

    /// <summary>Every connection to the application is cut, as when its process ends.</summary>
    public async Task Stop()
    {
        if (app is { } running)
        {
            app = null;
            await running.StopAsync(new CancellationToken(canceled: true));
            await running.DisposeAsync();
        }
    }

    public Task DisposeAsync() => Stop();

    /// <summary>Records a command as the service itself would, or as somebody who may do everything; a refusal fails the test.</summary>
    public async Task<CommandResult> Record(ICommand command, Staff? by = null)
    {
        var answer = await Services
            .GetRequiredService<Log>()
            .Send(Facility, new(command, Actor.Clock with { Staff = by ?? Staff.Clock }, Guid.CreateVersion7()));
        answer.Refusal.ShouldBeNull();
        return answer;
    }

    /// <summary>Does now what follows from what was recorded: an admission begins a rounding.</summary>
    public Task Settle() => Services.Settle(Facility);

    /// <summary>
    /// A page on which a demo account (<c>tech</c>, <c>nurse</c>, <c>charge</c>, <c>display</c> …) has signed in and gone to a place.
    /// </summary>
    public async Task<IPage> SignIn(IBrowserContext context, string account, string place = "/")
    {
        await SignIn(context.APIRequest, account);
        return await Visit(context, place);
    }

    /// <summary>A page of whoever is signed in there.</summary>
    public async Task<IPage> Visit(IBrowserContext context, string place)
    {
        var page = await context.NewPageAsync();
        var answer = await page.GotoAsync(Address + place);
        (answer?.Status ?? 200).ShouldBeLessThan(500, $"{place} answered {answer?.Status}: {string.Join('\n', Faults)}");
        return page;
    }

    /// <summary>The same form that a person sends, without drawing it; the cookies are the browser context's.</summary>
    public async Task SignIn(IAPIRequestContext browser, string account)
    {
        var form = await (await browser.GetAsync(Address + Paths.SignIn)).TextAsync();
        var fields = browser.CreateFormData();
        fields.Set("__RequestVerificationToken", Token().Match(form).Groups["token"].Value);
        fields.Set("account", account);
        fields.Set("password", DemoCast.Password);
        fields.Set("returnTo", Paths.SignIn);
        (await browser.PostAsync(Address + Paths.SignIn, new() { Form = fields })).Ok.ShouldBeTrue();
    }

    /// <param name="services">Its <see cref="TimeProvider"/> says what time it is for the filling.</param>
    protected virtual Task Fill(IServiceProvider services) => services.GetRequiredService<DemoFacility>().Load(CancellationToken.None);

    private async Task Prepare(string prepared)
    {
        await using var filled = await Build(prepared, "http://127.0.0.1:0", new Behind(FilledAgo, Now));
        await using var scope = filled.Services.CreateAsyncScope();
        await Fill(scope.ServiceProvider);
        await scope.ServiceProvider.GetRequiredService<DemoPeople>().Create(Facility, Key, CancellationToken.None);
    }

    private Task<WebApplication> Build(string database, string address, TimeProvider clock)
    {
        var builder = WebApplication.CreateBuilder(
            new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, EnvironmentName = "Production" }
        );
        builder.Logging.ClearProviders().AddProvider(new FaultLog(Faults));
        builder.WebHost.UseSetting("urls", address);
        builder.WebHost.UseSetting("Demo:Zone", Zone);
        builder.Services.AddSingleton(clock);
        return HandoffApp.Build(builder, database, CancellationToken.None);
    }

    private sealed class FaultLog(ConcurrentQueue<string> faults) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (IsEnabled(logLevel))
            {
                faults.Enqueue($"{formatter(state, exception)} {exception}");
            }
        }

        public void Dispose() { }
    }

    private sealed class Behind(TimeSpan by, TimeProvider clock) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() - by;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Token();
}
