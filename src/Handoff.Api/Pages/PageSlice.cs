namespace Handoff.Api.Pages;

/// <summary>Pages that put several slices together.</summary>
internal sealed class PageSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<RoundPages>().AddSingleton<PatientPages>().AddSingleton<LiveIncidentPages>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRounds();
        routes.MapPatients();
        routes.MapLiveIncidents();
    }
}
