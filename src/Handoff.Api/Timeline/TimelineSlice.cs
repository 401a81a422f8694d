namespace Handoff.Api.Timeline;

/// <summary>Patients' histories, and the feed of events.</summary>
internal sealed class TimelineSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<Histories>().AddSingleton<TimelinePages>();
        services.AddFollower<EventFeed>(70, feed => feed.Tell);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapTimeline();
        routes.MapEventFeed();
    }
}
