using Handoff.Api.Store;
using Handoff.Api.Timeline;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Marten;

namespace Handoff.Api.Handoffs;

/// <summary>Reads a unit's handoff from the saved states, and one patient's from their events.</summary>
public sealed class HandoffReader(
    EventStore store,
    LogReader reader,
    HandoffNews newly,
    Histories histories,
    EventTypeRegistry names,
    StatesAt then,
    StayEvents concerning,
    TimeProvider clock
)
{
    // Shifts are read by their keys; whoever may say something is open is asked.
    private readonly string[] kinds = [.. names.WithLoops.Union(names.OfEachStay)];

    /// <summary>The unit's handoff now, or as it stood at an instant; null if there is no such unit.</summary>
    public async Task<UnitHandoff?> ForUnit(string facility, string unit, CancellationToken cancel, DateTimeOffset? at = null) =>
        (await Ward(facility, unit, at, cancel))?.Handoff;

    /// <summary>One patient's handoff now, or as it stood at an instant; null if they are not on a unit.</summary>
    public async Task<PatientHandoff?> ForStay(
        string facility,
        Guid stay,
        HandoffWindow window,
        CancellationToken cancel,
        DateTimeOffset? at = null
    )
    {
        var where = (await then.State<Stay>(facility, stay.ToString(), at, cancel)).OnUnit();
        return where is not null && await Ward(facility, where, at, cancel) is { } ward && ward.Handoff.Patient(stay) is { } patient
            ? await ForPatient(facility, ward, patient, window, cancel)
            : null;
    }

    /// <summary>What is urgent about a patient now; nothing if they are not on a unit.</summary>
    public async Task<IReadOnlyList<UrgentLoop>> Urgent(string facility, Guid stay, CancellationToken cancel) =>
        (await then.State<Stay>(facility, stay.ToString(), null, cancel)).OnUnit() is { } where
        && await Ward(facility, where, null, cancel) is { } ward
            ?
            [
                .. ward.Loops[stay]
                    .Where(l => l.Loop.Pressing >= Pressing.Urgent)
                    .Select(l => new UrgentLoop(LoopId.ForLoop(l.Stream, l.Loop), l.Loop.Words, l.Loop.Since)),
            ]
            : [];

    /// <summary>The unit's handoff with one patient's opened.</summary>
    public async Task<(UnitHandoff Unit, PatientHandoff? Opened)?> ForUnitAndPatient(
        string facility,
        string unit,
        Func<UnitHandoff, HandoffPatient?> open,
        HandoffWindow window,
        CancellationToken cancel,
        DateTimeOffset? at = null
    )
    {
        if (await Ward(facility, unit, at, cancel) is not { } ward)
        {
            return null;
        }

        return (ward.Handoff, open(ward.Handoff) is { } patient ? await ForPatient(facility, ward, patient, window, cancel) : null);
    }

    /// <summary>Everybody's handoff, for paper.</summary>
    public async Task<(UnitHandoff Unit, List<PatientHandoff> Patients)?> All(
        string facility,
        string unit,
        HandoffWindow window,
        CancellationToken cancel,
        DateTimeOffset? at = null
    )
    {
        if (await Ward(facility, unit, at, cancel) is not { } ward)
        {
            return null;
        }

        var patients = new List<PatientHandoff>();
        foreach (var patient in ward.Handoff.Patients)
        {
            patients.Add(await ForPatient(facility, ward, patient, window, cancel));
        }

        return (ward.Handoff, patients);
    }

    /// <summary>
    /// Every handoff of a patient that was accepted, whole, the latest first; with an instant, by what had been recorded by then.
    /// </summary>
    public async Task<IReadOnlyList<GivenNote>> Notes(string facility, Guid stay, CancellationToken cancel, DateTimeOffset? at = null)
    {
        var unit = await then.State<Unit>(
            facility,
            (await then.State<Stay>(facility, stay.ToString(), null, cancel)).Where()?.Unit ?? "",
            null,
            cancel
        );
        var history = await histories.ForStay(facility, stay, cancel);
        return GivenNote.All(
            [.. (at is { } instant ? history.AsOf(instant) : history).Facts.Select(f => (f.Position, f.Recorded))],
            unit.Time()
        );
    }

    /// <summary>Who was responsible for a patient, and when; with an instant, by what had been recorded by then.</summary>
    public async Task<IReadOnlyList<ResponsibilityPeriod>> Stints(
        string facility,
        Guid stay,
        CancellationToken cancel,
        DateTimeOffset? at = null
    )
    {
        var care = await reader.Stream(facility, StreamId.For(StateKind<Care>.Name, stay), cancel).ToListAsync(cancel);
        var units = care.Select(l =>
                l.Recorded.Event switch
                {
                    CareBegan e => e.Unit,
                    CareMoved e => e.Unit,
                    _ => null,
                }
            )
            .OfType<string>()
            .Distinct()
            .ToList();
        var all = care;
        foreach (var unit in units)
        {
            all.AddRange(await reader.Stream(facility, StreamId.For(StateKind<Charge>.Name, unit), cancel).ToListAsync(cancel));
            all.AddRange(await reader.Stream(facility, StreamId.For(StateKind<Unit>.Name, unit), cancel).ToListAsync(cancel));
        }

        return ResponsibilityPeriod.ForStay(
            stay,
            all.Where(l => at is null || l.Recorded.At <= at).OrderBy(l => l.Position).Select(l => l.Recorded)
        );
    }

    // The position first, the states after it: what happens in between is in both the states and the news, never in neither.
    private async Task<Found?> Ward(string facility, string unit, DateTimeOffset? at, CancellationToken cancel)
    {
        var configured = await then.State<Unit>(facility, unit, at, cancel);
        if (!configured.IsOpen())
        {
            return null;
        }

        var (position, now) = (await then.Head(facility, at, cancel), at ?? clock.GetUtcNow());
        var dated = Dated(configured, now);
        var saved = await then.Load(
            facility,
            [
                .. await Streams(facility, unit, at, cancel),
                StreamId.For(StateKind<Charge>.Name, unit),
                .. dated.Select(s => Stream(unit, s)),
            ],
            at,
            cancel
        );
        var shifts = dated.Select(s => (Dated: s, Shift: (Shift)saved[Stream(unit, s)].State)).ToList();
        var charge = (Charge)saved[StreamId.For(StateKind<Charge>.Name, unit)].State;
        var loops = saved
            .SelectMany(s => s.Value.State.OpenLoops().Select(l => (Stream: s.Key, Loop: l)))
            .Where(l => l.Loop.Stay is not null)
            .ToLookup(l => l.Loop.Stay!.Value);
        var cares = saved.Values.Select(s => s.State).OfType<Care>();
        var news = at is { } instant ? await NewsThen(facility, cares, instant, cancel) : await newly.Count(facility, cares, null, cancel);
        var patients = saved
            .Values.Select(s => s.State)
            .OfType<Stay>()
            .Where(s => s.OnUnit() == unit)
            .Select(stay => Patient(stay, saved, charge, configured, shifts, loops, news, HandoffWindow.Shift.Since(configured, now)));
        return new(
            configured,
            saved,
            loops,
            new(
                unit,
                configured.Name!,
                configured.Template,
                configured.Time().Local(now),
                position,
                charge.InChargeOf(configured),
                [.. shifts.Select(s => ShiftLine.ForShift(unit, s.Dated, s.Shift, now))],
                [.. patients.Order(HandoffPatient.WatchersFirst)]
            )
            {
                Levels = configured.Levels,
                Left = await Left(facility, saved, at, cancel),
            }
        );
    }

    private async Task<List<LeftPatient>> Left(
        string facility,
        IReadOnlyDictionary<string, SavedState> saved,
        DateTimeOffset? at,
        CancellationToken cancel
    )
    {
        var left = new List<LeftPatient>();
        foreach (
            var loop in saved
                .Values.Select(s => s.State)
                .OfType<Domain.Stays.Departure>()
                .SelectMany(d => d.OpenLoops())
                .OrderBy(l => l.Since)
        )
        {
            left.Add(
                new(loop.Stay!.Value, (await then.State<Stay>(facility, loop.Stay.Value.ToString(), at, cancel)).Patient.Name(), loop)
            );
        }

        return left;
    }

    private static HandoffPatient Patient(
        Stay stay,
        IReadOnlyDictionary<string, SavedState> saved,
        Charge charge,
        Unit unit,
        List<(DatedShift Dated, Shift Shift)> shifts,
        ILookup<Guid, (string Stream, OpenLoop Loop)> loops,
        IReadOnlyDictionary<Guid, int> news,
        DateTimeOffset? since
    )
    {
        var (care, rounding) = (Read<Care>(saved, stay.Id), Read<Rounding>(saved, stay.Id));
        var responsible = care.Responsible(charge, unit);
        return HandoffPatient.ForStay(
            stay,
            rounding,
            Read<PatientStatus>(saved, stay.Id),
            care,
            responsible,
            care.Holder is { } holder && shifts.TrueForAll(s => s.Shift.On(holder.Who.Id) is null),
            [.. loops[stay.Id].Select(l => HandoffLoop.FromLoop(l.Stream, l.Loop, care))],
            care.Accepted is null ? null : news.GetValueOrDefault(stay.Id),
            since
        );
    }

    private async Task<PatientHandoff> ForPatient(
        string facility,
        Found ward,
        HandoffPatient patient,
        HandoffWindow window,
        CancellationToken cancel
    )
    {
        var (care, time) = (Read<Care>(ward.Saved, patient.Stay), ward.Unit.Time());
        var since = window.Since(ward.Unit, ward.Handoff.AsOf);
        var history = await histories.ForStay(facility, patient.Stay, cancel);
        var known = history
            .Facts.Where(f => f.Position <= ward.Handoff.Position && HandoffFacts.IsTold(f.Recorded.Stream, f.Recorded.Event))
            .ToList();
        var told = known.FindAll(f => f.Recorded.Event is not SafetyChecked || f.Recorded.At >= (since ?? DateTimeOffset.MinValue));
        var draft = Draft.FromEvents(ward.Unit.Template, told.Select(l => l.Recorded), since, time);
        var cited = draft.Sections.SelectMany(s => s.Lines).SelectMany(l => l.Evidence).ToHashSet();
        var news = care.Accepted is { } accepted ? known.FindAll(f => f.Position > accepted.Said.Watermark) : [];
        news.Reverse();
        var standing = Standing.FromEvents(known.Select(f => f.Recorded));
        return new(
            patient,
            ward.Unit.Template,
            since,
            draft.Sections,
            [
                .. told.Where(l => cited.Contains(l.Recorded.Id))
                    .Select(l => EvidenceLine.FromEvent(l.Recorded, l.Position, time))
                    .OrderByDescending(e => e.At),
            ],
            care.Texts,
            [.. ward.Loops[patient.Stay].Select(l => HandoffLoop.FromLoop(l.Stream, l.Loop, care)).OrderBy(l => l.Since)],
            GivenHandoff.FromSubmission(care.Submitted),
            care.ReadBacks,
            care.Questions,
            care.Accepted,
            [
                .. news.Where(l => !HandoffNews.IsCalm(l.Recorded.Event))
                    .Select(l => EvidenceLine.FromEvent(l.Recorded, l.Position, time) with { IsStruck = standing.IsStruck(l.Recorded.Id) }),
            ],
            news.Count(l => HandoffNews.IsCalm(l.Recorded.Event)),
            ward.Handoff.Position
        )
        {
            Contingencies = ContingencyLine.ForCare(care, ward.Handoff.AsOf),
            ReadBacksUntilWrong = care.ReadBacksUntilWrong,
            CheckBy = Read<Rounding>(ward.Saved, patient.Stay).Due is { } due ? time.Local(due.Limit) : null,
            Note = care.Accepted is { } note
                ? GivenNote.FromHandoff(
                    note,
                    [.. history.Facts.Where(f => f.Position <= ward.Handoff.Position).Select(f => (f.Position, f.Recorded))],
                    time
                )
                : null,
        };
    }

    // On now, next, and over for less than two hours: who stays late to hand over is on the shift before.
    private static List<DatedShift> Dated(Unit unit, DateTimeOffset now)
    {
        List<DatedShift> near = [.. unit.Shifts.On(now.AddHours(-2), unit.Time()), .. unit.Shifts.On(now, unit.Time())];
        return
        [
            .. near.Concat(near.Where(s => s.Ends > now).Select(unit.After).OfType<DatedShift>())
                .DistinctBy(s => s.Id)
                .OrderBy(s => s.Starts),
        ];
    }

    // What an incident left open about a patient stays with the unit where it happened; the patient may have moved since.
    private async Task<List<string>> Streams(string facility, string unit, DateTimeOffset? at, CancellationToken cancel)
    {
        await using var session = store.Read(facility);
        if (at?.ToUniversalTime() is { } instant)
        {
            Guid?[] those = [.. (await concerning.MayHaveBeenOn(facility, unit, instant, cancel)).Select(s => (Guid?)s)];
            return
            [
                .. await session
                    .Query<Snapshot>()
                    .Where(s =>
                        (s.Stay.IsOneOf(those) && s.Kind.IsOneOf(kinds))
                        || (s.Kind == StateKind<Incident>.Name && (s.Unit != null || s.RecordedAt > instant))
                    )
                    .Select(s => s.Id)
                    .ToListAsync(cancel),
            ];
        }

        var found = await session
            .Query<Snapshot>()
            .Where(s => (s.Unit == unit && s.Kind.IsOneOf(kinds)) || (s.Unit != null && s.Kind == StateKind<Incident>.Name))
            .Select(s => s.Id)
            .ToListAsync(cancel);
        return [.. found];
    }

    private async Task<IReadOnlyDictionary<Guid, int>> NewsThen(
        string facility,
        IEnumerable<Care> cares,
        DateTimeOffset at,
        CancellationToken cancel
    )
    {
        var counts = new Dictionary<Guid, int>();
        foreach (var care in cares.Where(c => c.Accepted is not null))
        {
            counts[care.Stay] = (await histories.ForStay(facility, care.Stay, at, cancel)).Facts.Count(f =>
                f.Position > care.Accepted!.Said.Watermark
                && HandoffFacts.IsTold(f.Recorded.Stream, f.Recorded.Event)
                && !HandoffNews.IsCalm(f.Recorded.Event)
            );
        }

        return counts;
    }

    private static string Stream(string unit, DatedShift shift) => StreamId.For(StateKind<Shift>.Name, ShiftKey.ForShift(unit, shift));

    private static T Read<T>(IReadOnlyDictionary<string, SavedState> saved, Guid stay)
        where T : State, new() => saved.TryGetValue(StreamId.For(StateKind<T>.Name, stay), out var found) ? (T)found.State : new T();

    private sealed record Found(
        Unit Unit,
        IReadOnlyDictionary<string, SavedState> Saved,
        ILookup<Guid, (string Stream, OpenLoop Loop)> Loops,
        UnitHandoff Handoff
    );
}
