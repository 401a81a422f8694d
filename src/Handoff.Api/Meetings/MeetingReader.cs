using Handoff.Api.Handoffs;
using Handoff.Api.Store;
using Handoff.Api.Timeline;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Meetings;
using Handoff.Domain.Tasks;
using Handoff.Domain.Timeline;
using Handoff.Domain.Units;

namespace Handoff.Api.Meetings;

/// <summary>Reads a unit's team meeting of today, and one patient of it.</summary>
public sealed class MeetingReader(HandoffReader handoffs, StatesAt states, MeetingNews news, Histories histories)
{
    /// <summary>One that goes on past midnight is still the meeting that it was.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>The unit's meeting now, or as it stood at an instant; null if there is no such unit.</summary>
    public async Task<UnitMeeting?> ForUnit(string facility, string unit, CancellationToken cancel, DateTimeOffset? at = null) =>
        await handoffs.ForUnit(facility, unit, cancel, at) is { } handoff
            ? (await FromHandoff(facility, handoff, at, cancel)).Meeting
            : null;

    /// <summary>One patient of it; null if they are not on the unit.</summary>
    public async Task<OpenedPatient?> ForStay(string facility, string unit, Guid stay, CancellationToken cancel, DateTimeOffset? at = null)
    {
        if (
            await handoffs.ForUnitAndPatient(facility, unit, all => all.Patient(stay), HandoffWindow.Shift, cancel, at)
                is not var (handoff, opened)
            || opened is null
        )
        {
            return null;
        }

        var (meeting, reviews) = await FromHandoff(facility, handoff, at, cancel);
        return await Opened(facility, handoff, opened, meeting, reviews[stay], at, cancel);
    }

    /// <summary>Everybody, for paper; null if there is no such unit.</summary>
    public async Task<(UnitMeeting Meeting, List<PatientMeeting> Patients)?> All(
        string facility,
        string unit,
        CancellationToken cancel,
        DateTimeOffset? at = null
    )
    {
        if (await handoffs.All(facility, unit, HandoffWindow.Shift, cancel, at) is not var (handoff, opened))
        {
            return null;
        }

        var (meeting, reviews) = await FromHandoff(facility, handoff, at, cancel);
        var patients = new List<PatientMeeting>();
        foreach (var patient in meeting.Patients)
        {
            patients.Add(
                (
                    await Opened(
                        facility,
                        handoff,
                        opened.Single(o => o.Patient.Stay == patient.Stay),
                        meeting,
                        reviews[patient.Stay],
                        at,
                        cancel
                    )
                ).Meeting
            );
        }

        return (meeting, patients);
    }

    private async Task<OpenedPatient> Opened(
        string facility,
        UnitHandoff handoff,
        PatientHandoff opened,
        UnitMeeting meeting,
        CaseReview review,
        DateTimeOffset? at,
        CancellationToken cancel
    )
    {
        var (patient, history) = (
            meeting.Patient(opened.Patient.Stay)!,
            await histories.ForStay(facility, opened.Patient.Stay, at, cancel)
        );
        var time = (await states.State<Unit>(facility, handoff.Unit, at, cancel)).Time();
        var since = SinceReview.FromFacts(history.Facts, patient.LastReview?.UpTo ?? 0, meeting.Position, handoff.Template, time);
        var (decided, earlier) = PatientMeeting.DecisionsOf(review, meeting.Meeting);
        var lines = await Lines(facility, [.. decided, .. earlier], meeting.AsOf, at, cancel);
        return new(
            meeting,
            new(
                patient,
                meeting.Meeting,
                meeting.IsOpen,
                since,
                opened.Loops,
                [.. lines.Take(decided.Count)],
                [.. lines.Skip(decided.Count)]
            ),
            history
        );
    }

    // The handoff's position was read before anything else: what comes after it is for the next look.
    private async Task<(UnitMeeting Meeting, Dictionary<Guid, CaseReview> Reviews)> FromHandoff(
        string facility,
        UnitHandoff handoff,
        DateTimeOffset? at,
        CancellationToken cancel
    )
    {
        var unit = await states.State<Unit>(facility, handoff.Unit, at, cancel);
        var reviews = await Reviews(facility, [.. handoff.Patients.Select(p => p.Stay)], at, cancel);
        var (key, held) = await Today(facility, unit, handoff.AsOf, at, cancel);
        var after = reviews.ToDictionary(r => r.Key, r => r.Value.BeforeMeeting(key)?.UpTo ?? 0);
        var facts = await news.Since(facility, after, handoff.Position, cancel);
        var patients = handoff.Patients.Select(p =>
            MeetingPatient.FromReview(
                p,
                reviews[p.Stay],
                key,
                SinceReview.FromFacts(facts[p.Stay], after[p.Stay], handoff.Position, handoff.Template, unit.Time()).Lines.Count
            )
        );
        return (
            new(
                handoff.Unit,
                handoff.Name,
                handoff.AsOf,
                key,
                handoff.Position,
                held.OpenedAt,
                held.OpenedBy,
                held.Attending,
                held.ClosedAt,
                held.NotReviewed,
                [.. patients.Order(MeetingPatient.MostChangedFirst)]
            ),
            reviews
        );
    }

    private async Task<Dictionary<Guid, CaseReview>> Reviews(
        string facility,
        IReadOnlyCollection<Guid> stays,
        DateTimeOffset? at,
        CancellationToken cancel
    )
    {
        var saved = await states.Load(facility, [.. stays.Select(Stream)], at, cancel);
        return stays.ToDictionary(s => s, s => (CaseReview)saved[Stream(s)].State);
    }

    private async Task<(string Key, Meeting Held)> Today(
        string facility,
        Unit unit,
        DateTimeOffset now,
        DateTimeOffset? at,
        CancellationToken cancel
    )
    {
        var today = MeetingKey.Today(unit, now);
        var (key, before) = (MeetingKey.ForDay(unit.Id, today), MeetingKey.ForDay(unit.Id, today.AddDays(-1)));
        var saved = await states.Load(
            facility,
            [StreamId.For(StateKind<Meeting>.Name, key), StreamId.For(StateKind<Meeting>.Name, before)],
            at,
            cancel
        );
        var (held, yesterday) = (
            (Meeting)saved[StreamId.For(StateKind<Meeting>.Name, key)].State,
            (Meeting)saved[StreamId.For(StateKind<Meeting>.Name, before)].State
        );
        return !held.IsKnown() && yesterday.IsOpen() && now - yesterday.OpenedAt < Longest ? (before, yesterday) : (key, held);
    }

    private async Task<List<DecisionLine>> Lines(
        string facility,
        IReadOnlyList<TeamDecision> decisions,
        DateTimeOffset now,
        DateTimeOffset? at,
        CancellationToken cancel
    )
    {
        var tasks = await states.Load(facility, [.. decisions.Select(d => StreamId.For(StateKind<CareTask>.Name, d.Id))], at, cancel);
        return
        [
            .. decisions.Select(d => DecisionLine.FromTask(d, (CareTask)tasks[StreamId.For(StateKind<CareTask>.Name, d.Id)].State, now)),
        ];
    }

    private static string Stream(Guid stay) => StreamId.For(StateKind<CaseReview>.Name, stay);
}
