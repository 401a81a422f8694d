using Handoff.Api.Access;
using Handoff.Api.Stays;
using Handoff.Api.Store;
using Handoff.Api.Tasks;
using Handoff.Domain.Access;
using Handoff.Domain.Incidents;
using Handoff.Domain.Meetings;
using Handoff.Domain.Timeline;
using Handoff.Web.Meetings;

namespace Handoff.Api.Meetings;

/// <summary>The pages of a team meeting. Whom they show is kept before they are shown.</summary>
public sealed class MeetingPages(
    MeetingReader meetings,
    StayPages stays,
    TaskPages tasks,
    StatesAt states,
    PageContexts frames,
    AccessLog reads
)
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    internal async Task<IResult> Agenda(
        HttpContext context,
        Caller caller,
        string unit,
        string? order,
        FormResult? handled = null,
        string? at = null
    )
    {
        var (frame, then, refused) = (await frames.ForRequest(context, caller, unit, context.RequestAborted)).Asked(at, context);
        if (refused is not null)
        {
            return refused;
        }

        if (await meetings.ForUnit(caller.Facility, unit, context.RequestAborted, then) is not { } meeting)
        {
            return Results.NotFound();
        }

        await reads.Record(caller, Kind(then), unit, [.. meeting.Patients.Select(p => p.Stay)], context.RequestAborted);
        var view = new MeetingView(order, null);
        return Forms.Page<AgendaPage>(
            new
            {
                PageContext = frame,
                Meeting = meeting,
                Patients = view.Ordered(meeting),
                Order = view.Order == "bed" ? "bed" : null,
                handled?.SubmittedForm,
            },
            handled?.Status ?? StatusCodes.Status200OK
        );
    }

    /// <param name="act">The form that was refused.</param>
    internal async Task<IResult> Patient(
        HttpContext context,
        Caller caller,
        string unit,
        Guid stay,
        MeetingView view,
        string? act = null,
        FormResult? handled = null,
        string? at = null
    )
    {
        var cancel = context.RequestAborted;
        var (_, then, refused) = (await frames.ForRequest(context, caller, unit, cancel)).Asked(at, context);
        if (refused is not null)
        {
            return refused;
        }

        if (await meetings.ForStay(caller.Facility, unit, stay, cancel, then) is not { } opened)
        {
            return Results.NotFound();
        }

        return await stays.Show(
            context,
            caller,
            stay,
            AccessPurpose.Meeting,
            async (frame, bedside) =>
            {
                var order = view.Ordered(opened.Unit);
                var next = UnitMeeting.After(stay, order);
                await reads.Record(
                    caller,
                    Kind(then),
                    unit,
                    [.. Neighbours(order, stay).Append(next).OfType<MeetingPatient>().Select(p => p.Stay).Distinct()],
                    cancel
                );
                var people =
                    then is null && caller.Actor.May(Permission.ReviewPatients) ? (await tasks.FormOf(caller, unit, cancel)).People : [];
                var span = Span(view.Days, opened.Meeting.Patient.LastReview);
                return Forms.Page<MeetingPage>(
                    new
                    {
                        PageContext = frame,
                        Bedside = bedside,
                        Opened = opened.Meeting,
                        Agenda = order,
                        Next = next,
                        Place = new MeetingPlace(unit, stay, view.Order == "bed" ? "bed" : null, span),
                        Chart = ChartOf(opened, span, frame.Now, bedside),
                        Figures = Figures.FromHistory(opened.History, frame.Now, Week, bedside.Unit),
                        opened.History,
                        Helps = await states.State<WhatHelps>(caller.Facility, stay.ToString(), then, cancel),
                        People = people,
                        Act = act,
                        handled?.SubmittedForm,
                    },
                    handled?.Status ?? StatusCodes.Status200OK
                );
            },
            at
        );
    }

    /// <summary>Everybody's page for paper, one after another.</summary>
    internal async Task<IResult> Print(HttpContext context, Caller caller, string unit, string? at)
    {
        var (frame, then, refused) = (await frames.ForRequest(context, caller, unit, context.RequestAborted)).Asked(at, context);
        if (refused is not null)
        {
            return refused;
        }

        if (await meetings.All(caller.Facility, unit, context.RequestAborted, then) is not var (meeting, patients))
        {
            return Results.NotFound();
        }

        await reads.Record(caller, Kind(then), unit, [.. meeting.Patients.Select(p => p.Stay)], context.RequestAborted);
        return Forms.Page<MeetingPaperPage>(
            new
            {
                PageContext = frame,
                Meeting = meeting,
                Patients = patients,
            }
        );
    }

    private static AccessPurpose Kind(DateTimeOffset? at) => at is null ? AccessPurpose.Meeting : AccessPurpose.AsOf;

    // Who never was before the team is looked at over a week.
    private static string Span(string? asked, ReviewMark? last) =>
        asked switch
        {
            "7" or "30" or "stay" => asked,
            _ => last is null ? "7" : "review",
        };

    private static Chart ChartOf(OpenedPatient opened, string span, DateTimeOffset now, Web.Stays.Bedside at)
    {
        var from = span switch
        {
            "7" => now.AddDays(-7),
            "30" => now.AddDays(-30),
            "stay" => at.Stay.AdmittedAt,
            _ => opened.Meeting.Patient.LastReview?.At,
        };
        return Chart.FromHistory(opened.History, from < now.AddHours(-1) ? from.Value : now.AddHours(-1), now, at.Unit);
    }

    private static IEnumerable<MeetingPatient?> Neighbours(IReadOnlyList<MeetingPatient> order, Guid stay)
    {
        var place = order.TakeWhile(p => p.Stay != stay).Count();
        return [order.ElementAtOrDefault(place - 1), order.ElementAtOrDefault(place + 1)];
    }
}
