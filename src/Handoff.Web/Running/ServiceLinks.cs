using Handoff.Domain.Access;
using Handoff.Web.Layout;

namespace Handoff.Web.Running;

/// <summary>Where it is seen how the service runs.</summary>
internal sealed class ServiceLinks : INavLinks
{
    public IEnumerable<NavLink> Links =>
        [new(200, NavWhere.Seldom, "How the service runs", _ => Paths.Service, "calm", Permission.WatchService)];
}
