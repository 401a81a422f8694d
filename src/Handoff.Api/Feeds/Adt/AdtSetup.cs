using Handoff.Api.Feeds.Mllp;
using Handoff.Domain.Stays;

namespace Handoff.Api.Feeds.Adt;

public static class AdtSetup
{
    /// <summary>
    /// Needs the store, access, and a <see cref="TimeProvider"/>. Listens on MLLP where <c>Adt:Mllp:Port</c> is configured.
    /// </summary>
    public static IServiceCollection AddAdt(this IServiceCollection services, IConfiguration configuration)
    {
        var mllp = configuration.GetSection("Adt:Mllp").Get<MllpSettings>() ?? new();
        services.AddSingleton(AdtSettings.FromConfiguration(configuration)).AddSingleton(mllp);
        services
            .AddSingleton<FeedSettings>()
            .AddSingleton<StayFinder>()
            .AddSingleton<HeldMessages>()
            .AddSingleton<Admissions>()
            .AddSingleton<Quarantine>()
            .AddSingleton<DryRun>()
            .AddSingleton<MllpFeed>();
        services.AddSingleton(provider => new MllpListener(
            mllp,
            provider.GetRequiredService<MllpFeed>().Answer,
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<MllpListener>>()
        ));
        return services.AddHostedService(provider => provider.GetRequiredService<MllpListener>());
    }
}
