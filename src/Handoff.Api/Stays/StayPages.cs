using Handoff.Api.Access;
using Handoff.Api.Boards;
using Handoff.Api.Groups;
using Handoff.Api.Incidents;
using Handoff.Api.Store;
using Handoff.Api.Tasks;
using Handoff.Api.Timeline;
using Handoff.Domain.Access;
using Handoff.Domain.Escalations;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Timeline;
using Handoff.Domain.Units;
using Handoff.Web.Boards;
using Handoff.Web.Components;
using Handoff.Web.Handoffs;
using Handoff.Web.Incidents;
using Handoff.Web.Layout;
using Handoff.Web.Stays;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Handoff.Api.Stays;

/// <summary>Pages about one patient. Every one of them is a look at the record, and is kept as one before it is shown.</summary>
public sealed class StayPages(
    Log log,
    LogReader reader,
    PastStates past,
    StatesAt atAnyTime,
    Frames frames,
    AccessLog reads,
    FreeBeds beds,
    IncidentReader incidents,
    WorkReader work,
    GroupReader groups,
    Histories histories
)
{
    private const int MostReaders = 200;

    internal Task<IResult> Of(HttpContext context, Caller caller, Guid stay, bool isJustDischarged) =>
        Show(
            context,
            caller,
            stay,
            Look.Stay,
            async (frame, at) =>
            {
                var history = await histories.Of(caller.Facility, stay, context.RequestAborted);
                var participation = await groups.OfStay(caller.Facility, at.Stay, context.RequestAborted);
                var care = await log.State<Care>(caller.Facility, stay.ToString(), context.RequestAborted);
                return Forms.Page<StayPage>(
                    new
                    {
                        Frame = frame with
                        {
                            Undo = isJustDischarged && at.Stay.DischargedAt is not null ? Offer(at) : null,
                        },
                        Picture = new StayPicture(at)
                        {
                            Recent = history.Recent(frame.Now, at.Unit),
                            Participation = participation,
                            Contingencies = ContingencyLine.Of(care, frame.Now),
                            Given = Note(care, history, at.Unit.Time()),
                            Incidents = new StayIncidents(
                                at.Stay.Id,
                                await incidents.OfStay(caller.Facility, stay, context.RequestAborted),
                                await log.State<WhatHelps>(caller.Facility, stay.ToString(), context.RequestAborted)
                            ),
                            Open = await work.Of(caller.Facility, stay, context.RequestAborted),
                            Departure = await log.State<Domain.Stays.Departure>(caller.Facility, stay.ToString(), context.RequestAborted),
                        },
                    }
                );
            }
        );

    /// <summary>The page as it stood at an instant, with only what had been recorded by then.</summary>
    internal Task<IResult> AsOf(HttpContext context, Caller caller, Guid stay, Moment asked) =>
        Show(
            context,
            caller,
            stay,
            Look.AsOf,
            async (frame, now) =>
            {
                var (at, refused) = asked.Read(frame.Time, frame.Now);
                var history = (await histories.Of(caller.Facility, stay, context.RequestAborted)).AsOf(at);
                var then = await Then(caller.Facility, stay, at, history, context.RequestAborted);
                return Forms.Page<PastStayPage>(
                    new
                    {
                        Frame = frame with
                        {
                            AsOf = at,
                            Place = Where(frame.Place, then?.Bedside ?? now),
                        },
                        Stay = stay,
                        At = at,
                        Picture = refused is null ? then : null,
                        Slide = Slide.Over(asked.Days, at, frame.Now, (then?.Bedside ?? now).Unit),
                        Attempt = refused,
                    },
                    refused is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest
                );
            }
        );

    internal Task<IResult> Form<TPage>(
        HttpContext context,
        Caller caller,
        Guid stay,
        Handled? handled = null,
        params (string Name, object? Value)[] more
    )
        where TPage : IComponent =>
        Show(
            context,
            caller,
            stay,
            Look.Stay,
            async (frame, at) =>
            {
                var parameters = new Dictionary<string, object?>
                {
                    ["Frame"] = frame,
                    ["Bedside"] = at,
                    ["Attempt"] = handled?.Attempt,
                };
                if (typeof(TPage) == typeof(MovePage))
                {
                    parameters[nameof(MovePage.Free)] = await beds.Of(caller, at.Stay.Where()?.Unit, context.RequestAborted);
                }

                foreach (var (name, value) in more)
                {
                    parameters[name] = value;
                }

                return new RazorComponentResult<TPage>(parameters)
                {
                    StatusCode = handled?.Status ?? StatusCodes.Status200OK,
                    PreventStreamingRendering = true,
                };
            }
        );

    /// <summary>The form that strikes any check of the stay, with the check in words.</summary>
    internal Task<IResult> Strike(HttpContext context, Caller caller, Guid stay, Guid check, Handled? handled = null) =>
        Show(
            context,
            caller,
            stay,
            Look.Timeline,
            async (frame, at) =>
            {
                var entry = (await histories.Of(caller.Facility, stay, context.RequestAborted)).Entries.FirstOrDefault(e =>
                    e.Id == check && e.Event is SafetyChecked
                );
                return Forms.Page<StrikeCheckPage>(
                    new
                    {
                        Frame = frame,
                        Bedside = at,
                        Check = check,
                        Says = entry is null ? null : $"{entry.Event.Sentence(frame.Time)} ({entry.Recorded.By.Name})",
                        Attempt = handled?.Attempt,
                    },
                    handled?.Status ?? StatusCodes.Status200OK
                );
            }
        );

    /// <summary>Every handoff of the patient that was accepted, whole.</summary>
    internal Task<IResult> Handoffs(HttpContext context, Caller caller, Guid stay) =>
        Show(
            context,
            caller,
            stay,
            Look.Handoff,
            async (frame, at) =>
                Forms.Page<StayHandoffsPage>(
                    new
                    {
                        Frame = frame,
                        Bedside = at,
                        Notes = Notes(await histories.Of(caller.Facility, stay, context.RequestAborted), at.Unit.Time()),
                    }
                )
        );

    private static IReadOnlyList<GivenNote> Notes(History history, UnitTime time) =>
        GivenNote.All([.. history.Facts.Select(f => (f.Position, f.Recorded))], time);

    private static GivenNote? Note(Care care, History history, UnitTime time) =>
        care.Accepted is { } accepted ? GivenNote.Of(accepted, [.. history.Facts.Select(f => (f.Position, f.Recorded))], time) : null;

    internal Task<IResult> Readers(HttpContext context, Caller caller, Guid stay, long? before) =>
        Show(
            context,
            caller,
            stay,
            Look.AccessReport,
            async (frame, at) =>
            {
                var looks = await reads.Of(caller.Facility, stay, before, MostReaders, context.RequestAborted);
                return Forms.Page<ReadersPage>(
                    new
                    {
                        Frame = frame,
                        Bedside = at,
                        Readers = looks.Select(look => new Reader(look.At, look.UserName, Enum.Parse<Role>(look.Role), look.What)).ToList(),
                        More = looks.Count == MostReaders ? looks[^1].Id : (long?)null,
                    }
                );
            }
        );

    /// <param name="at">The instant that the address asks for; null for now.</param>
    internal async Task<IResult> Show(
        HttpContext context,
        Caller caller,
        Guid stay,
        Look what,
        Func<Frame, Bedside, Task<IResult>> page,
        string? at = null
    )
    {
        var cancel = context.RequestAborted;
        var version = await reader.Head(caller.Facility, cancel);
        var known = await log.State<Stay>(caller.Facility, stay.ToString(), cancel);
        if (known.Where() is not { } where)
        {
            return Results.NotFound();
        }

        if (!caller.Actor.WorksOn(where.Unit))
        {
            return Results.StatusCode(StatusCodes.Status403Forbidden);
        }

        await reads.Record(caller, at is null ? what : Look.AsOf, where.Unit, [stay], cancel);
        if (at is not null)
        {
            var (frame, then, refused) = (await frames.Of(context, caller, where.Unit, cancel)).Asked(at, context);
            return refused
                ?? (
                    await Then(caller.Facility, stay, then!.Value, cancel) is not { } bedside
                        ? Failures.Refused(UnknownThen)
                        : await page(frame with { Place = Where(frame.Place, bedside) }, bedside)
                );
        }

        var rounding = await log.State<Rounding>(caller.Facility, stay.ToString(), cancel);
        var unit = await log.State<Unit>(caller.Facility, where.Unit, cancel);
        return await page(
            await frames.Of(context, caller, where.Unit, cancel),
            new(known, rounding, unit)
            {
                Version = version,
                Status = await log.State<PatientStatus>(caller.Facility, stay.ToString(), cancel),
            }
        );
    }

    /// <summary>Everything that was recorded about the patient, in the order of the log.</summary>
    internal async Task<IReadOnlyList<Fact>> Events(string facility, Guid stay, CancellationToken cancel) =>
        (await histories.Of(facility, stay, cancel)).Facts;

    // Null before the stay was known.
    private async Task<StayPicture?> Then(string facility, Guid stay, DateTimeOffset at, History history, CancellationToken cancel)
    {
        var known = history.State<Stay>(stay);
        if (known.Where() is not { } where)
        {
            return null;
        }

        var unit = StreamId.For(StateKind<Unit>.Name, where.Unit);
        var states = await past.Of(
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
        var bedside = new Bedside(known, history.State<Rounding>(stay), (Unit)states[unit].State)
        {
            Status = history.State<PatientStatus>(stay),
        };
        return new(bedside)
        {
            Recent = history.Recent(at, bedside.Unit),
            Participation = GroupReader.Of(known, states.Values, at),
            Contingencies = ContingencyLine.Of(history.State<Care>(stay), at),
            Given = Note(history.State<Care>(stay), history, bedside.Unit.Time()),
            Incidents = new(stay, IncidentReader.Involving(stay, states.Values), history.State<WhatHelps>(stay)),
            Open = [.. states.Values.Select(s => s.State).Where(s => s is CareTask or Escalation && s.OnUnit() is not null)],
        };
    }

    private static Refusal UnknownThen =>
        Refusal.NotFound("stay-unknown-then", "Nothing was known of this stay by that time. Choose a later one.", "at");

    // The patient as they were; null before the stay was known.
    private async Task<Bedside?> Then(string facility, Guid stay, DateTimeOffset at, CancellationToken cancel)
    {
        var key = stay.ToString();
        var known = await atAnyTime.State<Stay>(facility, key, at, cancel);
        return known.Where() is not { } where
            ? null
            : new(
                known,
                await atAnyTime.State<Rounding>(facility, key, at, cancel),
                await atAnyTime.State<Unit>(facility, where.Unit, at, cancel)
            )
            {
                Version = await atAnyTime.Head(facility, at, cancel),
                Status = await atAnyTime.State<PatientStatus>(facility, key, at, cancel),
            };
    }

    private static Place? Where(Place? place, Bedside then) =>
        place is null ? null : place with { Unit = then.Unit.Id, Name = then.Unit.Name ?? then.Unit.Id, Shift = null };

    private static UndoOffer Offer(Bedside at) =>
        new($"{at.Name} was discharged", Paths.Stay(at.Stay.Id, "cancel-discharge"), new Dictionary<string, string>());
}
