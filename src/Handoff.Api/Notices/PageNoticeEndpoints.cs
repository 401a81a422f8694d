using Handoff.Api.Access;
using Handoff.Api.Observations;
using Handoff.Domain.Access;
using Handoff.Web.Layout;

namespace Handoff.Api.Notices;

/// <summary>The notices of a page that is open, asked for by the page itself.</summary>
internal static class PageNoticeEndpoints
{
    public static void MapPageNotices(this IEndpointRouteBuilder routes) =>
        routes
            .MapPages(Paths.NoticesPath)
            .RequirePermission(Permission.HandOver, Permission.AskAboutRounds)
            .IsAskedByPages()
            .MapGet(
                "",
                async (string? on, string? unit, HttpContext context, Caller caller, PageContexts frames, RoundQuestionCount questions) =>
                {
                    var cancel = context.RequestAborted;
                    if (unit is not null && caller.Actor.May(Permission.AskAboutRounds) && caller.Actor.WorksOn(unit))
                    {
                        await questions.LookAgain(caller.Facility, unit, cancel);
                    }

                    return Forms.Page<NoticesFragment>(new { PageContext = await frames.ForRequest(context, caller, unit, cancel, on) });
                }
            );
}
