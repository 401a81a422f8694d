namespace Handoff.Api.Notices;

public static class NoticeSetup
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static IServiceCollection AddNotices(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(Webhooks.From(configuration)).AddSingleton<NoticeSender>();

        // A redirect would send what was signed for one address to another; the framework's own logging would tell every call.
        services
            .AddHttpClient(NoticeSender.Client, client => client.Timeout = Patience)
            .ConfigurePrimaryHttpMessageHandler(() =>
                new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    UseCookies = false,
                    PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                }
            )
            .RemoveAllLoggers();
        return services;
    }
}
