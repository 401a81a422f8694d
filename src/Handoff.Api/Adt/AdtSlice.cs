namespace Handoff.Api.Adt;

/// <summary>What the hospital's feeds say.</summary>
internal sealed class AdtSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddAdt(configuration);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapAdt();
    }
}
