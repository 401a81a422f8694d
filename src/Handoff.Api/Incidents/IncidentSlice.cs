namespace Handoff.Api.Incidents;

/// <summary>Crises.</summary>
internal sealed class IncidentSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IncidentReader>().AddSingleton<IncidentPages>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapIncidents();
    }
}
