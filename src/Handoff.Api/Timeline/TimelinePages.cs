using Handoff.Api.Access;
using Handoff.Api.Stays;
using Handoff.Domain.Observations;
using Handoff.Domain.Timeline;
using Handoff.Web.Layout;
using Handoff.Web.Stays;
using Handoff.Web.Timeline;

namespace Handoff.Api.Timeline;

/// <summary>The pages of a timeline. Each is a look at the record, and is kept as one before it is shown.</summary>
public sealed class TimelinePages(StayPages stays, Histories histories)
{
    internal Task<IResult> ForStay(HttpContext context, Caller caller, Guid stay, Asked asked) =>
        Show(
            context,
            caller,
            stay,
            asked,
            (frame, at, view) =>
                Forms.Page<TimelinePage>(
                    new
                    {
                        PageContext = frame,
                        Bedside = at,
                        View = view,
                        Chart = ChartOver(view, at, frame.Now),
                    }
                )
        );

    internal Task<IResult> Part(HttpContext context, Caller caller, Guid stay, Asked asked) =>
        Show(
            context,
            caller,
            stay,
            asked,
            (frame, _, view) =>
                Forms.Page<TimelineFragment>(
                    new
                    {
                        PageContext = frame,
                        View = view,
                        Id = $"before-{asked.Cut.Before}",
                    }
                )
        );

    /// <param name="days">1, 7 or 30; <c>stay</c> for all of it; anything else is 7.</param>
    internal Task<IResult> Lanes(HttpContext context, Caller caller, Guid stay, string? days, string? asked) =>
        stays.Show(
            context,
            caller,
            stay,
            AccessPurpose.Timeline,
            async (frame, at) =>
            {
                var span = days switch
                {
                    "1" => 1,
                    "30" => 30,
                    "stay" => (int?)null,
                    _ => 7,
                };
                var history = await histories.ForStay(caller.Facility, stay, frame.AsOf, context.RequestAborted);
                var to = at.Stay.DischargedAt ?? frame.Now;
                var from = span is { } number ? to.AddDays(-number) : at.Stay.AdmittedAt ?? to.AddDays(-1);
                return Forms.Page<LanesPage>(
                    new
                    {
                        PageContext = frame,
                        Bedside = at,
                        Days = span,
                        Chart = Chart.FromHistory(history, from < to ? from : to.AddHours(-1), to, at.Unit),
                    }
                );
            },
            asked
        );

    // The day before the newest entry of the page: of the newest page, the day up to now.
    private static Chart ChartOver(TimelineView view, Bedside at, DateTimeOffset now)
    {
        var end = at.Stay.DischargedAt ?? now;
        var to = view.Leaf.Later is null || view.Leaf.Entries.FirstOrDefault() is not { } newest || newest.At > end ? end : newest.At;
        return Chart.FromHistory(view.History, to.AddDays(-1), to, at.Unit);
    }

    internal Task<IResult> Pin(HttpContext context, Caller caller, Guid stay, Guid entry, FormResult? handled = null) =>
        stays.Show(
            context,
            caller,
            stay,
            AccessPurpose.Timeline,
            async (frame, at) =>
                (await histories.ForStay(caller.Facility, stay, context.RequestAborted)).Find(entry) is { } found
                    ? Forms.Page<PinPage>(
                        new
                        {
                            PageContext = frame,
                            Bedside = at,
                            Entry = found,
                            handled?.SubmittedForm,
                        },
                        handled?.Status ?? StatusCodes.Status200OK
                    )
                    : Results.NotFound()
        );

    /// <summary>The form that strikes any check of the stay, with the check in words.</summary>
    internal Task<IResult> Strike(HttpContext context, Caller caller, Guid stay, Guid check, FormResult? handled = null) =>
        stays.Show(
            context,
            caller,
            stay,
            AccessPurpose.Timeline,
            async (frame, at) =>
            {
                var history = await histories.ForStay(caller.Facility, stay, context.RequestAborted);
                var entry = history.Entries.FirstOrDefault(e => e.Id == check && e.Event is SafetyChecked);
                return Forms.Page<StrikeCheckPage>(
                    new
                    {
                        PageContext = frame,
                        Bedside = at,
                        Check = check,
                        Says = entry is null ? null : $"{entry.Event.Sentence(frame.Time)} ({entry.Recorded.By.Name})",
                        SubmittedForm = handled?.SubmittedForm,
                    },
                    handled?.Status ?? StatusCodes.Status200OK
                );
            }
        );

    private Task<IResult> Show(
        HttpContext context,
        Caller caller,
        Guid stay,
        Asked asked,
        Func<PageContext, Bedside, TimelineView, IResult> page
    ) =>
        stays.Show(
            context,
            caller,
            stay,
            AccessPurpose.Timeline,
            async (frame, at) =>
            {
                var history = await histories.ForStay(caller.Facility, stay, frame.AsOf, context.RequestAborted);
                var (sought, cut) = (asked.Sought, asked.Cut);
                var shown = sought.In(history, at.Unit.Time());
                return page(
                    frame,
                    at,
                    new(stay, history, sought, cut.Take(shown, history, at.Unit), shown.Count, cut.Event) { At = asked.At }
                );
            },
            asked.At
        );
}
