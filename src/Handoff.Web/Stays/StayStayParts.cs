using Handoff.Domain.Access;

namespace Handoff.Web.Stays;

/// <summary>Where the patient is, on the pages about them.</summary>
internal sealed class StayStayParts : IStayParts
{
    public IEnumerable<StayAct> Acts =>
        [
            new(110, "leave", _ => "Leaves the unit", Permission.MovePatients) { Fits = bedside => bedside.Stay.Leave is null },
            new(120, "move", _ => "Move", Permission.MovePatients),
            new(130, "details", _ => "Details", Permission.MovePatients),
            new(140, "discharge", _ => "Discharge", Permission.MovePatients),
        ];
}
