using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Api.Units;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;
using Handoff.Web.Stays;

namespace Handoff.Api.Stays;

/// <summary>Beds that nobody lies in, on the units that a caller works on; the given unit's first.</summary>
public sealed class FreeBeds(UnitReader units, StateReader states)
{
    public async Task<List<FreeBed>> ForCaller(Caller caller, string? first, CancellationToken cancel)
    {
        var free = new List<FreeBed>();
        foreach (var unit in (await units.ForCaller(caller, cancel)).OrderBy(u => u.Id != first))
        {
            free.AddRange(await OnUnit(caller.Facility, unit, cancel));
            free.Add(new(unit.Id, unit.Name!, null));
        }

        return free;
    }

    public async Task<List<FreeBed>> OnUnit(string facility, Unit unit, CancellationToken cancel)
    {
        var (_, there) = await states.OnUnit(facility, unit.Id, [StateKind<Stay>.Name], cancel);
        var taken = there.Select(s => ((Stay)s.State).Where()?.Bed).ToHashSet();
        return [.. unit.Beds.Where(bed => !taken.Contains(bed)).Select(bed => new FreeBed(unit.Id, unit.Name!, bed))];
    }
}
