using Handoff.Api.Stays;
using Handoff.Domain.Kernel;
using Handoff.Domain.Tasks;

namespace Handoff.Api.Tasks;

/// <summary>Tasks.</summary>
internal sealed class TaskSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<TaskPages>().AddSingleton(new WorkKind(StateKind<CareTask>.Name, StaysOpen: true));
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapTasks();
    }
}
