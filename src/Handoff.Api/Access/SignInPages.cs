using Handoff.Api.Training;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Web.Components;
using Handoff.Web.Layout;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Handoff.Api.Access;

/// <summary>The sign-in page for a request.</summary>
internal sealed class SignInPages(IAntiforgery antiforgery, DemoPeople demo, TimeProvider time)
{
    public async Task<RazorComponentResult<SignInPage>> Show(HttpContext context, string? place) =>
        Page(context, place, null, await demo.Offered(context.RequestAborted), StatusCodes.Status200OK);

    public async Task<RazorComponentResult<SignInPage>> Show(
        HttpContext context,
        string? place,
        IEnumerable<KeyValuePair<string, StringValues>> form,
        int status,
        string says
    ) =>
        Page(
            context,
            place,
            SubmittedForm.FromForm(form, new FieldError("account", says)),
            await demo.Offered(context.RequestAborted),
            status
        );

    private RazorComponentResult<SignInPage> Page(
        HttpContext context,
        string? place,
        SubmittedForm? attempt,
        IReadOnlyList<DemoAccount> offered,
        int status
    ) =>
        new(
            new Dictionary<string, object?>
            {
                [nameof(SignInPage.PageContext)] = Frame(context),
                [nameof(SignInPage.SubmittedForm)] = attempt,
                [nameof(SignInPage.ReturnTo)] = place,
                [nameof(SignInPage.Demo)] = offered,
            }
        )
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    private PageContext Frame(HttpContext context)
    {
        var tokens = antiforgery.GetAndStoreTokens(context);
        return new()
        {
            Now = time.GetUtcNow(),
            Training = context.RequestServices.GetService<TrainingClock>()?.Words(),
            FacilityTime = context.RequestServices.GetService<TrainingClock>()?.Zone ?? UnitTime.Utc,
            Path = context.Request.Path,
            NewRequest = Guid.CreateVersion7,
            Antiforgery = new(tokens.FormFieldName, tokens.RequestToken!),
        };
    }
}
