namespace Handoff.Api.Meetings;

/// <summary>The treatment team's meetings.</summary>
internal sealed class MeetingSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<MeetingReader>().AddSingleton<MeetingNews>().AddSingleton<MeetingPages>().AddSingleton<Reviewing>();
        services.AddFollower<MeetingPush>(50, push => push.Push);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapMeetings();
    }
}
