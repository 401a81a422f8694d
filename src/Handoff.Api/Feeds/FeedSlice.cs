using Handoff.Api.Feeds.Adt;

namespace Handoff.Api.Feeds;

/// <summary>The hospital's feeds: what they say, and how they are set up and mended.</summary>
internal sealed class FeedSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddAdt(configuration);
        services.AddSingleton<FeedPages>().AddSingleton<FeedSetUpPages>().AddSingleton<FeedKeys>().AddSingleton<FeedKeyPages>();
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapAdt();
        routes.MapFeedMessages();
        routes.MapFeeds();
        routes.MapFeedKeys();
    }
}
