namespace Handoff.Simulator;

/// <summary>
/// How fast the simulated day runs. Its clock starts at the service's own time and goes <paramref name="Speed"/> times as fast; the ward
/// lives by it.
/// What is sent to the service carries the wall's time, for the service's clock is real: a leave of two simulated hours is announced as two
/// hours
/// divided by the speed, and a check that is asked for within 15 minutes is made within 15 simulated minutes.
/// </summary>
/// <param name="Start">When the run began, by the service's clock. Before it, both clocks are the same.</param>
public sealed record Tempo(DateTimeOffset Start, double Speed)
{
    public DateTimeOffset Simulated(DateTimeOffset wall) => wall <= Start ? wall : Start + (wall - Start) * Speed;

    public DateTimeOffset Wall(DateTimeOffset simulated) => simulated <= Start ? simulated : Start + (simulated - Start) / Speed;
}
