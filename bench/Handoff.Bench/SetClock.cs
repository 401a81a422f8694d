namespace Handoff.Bench;

/// <summary>A clock that goes where the bench puts it.</summary>
internal sealed class SetClock : TimeProvider
{
    public DateTimeOffset Now { get; set; }

    public override DateTimeOffset GetUtcNow() => Now;
}
