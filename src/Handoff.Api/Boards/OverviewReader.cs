using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Api.Units;
using Handoff.Domain.Access;
using Handoff.Domain.Boards;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Api.Boards;

/// <summary>All units of a caller at a glance.</summary>
public sealed class OverviewReader(UnitReader units, BoardReader boards, Log log, TimeProvider clock)
{
    /// <param name="at">As it stood then, with only what had been recorded by then; null for now. Whose units it shows is as it is
    /// now.</param>
    public async Task<Overview> ForCaller(Caller caller, DateTimeOffset? at, CancellationToken cancel)
    {
        var facility = await log.State<Facility>(caller.Facility, Facility.OnlyKey, cancel);
        var shown = await Task.WhenAll(
            (await units.ForCaller(caller, cancel)).Select(u =>
                at is { } then ? boards.AsOf(caller.Facility, u.Id, then, cancel) : boards.ForUnit(caller.Facility, u.Id, cancel)
            )
        );
        return new(facility.Name ?? caller.Facility, at ?? clock.GetUtcNow(), [.. shown.OfType<Board>().Select(OverviewLine.FromBoard)]);
    }
}
