using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Handoff.Api.Store;

/// <summary>
/// What the service measures of itself. Seconds throughout; no tag names a facility, a unit or anybody. Nobody listening, they cost next to
/// nothing.
/// </summary>
public static class Measures
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Handoff";

    private static readonly Meter Meter = new(Name);

    /// <summary>Commands that were written together.</summary>
    internal static readonly Histogram<int> Batch = Meter.CreateHistogram<int>(
        "handoff.append.batch",
        "{command}",
        "Commands that were written in one transaction."
    );

    /// <summary>How long a command waited before it was decided.</summary>
    internal static readonly Histogram<double> Wait = Seconds("handoff.append.wait", "From the arrival of a command until it is decided.");

    internal static readonly Histogram<double> Decide = Seconds("handoff.append.decide", "Deciding one command.");

    /// <summary>The transaction, from its first statement to its commit.</summary>
    internal static readonly Histogram<double> Commit = Seconds("handoff.append.commit", "Writing one batch, to its commit.");

    /// <summary>How old an event is when this node reads it.</summary>
    internal static readonly Histogram<double> Follow = Seconds(
        "handoff.follow.lag",
        "From an event's recording until this node has read it."
    );

    internal static readonly Histogram<double> Push = Seconds("handoff.push", "Handing a page of events to whoever watches.");

    internal static readonly Histogram<double> Late = Seconds(
        "handoff.deadline.late",
        "From a deadline's moment until it is said to have lapsed."
    );

    private static int waiting,
        scheduled,
        deadLetters;

    /// <summary>What was last known of the queues.</summary>
    internal static void Queues(int nowWaiting, int nowScheduled, int nowDead) =>
        (waiting, scheduled, deadLetters) = (nowWaiting, nowScheduled, nowDead);

    internal static double Since(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;

    static Measures()
    {
        Meter.CreateObservableGauge("handoff.queue.waiting", () => waiting, "{message}", "Messages that wait in the durable queues.");
        Meter.CreateObservableGauge("handoff.queue.scheduled", () => scheduled, "{message}", "Messages to be tried again later.");
        Meter.CreateObservableGauge(
            "handoff.dead_letters",
            () => deadLetters,
            "{message}",
            "What could not be done and waits for somebody."
        );
    }

    private static Histogram<double> Seconds(string name, string what) =>
        Meter.CreateHistogram(
            name,
            "s",
            what,
            advice: new InstrumentAdvice<double>
            {
                HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 30, 60],
            }
        );
}
