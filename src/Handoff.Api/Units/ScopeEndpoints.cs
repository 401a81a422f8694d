using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Access;
using Handoff.Domain.Units;
using Handoff.Web.Components;
using Handoff.Web.Layout;
using Handoff.Web.Units;

namespace Handoff.Api.Units;

/// <summary>The facility's scope of practice: which role may do what.</summary>
public static class ScopeEndpoints
{
    public static void MapScope(this IEndpointRouteBuilder routes)
    {
        var scope = routes.MapPages(Paths.Scope).RequirePermission(Permission.ConfigureFacility);
        scope.MapGet(
            "",
            (bool? saved, HttpContext context, Caller caller, Log log, PageContexts frames) =>
                Page(context, caller, log, frames, saved == true, null)
        );
        scope.MapPost("", Change);
    }

    // Whoever changes may lose the right to change: that one goes last, so that the rest of the form still holds.
    private static async Task<IResult> Change(HttpContext context, Caller caller, FormPost form, Log log, PageContexts frames)
    {
        var wrong = new List<FieldError>();
        form.Takes([.. Permission.All.Select(may => may.Name)]).RefuseOthers();
        foreach (var may in Permission.All.OrderBy(p => p == Permission.ConfigureFacility))
        {
            var handled = await log.Send(
                caller,
                form,
                new ChangeScope(may, form.Many<Role>(may.Name)) { Key = Facility.OnlyKey },
                may.Name
            );
            if (handled.Answer?.Refusal is { } refusal)
            {
                wrong.Add(new(may.Name, refusal.Says));
            }
        }

        return wrong.Count == 0
            ? Forms.SeeOther($"{Paths.Scope}?saved=true")
            : await Page(context, caller, log, frames, false, form.Attempt(wrong));
    }

    private static async Task<IResult> Page(
        HttpContext context,
        Caller caller,
        Log log,
        PageContexts frames,
        bool isSaved,
        SubmittedForm? attempt
    ) =>
        Forms.Page<ScopePage>(
            new
            {
                PageContext = await frames.ForRequest(context, caller, null, context.RequestAborted),
                Facility = await log.State<Facility>(caller.Facility, Facility.OnlyKey, context.RequestAborted),
                IsSaved = isSaved,
                SubmittedForm = attempt,
            },
            attempt is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
        );
}
