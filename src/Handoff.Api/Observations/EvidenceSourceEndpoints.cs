using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Web.Layout;

namespace Handoff.Api.Observations;

/// <summary>The sources of evidence: which are enrolled, enrolling one, and ending one with a reason.</summary>
public static class EvidenceSourceEndpoints
{
    public static void MapEvidenceSources(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/api/evidence-sources",
                (Caller caller, EvidenceSourceReader sources, CancellationToken cancel) => sources.All(caller.Facility, cancel)
            )
            .RequirePermission(Permission.ConfigureFacility)
            .WithTags("Rounding")
            .WithSummary("The tags and gateways whose proofs are accepted, and those that were revoked: by whom, when and why.");

        var pages = routes.MapPages(Paths.Evidence).RequirePermission(Permission.ConfigureFacility);
        pages.MapGet(
            "",
            (Guid? ended, HttpContext context, Caller caller, EvidenceSourcePages sources) => sources.List(context, caller, ended)
        );
        pages.MapPost("", Enrol);
        pages.MapGet(
            "/{source:guid}",
            (Guid source, bool? enrolled, HttpContext context, Caller caller, EvidenceSourcePages sources) =>
                sources.One(context, caller, source, enrolled == true)
        );
        pages.MapPost("/{source:guid}/revoke", Revoke);
    }

    // The id follows from the request: a form that is sent twice enrols one source.
    private static async Task<IResult> Enrol(HttpContext context, Caller caller, FormPost form, Log log, EvidenceSourcePages sources)
    {
        var (source, command) = (
            NamedId.From("evidence-source", form.Request(caller).ToString()),
            new EnrolEvidenceSource(form.Text("name"), form.One<EvidenceGrade>("grade"), form.Text("publicKey"))
        );
        var handled = await log.Send(caller, form, command with { Key = source.ToString() });
        return !handled.IsRefused
            ? Forms.SeeOther($"{Paths.EvidenceSource(source)}?enrolled=true")
            : await sources.List(
                context,
                caller,
                null,
                command.IsPrivate() ? handled with { SubmittedForm = handled.SubmittedForm!.Without("publicKey") } : handled
            );
    }

    private static async Task<IResult> Revoke(
        Guid source,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        EvidenceSourcePages sources
    )
    {
        var handled = await log.Send(caller, form, new RevokeEvidenceSource(form.Text("reason")) { Key = source.ToString() });
        return handled.IsRefused
            ? await sources.One(context, caller, source, false, handled)
            : Forms.SeeOther($"{Paths.Evidence}?ended={source}");
    }
}
