using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>An open point about a patient, and what was said about it.</summary>
/// <param name="Loop">As commands name it.</param>
/// <param name="Deferred">How often it was put off.</param>
public sealed record HandoffLoop(
    string Loop,
    string Words,
    DateTimeOffset Since,
    DateTimeOffset? Due,
    string Link,
    bool IsSettled,
    string? Reason,
    Staff? To,
    int Deferred,
    Pressing Pressing = Pressing.Usual
)
{
    public static HandoffLoop FromLoop(string stream, OpenLoop loop, Care care)
    {
        var said = care.Settled(LoopId.ForLoop(stream, loop));
        return new(
            LoopId.ForLoop(stream, loop),
            loop.Words,
            loop.Since,
            loop.Due,
            loop.Link,
            said is { IsForThis: true } && loop.Pressing < Pressing.Emergency,
            said?.Reason,
            said?.To,
            said?.Deferred ?? 0,
            loop.Pressing
        );
    }

    public CarriedLoop Carried() => new(Loop, Words, Reason, To, Deferred, Pressing);
}
