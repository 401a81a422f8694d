using Handoff.Api.Access;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Handoff.Web.Stays;

namespace Handoff.Api.Stays;

/// <summary>Who read a patient's record, and the forms that move and discharge them.</summary>
public static class StayEndpoints
{
    public static void MapStays(this IEndpointRouteBuilder routes)
    {
        var stays = routes.MapPages("/stays/{stay:guid}").RequirePermission(Permission.ReadStay);
        stays
            .MapGet(
                "/readers",
                (Guid stay, long? before, HttpContext context, Caller caller, StayPages pages) =>
                    pages.Readers(context, caller, stay, before)
            )
            .RequirePermission(Permission.Audit);
        stays.Form<LeavePage>("leave", Leave, Permission.MovePatients);
        stays.Form<MovePage>("move", Move, Permission.MovePatients);
        stays.Form<DetailsPage>("details", Correct, Permission.MovePatients);
        stays.Form<DischargePage>("discharge", Leaves, Permission.MovePatients);
        stays.Form<ReportPage>("report", Report, Permission.HandOver);
        stays.Button("back", (_, at) => new EndLeave { Key = at.Key }, Permission.MovePatients);
        stays.Button("cancel-discharge", (_, at) => new CancelDischarge { Key = at.Key }, Permission.MovePatients);
    }

    private static StartLeave Leave(FormPost form, StayHere at) =>
        new(
            form.One<LeaveKind>("kind"),
            form.Moment("returnDay", "expectedReturn", at.Time, at.Now),
            form.Text("reason"),
            form.Past("at", at.Time, at.Now)
        )
        {
            Key = at.Key,
        };

    private static Transfer Move(FormPost form, StayHere at)
    {
        var place = form.Text("bed")?.Split('/', 2);
        return new(place?[0], place is [_, { Length: > 0 } bed] ? bed : null, form.Past("at", at.Time, at.Now)) { Key = at.Key };
    }

    // An emptied field is emptied; only the birth date stays as it was.
    private static CorrectDetails Correct(FormPost form, StayHere at) =>
        new(
            form.Text("family") ?? "",
            form.Text("given") ?? "",
            form.Text("preferred") ?? "",
            form.Date("born"),
            form.Text("sex") ?? "",
            form.Text("language") ?? ""
        )
        {
            Key = at.Key,
        };

    private static GiveReport Report(FormPost form, StayHere at) => new(form.Text("to"), form.Text("remark")) { Key = at.Key };

    private static Discharge Leaves(FormPost form, StayHere at) => new(form.Past("at", at.Time, at.Now)) { Key = at.Key };
}
