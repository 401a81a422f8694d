namespace Handoff.Domain.Handoffs;

public enum IllnessSeverity
{
    Stable,
    Watcher,
    Unstable,
}
