namespace Handoff.Api.Access;

/// <summary>Who may come in, and who saw what.</summary>
internal sealed class AccessSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddAccess(configuration);
        services.AddSingleton<Colleagues>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapAccess();
    }
}
