using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Api.Timeline;
using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Api.Boards;

/// <summary>Reads what somebody who comes on needs of their patients.</summary>
public sealed class MyPatientsReader(BoardReader boards, StateReader states, Histories histories, AccessLog reads)
{
    // What is read there is the record itself: what was recorded after it is unread.
    private static readonly AccessPurpose[] Readings = [AccessPurpose.Stay, AccessPurpose.Timeline];

    /// <param name="isAll">All patients of the unit, whoever has them; so it is also if the caller has none.</param>
    /// <returns>Null if there is no such unit.</returns>
    public async Task<MyPatients?> ForCaller(Caller caller, string unit, bool isAll, CancellationToken cancel)
    {
        if (await boards.Read(caller.Facility, unit, cancel) is not var (board, on, configured))
        {
            return null;
        }

        var (me, time) = (caller.Staff.Id, configured.Time());
        var own = board.Cards.Where(c => c.Care?.ResponsibleId == me || c.Care?.NextId == me).ToList();
        var shown = isAll || own.Count == 0 ? [.. board.Cards] : own;
        var worked = MyPatients.LastWorked(me, await Shifts(caller.Facility, configured, board.AsOf, cancel), board.AsOf);
        var since = worked ?? board.AsOf - MyPatients.Otherwise;
        var opened = await reads.LastOf(caller, Readings, shown.ConvertAll(c => c.Stay), since, cancel);
        var patients = new List<MyPatient>();
        foreach (var card in shown)
        {
            var history = await histories.ForStay(caller.Facility, card.Stay, cancel);
            patients.Add(
                MyPatient.FromCard(card, me, history, since, opened.TryGetValue(card.Stay, out var at) ? time.Local(at) : null, time)
            );
        }

        return new(
            unit,
            board.AsOf,
            board.Position,
            worked is { } last ? time.Local(last) : null,
            time.Local(since),
            own.Count == 0 || isAll,
            patients,
            DueSoon.FromStates([.. on.States.Select(s => s.State)], shown, time, board.AsOf + MyPatients.Soon)
        );
    }

    private async Task<IEnumerable<Shift>> Shifts(string facility, Unit unit, DateTimeOffset now, CancellationToken cancel)
    {
        var days = Enumerable
            .Range(-1, (int)MyPatients.Remembered.TotalDays + 2)
            .Select(back => DateOnly.FromDateTime(unit.Time().Local(now).DateTime).AddDays(-back));
        var dated =
            from day in days
            from shift in unit.Shifts
            select StreamId.For(StateKind<Shift>.Name, ShiftKey.ForShift(unit.Id, shift.OnDate(day, unit.Time())));
        return (await states.Load(facility, [.. dated.Distinct()], cancel)).Values.Select(s => (Shift)s.State);
    }
}
