namespace Handoff.Api.Training;

/// <summary>A service whose clock can be moved.</summary>
internal sealed class TrainingSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<Trainer>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapTraining();
    }
}
