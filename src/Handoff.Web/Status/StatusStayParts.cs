using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Status;
using Handoff.Web.Stays;

namespace Handoff.Web.Status;

/// <summary>How the patient is, on the pages about them.</summary>
internal sealed class StatusStayParts : IStayParts
{
    public IEnumerable<StayPart> Parts =>
        [new(10, StateKind<PatientStatus>.Name) { Lines = typeof(BannerStatus), Section = typeof(StatusPart) }];

    public IEnumerable<StayAct> Acts =>
        [new(50, "talk", _ => "Asks to talk", Permission.Observe) { Fits = bedside => bedside.Status.IsRunning() }];
}
