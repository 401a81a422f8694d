using System.Globalization;
using Handoff.Api.Access;
using Handoff.Api.Feeds.Adt;
using Handoff.Domain.Feeds;
using Handoff.Web.Components;
using Handoff.Web.Feeds;
using Handoff.Web.Layout;

namespace Handoff.Api.Feeds;

/// <summary>The quarantine's pages for a request.</summary>
public sealed class FeedPages(Quarantine quarantine, PageContexts frames)
{
    /// <summary>What a form takes, with room for the rest of it.</summary>
    private const int LongestText = 80_000;

    internal async Task<IResult> List(
        HttpContext context,
        Caller caller,
        long? before,
        Guid? applied,
        bool isSetAside,
        string? cause = null,
        SubmittedForm? attempt = null
    )
    {
        var cancel = context.RequestAborted;
        var held = await quarantine.List(caller, before, null, cancel, cause);
        var causes = (await quarantine.Causes(caller, cancel))
            .Select(c => new CauseLine(c.Code, c.Says, c.Count, c.First, c.Last, c.Newest))
            .ToList();
        return Forms.Page<QuarantinePage>(
            new
            {
                PageContext = await frames.ForRequest(context, caller, null, cancel),
                Held = held.Select(m => new HeldLine(m.Id, m.Sender, m.ControlId, m.Trigger, m.ReceivedAt, m.Fault)).ToList(),
                More = held.Count == Quarantine.MostOnPage ? held[^1].Position : (long?)null,
                Done = applied is not null ? "The message was applied."
                : isSetAside ? "Done: set aside."
                : null,
                Patient = applied == Guid.Empty ? null : applied,
                Causes = causes,
                Chosen = causes.Find(c => c.Code == cause),
                SubmittedForm = attempt,
            },
            attempt is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
        );
    }

    /// <param name="fault">What a replay came to; null for the fault that it is held for.</param>
    internal async Task<IResult> One(
        HttpContext context,
        Caller caller,
        Guid id,
        Fault? fault = null,
        SubmittedForm? attempt = null,
        bool isSettingAside = false
    )
    {
        var cancel = context.RequestAborted;
        return await quarantine.Open(caller, id, cancel) is not { } held
            ? Results.NotFound()
            : Forms.Page<HeldMessagePage>(
                new
                {
                    PageContext = await frames.ForRequest(context, caller, null, cancel),
                    Held = new HeldText(
                        new(held.Id, held.Sender, held.ControlId, held.Trigger, held.ReceivedAt, held.Fault),
                        FeedMessageEndpoints.Lines(held.Text),
                        FeedMessageEndpoints.Lines(held.Answer),
                        held.Text.Length > LongestText,
                        held.Says,
                        held.Here
                    ),
                    Fault = fault ?? held.Fault,
                    SubmittedForm = attempt,
                    IsSettingAside = isSettingAside,
                },
                attempt is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
            );
    }
}
