using Handoff.Api.Live;
using Handoff.Api.Stays;

namespace Handoff.Api.Boards;

/// <summary>Boards, and what is live on them.</summary>
internal sealed class BoardSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<OverviewReader>().AddSingleton<BoardReader>().AddSingleton<BoardStates>().AddSingleton<MyPatientsReader>();
        services.AddSingleton<IBoardOrder>(provider => provider.GetRequiredService<BoardReader>());
        services.AddSingleton<IncidentBannerPages>().AddSingleton<CardWriter>();
        services.AddFollower<BoardPush>(30, push => push.Push).AddFollower<IncidentPush>(40, push => push.Push);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapBoards();
    }
}
