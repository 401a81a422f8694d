using System.Text.Json;
using Handoff.Api.Store;
using Handoff.Api.Training;
using Handoff.Domain.Kernel;
using Handoff.Web.Layout;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Npgsql;

namespace Handoff.Api;

/// <summary>
/// What is answered when something goes wrong: a problem for machines, a page for people, never a trace or a patient's data.
/// </summary>
internal sealed class Failures(ILogger<Failures> logger) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellationToken)
    {
        if (context.RequestAborted.IsCancellationRequested)
        {
            return true;
        }

        if (exception is UnknownFieldException { Refusal: var unknown })
        {
            await Refused(unknown).ExecuteAsync(context);
            return true;
        }

        var (status, code, says) = exception switch
        {
            BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => (
                413,
                "too-large",
                "That is more than this takes at once. Send less."
            ),
            FormExpiredException => (
                400,
                "form-expired",
                "This page was open while somebody signed in or out. Go back, load it again, and send it once more."
            ),
            BadHttpRequestException { InnerException: JsonException } => (400, "json-invalid", "The body is not the JSON that this takes."),
            BadHttpRequestException bad => (bad.StatusCode, Code(bad.StatusCode), Words(bad.StatusCode)),
            InvalidDataException => (400, "request-invalid", "The form is too large or malformed."),
            StreamUnreadableException => (
                500,
                "stream-unreadable",
                "This record holds an entry that this version can't read. Nothing was changed."
            ),
            LogUnavailableException or NpgsqlException or TimeoutException => (
                503,
                "log-unavailable",
                "The log can't be reached right now. Nothing was recorded; send it again."
            ),
            _ => (500, "failure", "Something broke here. Nothing that was confirmed is lost."),
        };
        if (status >= 500)
        {
            // The message of an exception may quote a value; its type and where it was thrown do not.
            logger.LogError(
                "{Method} {Route} failed: {Failure} at {Where}",
                context.Request.Method,
                Route(context),
                exception.GetType().Name,
                Where(exception)
            );
            context.Response.Headers.RetryAfter = status == 503 ? "2" : default;
        }

        if (status == 413)
        {
            await RequestBytes.HearOut(context, cancellationToken);
        }

        await Say(context, status, code, says);
        return true;
    }

    /// <summary>A body for answers that have only a status.</summary>
    public static Task Page(StatusCodeContext context) => Say(context.HttpContext, context.HttpContext.Response.StatusCode, null, null);

    /// <summary>Of a press of a button that has no form to stand in: why it was not taken.</summary>
    public static IResult Refused(Refusal refusal) => new Refusing(refusal);

    private static Task Say(HttpContext context, int status, string? code, string? says) =>
        IsForPeople(context.Request)
            ? Document(context, status, code, says).ExecuteAsync(context)
            : Answers.Problem(status, code ?? Code(status), says ?? Words(status)).ExecuteAsync(context);

    private static RazorComponentResult<ProblemPage> Document(HttpContext context, int status, string? code, string? says) =>
        new(
            new Dictionary<string, object?>
            {
                [nameof(ProblemPage.PageContext)] = new PageContext
                {
                    Now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(),
                    Path = context.Request.Path,
                    NewRequest = Guid.CreateVersion7,
                    Training = context.RequestServices.GetService<TrainingClock>()?.Words(),
                    FacilityTime = context.RequestServices.GetService<TrainingClock>()?.Zone ?? UnitTime.Utc,
                },
                [nameof(ProblemPage.Status)] = status,
                [nameof(ProblemPage.Detail)] = says,
                [nameof(ProblemPage.Code)] = code,
            }
        )
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    private static bool IsForPeople(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !request.Path.StartsWithSegments("/hubs", StringComparison.OrdinalIgnoreCase)
        && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);

    private static string Code(int status) =>
        status switch
        {
            401 => "sign-in-required",
            403 => "not-permitted",
            404 => "not-found",
            405 => "method-not-allowed",
            413 => "too-large",
            415 => "media-type-not-taken",
            429 => "too-many-requests",
            _ => "request-invalid",
        };

    private static string Words(int status) =>
        status switch
        {
            401 => "Sign in first.",
            403 => "Your role does not include this.",
            404 => "There is nothing here.",
            405 => "This address does not take that method.",
            413 => "That is more than this takes at once.",
            415 => "Send it as the content type that this address takes.",
            429 => "Too many requests. Wait a moment.",
            _ => "The request is incomplete or malformed.",
        };

    private static string Route(HttpContext context) =>
        (context.Features.Get<IExceptionHandlerFeature>()?.Endpoint as RouteEndpoint)?.RoutePattern.RawText ?? "(no route)";

    private static string Where(Exception exception) =>
        exception.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("Handoff.", StringComparison.Ordinal))?.Trim()
        ?? exception.TargetSite?.Name
        ?? "?";

    private sealed class Refusing(Refusal refusal) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext) =>
            IsForPeople(httpContext.Request)
                ? Document(httpContext, refusal.Status(), refusal.Code, refusal.Says).ExecuteAsync(httpContext)
                : refusal.Problem().ExecuteAsync(httpContext);
    }
}
