using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;
using Handoff.Simulator.Demo;

namespace Handoff.Api;

/// <summary>What a new installation begins with: the demo facility, or a real one with its first manager and its feed's key.</summary>
internal static class FirstStart
{
    /// <summary>
    /// Loads the demo facility and its accounts on an empty log, unless <c>Demo:Load</c> says otherwise; null where there is none.
    /// </summary>
    public static async Task<DemoAccess?> LoadDemo(WebApplication app, CancellationToken cancel)
    {
        var heads = await app.Services.GetRequiredService<LogReader>().Heads(cancel);
        if (!(app.Configuration.GetValue<bool?>("Demo:Load") ?? (heads.Count == 0 || heads.ContainsKey(DemoFacility.Id))))
        {
            return null;
        }

        await app.Services.GetRequiredService<DemoFacility>().Load(cancel);
        await using var scope = app.Services.CreateAsyncScope();
        return await scope
            .ServiceProvider.GetRequiredService<DemoPeople>()
            .Create(DemoFacility.Id, app.Configuration["Demo:ApiKey"], cancel);
    }

    /// <summary>Opens a facility, or finds it open, and makes its first manager and a key for its feed.</summary>
    /// <returns>The manager's password and the key, to be shown once.</returns>
    /// <exception cref="InvalidOperationException">The facility's name or the account was refused; the message says why.</exception>
    public static async Task<(string Password, string Key)> OpenFacility(
        IServiceProvider services,
        string facility,
        string name,
        string account,
        string manager,
        CancellationToken cancel
    )
    {
        var answer = await services
            .GetRequiredService<Log>()
            .Send(facility, new(new OpenFacility(name) { Key = Facility.OnlyKey }, Actor.Clock, Guid.CreateVersion7(), Source.System));
        if (answer.Refusal is { } refusal)
        {
            throw new InvalidOperationException(refusal.Says);
        }

        await using var scope = services.CreateAsyncScope();
        var password = ApiKeys.Fresh()[3..23];
        await scope
            .ServiceProvider.GetRequiredService<People>()
            .Add(
                new()
                {
                    UserName = account,
                    Facility = facility,
                    Name = manager,
                    Role = Role.Manager,
                },
                password
            );
        var key = ApiKeys.Fresh();
        await services.GetRequiredService<ApiKeys>().Add(facility, "Hospital feed", Role.Feed, key, cancel);
        return (password, key);
    }
}
