namespace Handoff.Api.Adt;

internal static class AdtSetup
{
    public static void AddAdt(this IServiceCollection services, IConfiguration configuration) { }

    public static void MapAdt(this IEndpointRouteBuilder routes) { }
}
