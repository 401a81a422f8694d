namespace Handoff.Api.Notices;

/// <summary>Who is told what outside of the pages, and on any of them.</summary>
internal sealed class NoticeSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddNotices(configuration);
        services.AddSingleton<PageNotices>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPageNotices();
    }
}
