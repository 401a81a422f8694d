using Handoff.Api.Access;
using Handoff.Api.Groups;
using Handoff.Api.Incidents;
using Handoff.Api.Stays;
using Handoff.Api.Store;
using Handoff.Api.Timeline;
using Handoff.Domain.Escalations;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Timeline;
using Handoff.Domain.Units;
using Handoff.Web.Boards;
using Handoff.Web.Incidents;
using Handoff.Web.Layout;
using Handoff.Web.Pages;
using Handoff.Web.Stays;

namespace Handoff.Api.Pages;

/// <summary>A patient's own page, with what every slice has to tell about them: as it is, and as it stood.</summary>
public sealed class PatientPages(
    StayPages stays,
    Log log,
    PastStates past,
    IncidentReader incidents,
    WorkReader work,
    GroupReader groups,
    Histories histories
)
{
    internal Task<IResult> ForStay(HttpContext context, Caller caller, Guid stay, bool isJustDischarged) =>
        stays.Show(
            context,
            caller,
            stay,
            AccessPurpose.Stay,
            async (frame, at) =>
            {
                var history = await histories.ForStay(caller.Facility, stay, context.RequestAborted);
                var participation = await groups.OfStay(caller.Facility, at.Stay, context.RequestAborted);
                var care = await log.State<Care>(caller.Facility, stay.ToString(), context.RequestAborted);
                return Forms.Page<StayPage>(
                    new
                    {
                        PageContext = frame with
                        {
                            Undo = isJustDischarged && at.Stay.DischargedAt is not null ? Offer(at) : null,
                        },
                        Picture = new StayPicture(at)
                        {
                            Recent = history.Recent(frame.Now, at.Unit),
                            Participation = participation,
                            Contingencies = ContingencyLine.ForCare(care, frame.Now),
                            Given = Note(care, history, at.Unit.Time()),
                            Incidents = new StayIncidents(
                                at.Stay.Id,
                                await incidents.OfStay(caller.Facility, stay, context.RequestAborted),
                                await log.State<WhatHelps>(caller.Facility, stay.ToString(), context.RequestAborted)
                            ),
                            Open = await work.ForStay(caller.Facility, stay, context.RequestAborted),
                            Departure = await log.State<Domain.Stays.Departure>(caller.Facility, stay.ToString(), context.RequestAborted),
                        },
                    }
                );
            }
        );

    /// <summary>The page as it stood at an instant, with only what had been recorded by then.</summary>
    internal Task<IResult> AsOf(HttpContext context, Caller caller, Guid stay, Moment asked) =>
        stays.Show(
            context,
            caller,
            stay,
            AccessPurpose.AsOf,
            async (frame, now) =>
            {
                var (at, refused) = asked.Read(frame.Time, frame.Now);
                var history = (await histories.ForStay(caller.Facility, stay, context.RequestAborted)).AsOf(at);
                var then = await Then(caller.Facility, stay, at, history, context.RequestAborted);
                return Forms.Page<PastStayPage>(
                    new
                    {
                        PageContext = frame with
                        {
                            AsOf = at,
                            Place = StayPages.Where(frame.Place, then?.Bedside ?? now),
                        },
                        Stay = stay,
                        At = at,
                        Picture = refused is null ? then : null,
                        Slide = Slide.Over(asked.Days, at, frame.Now, (then?.Bedside ?? now).Unit),
                        SubmittedForm = refused,
                    },
                    refused is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
                );
            }
        );

    private static GivenNote? Note(Care care, History history, UnitTime time) =>
        care.Accepted is { } accepted
            ? GivenNote.FromHandoff(accepted, [.. history.Facts.Select(f => (f.Position, f.Recorded))], time)
            : null;

    // Null before the stay was known.
    private async Task<StayPicture?> Then(string facility, Guid stay, DateTimeOffset at, History history, CancellationToken cancel)
    {
        var known = history.State<Stay>(stay);
        if (known.Where() is not { } where)
        {
            return null;
        }

        var unit = StreamId.For(StateKind<Unit>.Name, where.Unit);
        var states = await past.At(
            facility,
            [
                unit,
                .. await work.Streams(facility, [stay], cancel),
                .. await incidents.StreamsOf(facility, stay, cancel),
                .. await groups.StreamsOf(facility, known, at, cancel),
            ],
            at,
            cancel
        );
        var bedside = new Bedside(known, (Unit)states[unit].State) { States = await stays.Beside(facility, stay, at, cancel) };
        return new(bedside)
        {
            Recent = history.Recent(at, bedside.Unit),
            Participation = GroupReader.ParticipationOf(known, states.Values, at),
            Contingencies = ContingencyLine.ForCare(history.State<Care>(stay), at),
            Given = Note(history.State<Care>(stay), history, bedside.Unit.Time()),
            Incidents = new(stay, IncidentReader.Involving(stay, states.Values), history.State<WhatHelps>(stay)),
            Open = [.. states.Values.Select(s => s.State).Where(s => s is CareTask or Escalation && s.OnUnit() is not null)],
        };
    }

    private static UndoOffer Offer(Bedside at) =>
        new($"{at.Name} was discharged", Paths.Stay(at.Stay.Id, "cancel-discharge"), new Dictionary<string, string>());
}
