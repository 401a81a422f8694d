using Handoff.Domain.Kernel;
using Handoff.Domain.Status;
using Handoff.Web.Stays;

namespace Handoff.Web.Status;

/// <summary>How the patient is, on the pages about them.</summary>
internal sealed class StatusStayParts : IStayParts
{
    public IEnumerable<StayPart> Parts =>
        [new(10, StateKind<PatientStatus>.Name) { Lines = typeof(BannerStatus), Section = typeof(StatusPart) }];
}
