using System.Globalization;
using System.Text.RegularExpressions;
using Handoff.Domain.Kernel;
using Handoff.Web.Components;
using Handoff.Web.Layout;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;

namespace Handoff.Api;

/// <summary>Pages of the past.</summary>
internal static class PastFrames
{
    /// <summary>
    /// The frame of a page for the instant that its address asks for as <c>at</c>, as an instant with its offset or as a time on the unit's
    /// own clock; the same frame for now if it
    /// asks for none. What can't be shown is refused in words.
    /// </summary>
    public static (PageContext PageContext, DateTimeOffset? At, IResult? Refused) Asked(
        this PageContext frame,
        string? at,
        HttpContext context
    )
    {
        if (at is null)
        {
            return (frame, null, null);
        }

        var asked = new Moment { At = at };
        var (then, refused) = asked.Read(frame.Time, frame.Now);
        return refused is not null
            ? (
                frame,
                null,
                Failures.Refused(
                    Refusal.Invalid(asked.IsAhead(frame.Time, frame.Now) ? "time-in-future" : "time-invalid", refused.Errors[0].Words, "at")
                )
            )
            : (
                frame.Then(
                    then,
                    context.Request.Path
                        + QueryString.Create(
                            context.Request.Query.Where(part => !part.Key.Equals("at", StringComparison.OrdinalIgnoreCase))
                        )
                ),
                then,
                null
            );
    }
}
