namespace Handoff.Domain.Stays;

public enum LeaveKind
{
    OffUnit,
    Pass,
    Court,
    Hospital,
}
