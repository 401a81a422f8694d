using Handoff.Api.Access;
using Handoff.Api.Feeds.Adt;
using Handoff.Api.Store;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Web.Components;
using Handoff.Web.Feeds;
using Handoff.Web.Layout;

namespace Handoff.Api.Feeds;

/// <summary>The pages that set feeds up.</summary>
public sealed class FeedSetUpPages(Log log, FeedSettings feeds, FeedKeys keys, DryRun dryRun, PageContexts frames)
{
    internal async Task<IResult> List(HttpContext context, Caller caller, Guid? revoked, FormResult? handled = null)
    {
        var all = await keys.All(caller.Facility, context.RequestAborted);
        return Forms.Page<FeedsPage>(
            new
            {
                PageContext = await frames.ForRequest(context, caller, null, context.RequestAborted),
                Feeds = await feeds.All(caller.Facility, context.RequestAborted),
                Keys = all,
                Revoked = all.FirstOrDefault(key => key.Id == revoked && key.RevokedAt is not null)?.Name,
                handled?.SubmittedForm,
            },
            handled?.Status ?? StatusCodes.Status200OK
        );
    }

    internal async Task<IResult> One(
        HttpContext context,
        Caller caller,
        Guid feed,
        string? saved,
        string? part = null,
        FormResult? handled = null
    )
    {
        var known = await log.State<Feed>(caller.Facility, feed.ToString(), context.RequestAborted);
        return !known.IsKnown
            ? Results.NotFound()
            : Forms.Page<FeedPage>(
                new
                {
                    PageContext = await frames.ForRequest(context, caller, null, context.RequestAborted),
                    Feed = known,
                    Saved = saved,
                    Refused = part,
                    handled?.SubmittedForm,
                },
                handled?.Status ?? StatusCodes.Status200OK
            );
    }

    internal async Task<IResult> Try(HttpContext context, Caller caller, FormPost? form)
    {
        var frame = await frames.ForRequest(context, caller, null, context.RequestAborted);
        var text = form?.Text("text");
        form?.RefuseOthers();
        var attempt = form is not null && string.IsNullOrWhiteSpace(text) ? form.Attempt(new FieldError("text", "Paste a message.")) : null;
        var tried = text is null || attempt is not null ? [] : await dryRun.Try(caller, text, frame.FacilityTime, context.RequestAborted);
        return Forms.Page<TryFeedPage>(
            new
            {
                PageContext = frame,
                Message = text is null ? null : FeedMessageEndpoints.Lines(text),
                Tried = tried
                    .Select(t => new TriedLine(t.Sender, t.Trigger, t.ControlId, t.Patients, t.WouldSay, t.Nothing, t.Fault, t.Doubts))
                    .ToList(),
                SubmittedForm = attempt,
            },
            attempt is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity
        );
    }
}
