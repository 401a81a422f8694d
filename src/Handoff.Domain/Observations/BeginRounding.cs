using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>
/// The first level is the unit's own for new patients, until somebody orders another. After a discharge that is cancelled, the level is
/// what it was.
/// </summary>
internal sealed record BeginRounding(Stay Stay, Rounding Before)
{
    public Decision Decide(DecisionContext now)
    {
        var where = Stay.Where()!.Unit;
        var unit = now.States.Get<Unit>(where);
        var level = unit.Local(Before.BeganAt is null ? unit.OnAdmission : Before.Level);
        var at = unit.Time().Local(now.Now);
        var due = DueWindow.AtOnce(at, TimeSpan.FromMinutes(level.LimitMinutes));
        var began = new RoundingBegan(at, where, level.Level, level.Name, level.LimitMinutes, due, Stay.AdmittedAt);
        return Stay.Leave is { } leave
            ? [began, new ObservationPaused(at, leave.Kind.Words(), leave.ExpectedReturn, IsLeave: true)]
            : [began];
    }
}
