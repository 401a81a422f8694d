using Handoff.Api.Access;
using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Api.Units;

/// <summary>The facility's units.</summary>
public sealed class UnitReader(StateReader states, Log log)
{
    /// <summary>Those that a caller may see, by name.</summary>
    public async Task<List<Unit>> ForCaller(Caller caller, CancellationToken cancel) =>
        [
            .. (await states.OfKind(caller.Facility, StateKind<Unit>.Name, cancel))
                .Select(s => (Unit)s.State)
                .Where(u => u.IsOpen() && caller.Actor.WorksOn(u.Id))
                .OrderBy(u => u.Name, StringComparer.Ordinal),
        ];

    /// <summary>Whether there is such a unit.</summary>
    public async Task<bool> Has(string facility, string unit, CancellationToken cancel) =>
        Unit.IsId(unit) && (await log.State<Unit>(facility, unit, cancel)).IsOpen();
}
