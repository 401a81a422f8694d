using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Units;
using Handoff.Web.Components;
using Handoff.Web.Layout;
using Handoff.Web.Running;

namespace Handoff.Api.Running;

/// <summary>
/// How the service runs: a page for whoever keeps it, and the same as JSON. What could not be done is done again from here, or given up
/// with a reason.
/// </summary>
public static class ServiceEndpoints
{
    public static void MapService(this IEndpointRouteBuilder routes)
    {
        routes
            .MapGet(
                "/api/service",
                (Caller caller, ServiceReader service, CancellationToken cancel) => service.ForFacility(caller.Facility, cancel)
            )
            .WithTags("Service")
            .RequirePermission(Permission.WatchService)
            .WithSummary("How the service runs: its nodes, what is behind, and what could not be done")
            .Produces<ServiceState>();

        var pages = routes.MapPages(Paths.Service).RequirePermission(Permission.WatchService);
        pages.MapGet(
            "",
            (string? done, HttpContext context, Caller caller, ServiceReader service, PageContexts frames) =>
                Page(context, caller, service, frames, done, null)
        );
        pages.MapPost("/{id:guid}/again", Again);
        pages.MapPost("/{id:guid}/give-up", GiveUp);
    }

    private static async Task<IResult> Again(Guid id, HttpContext context, Caller caller, FormPost form, ServiceReader service)
    {
        form.RefuseOthers();
        return await service.Again(caller.Facility, id, context.RequestAborted) is null
            ? Results.NotFound()
            : Forms.SeeOther($"{Paths.Service}?done=again");
    }

    private static async Task<IResult> GiveUp(
        Guid id,
        HttpContext context,
        Caller caller,
        FormPost form,
        Log log,
        ServiceReader service,
        PageContexts frames
    )
    {
        var reason = form.Text("reason");
        form.RefuseOthers();
        if (await service.Letter(caller.Facility, id, context.RequestAborted) is not { } letter)
        {
            return Results.NotFound();
        }

        // First that it was given up, then that nobody tries: if we are cut off between the two it can be given up again, and is told once.
        var handled = await log.Send(
            caller,
            form,
            new GiveUpOwed(letter.What, letter.Stream, letter.Position, reason) { Key = Facility.OnlyKey }
        );
        if (handled.IsRefused)
        {
            return await Page(context, caller, service, frames, null, handled.SubmittedForm);
        }

        await service.Discard(id, context.RequestAborted);
        return Forms.SeeOther($"{Paths.Service}?done=given-up");
    }

    private static async Task<IResult> Page(
        HttpContext context,
        Caller caller,
        ServiceReader service,
        PageContexts frames,
        string? done,
        SubmittedForm? attempt
    ) =>
        Forms.Page<ServicePage>(
            new
            {
                PageContext = await frames.ForRequest(context, caller, null, context.RequestAborted),
                State = await service.ForFacility(caller.Facility, context.RequestAborted),
                Done = done switch
                {
                    "again" => "It is being done again.",
                    "given-up" => "It was given up.",
                    _ => null,
                },
                SubmittedForm = attempt,
            },
            attempt is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
        );
}
