using Handoff.Api.Store;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Api.Handoffs;

/// <summary>Reads what is planned for a coming shift, the last ones like it, and the patients of now.</summary>
public sealed class StaffingReader(HandoffReader handoffs, StateReader states, Log log, TimeProvider clock)
{
    /// <param name="shift">The shift's key; the next one that comes if none is given.</param>
    /// <returns>Null if there is no such unit, or if it has no such shift.</returns>
    public async Task<Staffing?> ForShift(string facility, string unit, string? shift, CancellationToken cancel)
    {
        var (configured, now) = (await log.State<Unit>(facility, unit, cancel), clock.GetUtcNow());
        var coming = configured.IsOpen() ? Staffing.Ahead(configured, now) : [];
        if (
            (shift is null ? coming.FirstOrDefault(s => s.Starts > now) : configured.In(shift)) is not { } chosen
            || await handoffs.ForUnit(facility, unit, cancel) is not { } handoff
        )
        {
            return null;
        }

        var alike = Staffing.Alike(configured, chosen, now);
        var saved = await states.Load(facility, [Stream(unit, chosen), .. alike.Select(s => Stream(unit, s))], cancel);
        return Staffing.ForShift(
            handoff,
            Read(chosen, s => s.Planned),
            [.. coming.Select(s => new PlannedShift(ShiftKey.ForShift(unit, s), s.Name, s.Starts, s.Ends, []))],
            alike.Select(s => Read(s, Worked)).FirstOrDefault(s => s.People.Count > 0),
            configured.Time()
        );

        PlannedShift Read(DatedShift dated, Func<Shift, IReadOnlyList<Staff>> people) =>
            new(ShiftKey.ForShift(unit, dated), dated.Name, dated.Starts, dated.Ends, people((Shift)saved[Stream(unit, dated)].State));
    }

    private static List<Staff> Worked(Shift shift) => [.. shift.People.Select(p => p.Who).DistinctBy(p => p.Id)];

    private static string Stream(string unit, DatedShift shift) => StreamId.For(StateKind<Shift>.Name, ShiftKey.ForShift(unit, shift));
}
