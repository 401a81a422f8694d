namespace Handoff.Api.Units;

/// <summary>Units and the facility.</summary>
internal sealed class UnitSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<UnitReader>().AddSingleton<UnitPages>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapUnits();
        routes.MapScope();
    }
}
