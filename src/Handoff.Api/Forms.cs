using System.Globalization;
using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Web.Components;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Handoff.Api;

/// <summary>The form's token is not this person's, or no longer: the page was open while somebody else signed in.</summary>
public sealed class FormExpiredException() : BadHttpRequestException("The form's token does not stand.", StatusCodes.Status400BadRequest);

/// <summary>A form holds a field that nothing reads, and whoever sent it counts on it. Nothing was stored.</summary>
public sealed class UnknownFieldException(Refusal refusal) : BadHttpRequestException(refusal.Says, StatusCodes.Status400BadRequest)
{
    public Refusal Refusal => refusal;
}

/// <summary>What became of a form: the log's answer, or the same form again with what is wrong with it.</summary>
public sealed record FormResult(CommandResult? Answer, SubmittedForm? SubmittedForm, int Status)
{
    public bool IsRefused => SubmittedForm is not null;
}

internal static class Forms
{
    /// <summary>The longest form holds a few notes.</summary>
    private const int MostBytes = 1_000_000;

    // These are in the address, not on the form.
    private static readonly HashSet<string> InAddress = ["stay", "unit", "check", "may", "incident", "step"];

    /// <summary>A group of pages and of what their forms post to.</summary>
    public static RouteGroupBuilder MapPages(this IEndpointRouteBuilder routes, string prefix) =>
        routes.MapGroup(prefix).WithMetadata(new Size(MostBytes)).ExcludeFromDescription();

    /// <param name="renamed">The form's names of the command's fields, where they differ.</param>
    public static Task<FormResult> Send(
        this Log log,
        Caller caller,
        FormPost form,
        ICommand command,
        params (string Field, string Name)[] renamed
    ) => log.Send(caller, form, command, "", renamed);

    /// <summary>One of several commands that one form comes to.</summary>
    /// <param name="part">Tells it from the form's others.</param>
    /// <param name="renamed">The form's names of the command's fields, where they differ.</param>
    public static async Task<FormResult> Send(
        this Log log,
        Caller caller,
        FormPost form,
        ICommand command,
        string part,
        params (string Field, string Name)[] renamed
    )
    {
        form.RefuseOthers();
        if (form.Unreadable.Count > 0)
        {
            return new(null, form.Attempt(form.Unreadable), StatusCodes.Status422UnprocessableEntity);
        }

        var answer = await log.Send(
            caller.Facility,
            new(
                command,
                caller.Actor,
                form.Request(caller, part),
                form.IsFromQueue ? Source.Offline : caller.Source,
                caller.Origin.Device,
                caller.Correlation
            )
        );
        return Handled(answer, form, renamed);
    }

    /// <summary>What an answer means to the form that asked for it.</summary>
    public static FormResult Handled(CommandResult answer, FormPost form, params (string Field, string Name)[] renamed) =>
        answer.Refusal is { } refusal
            ? new(answer, form.Attempt(Said(refusal, form, renamed)), PageStatus(refusal))
            : new(answer, null, StatusCodes.Status303SeeOther);

    public static IResult SeeOther(string path) => new SeeOtherResult(path);

    /// <summary>Whether a script asked, which wants the answer and not the page.</summary>
    public static bool IsFromScript(this HttpRequest request) =>
        request.Headers.Accept.ToString().StartsWith("application/json", StringComparison.Ordinal);

    public static IResult Page<T>(object parameters, int status = StatusCodes.Status200OK)
        where T : IComponent => new RazorComponentResult<T>(parameters) { StatusCode = status, PreventStreamingRendering = true };

    private static FieldError Said(Refusal refusal, FormPost form, (string Field, string Name)[] renamed)
    {
        var field = renamed.FirstOrDefault(r => r.Field == refusal.Field).Name ?? refusal.Field ?? "";
        return new(InAddress.Contains(field) && !form.Has(field) ? "" : field, refusal.Says);
    }

    private static int PageStatus(Refusal refusal) =>
        refusal.Kind is RefusalKind.Rule or RefusalKind.Invalid ? StatusCodes.Status422UnprocessableEntity : refusal.Status();

    private sealed record Size(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;

    private sealed class SeeOtherResult(string path) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = StatusCodes.Status303SeeOther;
            httpContext.Response.Headers[HeaderNames.Location] = path;
            return Task.CompletedTask;
        }
    }
}
