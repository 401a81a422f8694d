namespace Handoff.Api.Status;

/// <summary>How patients are.</summary>
internal sealed class StatusSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration) { }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapStatus();
    }
}
