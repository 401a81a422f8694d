using Handoff.Domain.Access;
using Handoff.Web.Stays;

namespace Handoff.Web.Escalations;

/// <summary>Concerns, on the pages about a patient.</summary>
internal sealed class EscalationStayParts : IStayParts
{
    public IEnumerable<StayAct> Acts => [new(20, "concern", _ => "Raise a concern", Permission.RaiseConcern)];
}
