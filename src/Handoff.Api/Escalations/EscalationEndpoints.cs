using Handoff.Api.Access;
using Handoff.Api.Stays;
using Handoff.Api.Store;
using Handoff.Api.Units;
using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;
using Handoff.Web.Layout;

namespace Handoff.Api.Escalations;

/// <summary>Concerns about patients: raised on the patient's page, read and acknowledged on their own.</summary>
public static class EscalationEndpoints
{
    public static void MapEscalations(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/api/units/{unit}/escalations", Open)
            .WithTags("Escalations")
            .RequirePermission(Permission.ReadBoard)
            .Produces<IReadOnlyList<OpenEscalation>>()
            .ProducesProblem(404);

        var stay = routes
            .MapPages("/stays/{stay:guid}/concern")
            .RequirePermission(Permission.ReadStay)
            .RequirePermission(Permission.RaiseConcern);
        stay.MapGet("", (Guid stay, HttpContext context, Caller caller, EscalationPages pages) => pages.New(context, caller, stay));
        stay.MapPost("", Raise);

        var one = routes.MapPages("/escalations/{escalation:guid}").RequirePermission(Permission.ReadStay);
        one.MapGet(
            "",
            (Guid escalation, HttpContext context, Caller caller, EscalationPages pages) => pages.One(context, caller, escalation)
        );
        Act(one, "acknowledge", (form, key) => new AcknowledgeEscalation(form.Text("plan")) { Key = key });
        Act(one, "close", (form, key) => new CloseEscalation(form.Text("outcome")) { Key = key });
    }

    private static void Act(RouteGroupBuilder one, string act, Func<FormPost, string, ICommand> command) =>
        one.MapPost(
                act,
                async (Guid escalation, HttpContext context, Caller caller, FormPost form, Log log, EscalationPages pages) =>
                {
                    var handled = await log.Send(caller, form, command(form, escalation.ToString()));
                    return handled.IsRefused
                        ? await pages.One(context, caller, escalation, handled)
                        : Forms.SeeOther(Paths.Escalation(escalation));
                }
            )
            .RequirePermission(Permission.AcknowledgeConcern);

    private static async Task<IResult> Raise(Guid stay, HttpContext context, Caller caller, FormPost form, Log log, EscalationPages pages)
    {
        var command = new EscalateConcern(
            stay,
            form.One<Urgency>("urgency"),
            form.Text("situation"),
            form.Text("background"),
            form.Text("assessment"),
            form.Text("recommendation"),
            form.One<Role>("to")
        )
        {
            Key = form.Request(caller, "escalation").ToString(),
        };
        var handled = await log.Send(caller, form, command);
        return handled.IsRefused
            ? await pages.New(context, caller, stay, handled)
            : Forms.SeeOther(Paths.Escalation(Guid.Parse(command.Key)));
    }

    /// <summary>The concerns of a unit that somebody must still see to.</summary>
    private static async Task<IResult> Open(
        string unit,
        Caller caller,
        UnitReader units,
        WorkReader work,
        AccessLog reads,
        CancellationToken cancel
    )
    {
        if (!await units.Has(caller.Facility, unit, cancel))
        {
            return Answers.Problem(404, "unit-unknown", "There is no such unit.", "unit");
        }

        var open = (await work.Open<Escalation>(caller.Facility, unit, cancel)).OrderBy(e => e.RaisedAt).ToList();
        await reads.Record(caller, AccessPurpose.Concern, unit, [.. open.Select(e => e.Stay).Distinct()], cancel);
        return Results.Ok(open.Select(OpenEscalation.FromEscalation));
    }
}
