using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

public static class LeaveWords
{
    public static string Words(this LeaveKind kind) =>
        kind switch
        {
            LeaveKind.OffUnit => "off the unit",
            LeaveKind.Pass => "on a pass",
            LeaveKind.Court => "at court",
            _ => "at the hospital",
        };
}
