namespace Handoff.Api.Handoffs;

/// <summary>Shifts, who has which patient, and their handoff.</summary>
internal sealed class HandoffSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services
            .AddSingleton<HandoffReader>()
            .AddSingleton<HandoffNews>()
            .AddSingleton<HandoffActions>()
            .AddSingleton<StaffingReader>()
            .AddSingleton<HandoffPages>()
            .AddSingleton<StayHandoffPages>();
        services.AddFollower<ShiftPush>(60, push => push.Push);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapHandoffs();
    }
}
