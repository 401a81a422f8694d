using Handoff.Domain.Kernel;

namespace Handoff.Api.Training;

/// <summary>
/// The time of day of a service in training: it stands until it is moved. Only the time stands; what waits a while, such as a connection's
/// limit, goes by the machine.
/// </summary>
public sealed class TrainingClock(DateTimeOffset start, UnitTime zone) : TimeProvider
{
    private long now = start.UtcTicks;

    /// <summary>The clock on the demo facility's walls.</summary>
    public UnitTime Zone { get; } = zone;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref now), TimeSpan.Zero);

    /// <summary>Stands at a later time from now on.</summary>
    public void Reach(DateTimeOffset later) => Interlocked.Exchange(ref now, Math.Max(Interlocked.Read(ref now), later.UtcTicks));

    /// <summary>What it shows, as pages say it: in the hour that comes twice, with which of the two it is.</summary>
    public string Words()
    {
        var shown = GetUtcNow();
        return shown.Second == 0 ? Zone.DayAndClock(shown) : $"{Zone.Day(shown)} {Zone.ClockWithSeconds(shown)}";
    }
}
