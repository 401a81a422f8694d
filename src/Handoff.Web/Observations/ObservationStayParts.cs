using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Web.Layout;
using Handoff.Web.Stays;

namespace Handoff.Web.Observations;

/// <summary>How the patient is watched, on the pages about them.</summary>
internal sealed class ObservationStayParts : IStayParts
{
    public IEnumerable<StayPart> Parts => [new(20, StateKind<Rounding>.Name) { Mark = typeof(BannerLevel), Lines = typeof(BannerSeen) }];

    public IEnumerable<StayAct> Acts =>
        [
            new(10, "level", Level, Permission.RaiseLevel, Permission.OrderLevel) { Fits = bedside => bedside.IsObserved },
            new(100, "pause", _ => "Pause checks", Permission.PauseObservation)
            {
                Fits = bedside => bedside.IsObserved && bedside.Stay.Leave is null && bedside.Rounding.Pause is null,
            },
        ];

    private static string Level(PageContext frame) => frame.May(Permission.OrderLevel) ? "Order level" : "Raise level";
}
