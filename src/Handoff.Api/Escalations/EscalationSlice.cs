using Handoff.Api.Stays;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Escalations;

/// <summary>Concerns.</summary>
internal sealed class EscalationSlice : ISlice
{
    public void Add(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<EscalationPages>().AddSingleton(new WorkKind(StateKind<Escalation>.Name, StaysOpen: true));
        services.AddFollower<WorkFollowsPatient>(20, work => work.Follow);
    }

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapEscalations();
    }
}
