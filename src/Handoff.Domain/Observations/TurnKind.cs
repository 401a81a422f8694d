namespace Handoff.Domain.Observations;

public enum TurnKind
{
    Began,
    Ordered,
    Moved,
    Paused,
    Resumed,
    Ended,
}
