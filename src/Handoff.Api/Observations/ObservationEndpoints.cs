using Handoff.Api.Access;
using Handoff.Api.Stays;
using Handoff.Domain.Access;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;
using Handoff.Web.Observations;

namespace Handoff.Api.Observations;

/// <summary>The forms by which a patient's observation is ordered, paused and gone on with.</summary>
public static class ObservationEndpoints
{
    public static void MapObservations(this IEndpointRouteBuilder routes)
    {
        var stays = routes.MapPages("/stays/{stay:guid}").RequirePermission(Permission.ReadStay);
        stays.Form<LevelPage>("level", Order, Permission.RaiseLevel, Permission.OrderLevel);
        stays.Form<SeenToPage>("seen-to", (form, at) => new SeeToBreathing(form.Text("found")) { Key = at.Key }, Permission.RecordCheck);
        stays.Form<PausePage>("pause", Pause, Permission.PauseObservation);
        stays.Button("resume", (_, at) => new ResumeObservation { Key = at.Key }, Permission.PauseObservation);
    }

    private static OrderLevel Order(FormPost form, StayHere at) =>
        new(form.One<ObservationLevel>("level"), form.Text("reason"), form.Moment("untilDay", "until", at.Time, at.Now)) { Key = at.Key };

    private static PauseObservation Pause(FormPost form, StayHere at) =>
        new(form.Text("reason"), form.Moment("returnDay", "expectedReturn", at.Time, at.Now), form.Text("with")) { Key = at.Key };
}
