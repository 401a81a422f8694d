namespace Handoff.Api.Groups;

/// <summary>Group sessions.</summary>
internal sealed class GroupSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<GroupReader>().AddSingleton<GroupPages>().AddSingleton<GroupPlans>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGroups();
    }
}
