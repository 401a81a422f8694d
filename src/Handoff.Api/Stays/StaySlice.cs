namespace Handoff.Api.Stays;

/// <summary>Patients' stays.</summary>
internal sealed class StaySlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<StayPages>().AddSingleton<AdmissionPages>().AddSingleton<FreeBeds>().AddSingleton<WorkReader>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapStays();
        routes.MapAdmissions();
    }
}
