namespace Handoff.Api.Running;

/// <summary>How the service runs.</summary>
internal sealed class ServiceSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddTelemetry(configuration);
        services.AddSingleton<ServiceReader>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapService();
    }
}
