using Handoff.Domain.Kernel;

namespace Handoff.Domain.Timeline;

/// <summary>What entries are about: one topic for each kind of stream, so that a new event has one without being named here.</summary>
public static class Topics
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["stay"] = "Admission and moves",
        ["rounding"] = "Safety checks",
        ["patient_status"] = "Status",
        ["care_task"] = "Tasks",
        ["care"] = "Handoff",
        ["case_review"] = "Team meeting",
        ["meeting"] = "Left out of a team meeting",
    };

    /// <summary>The topic's key, which is the kind of the stream.</summary>
    public static string TopicOf(EventEnvelope recorded) =>
        recorded.Stream.Contains('-', StringComparison.Ordinal) ? StreamId.Kind(recorded.Stream) : recorded.Stream;

    /// <summary>The topic as a heading: <c>what_helps</c> as <c>What helps</c>.</summary>
    public static string Words(string topic) =>
        Known.GetValueOrDefault(topic) ?? char.ToUpperInvariant(topic[0]) + topic[1..].Replace('_', ' ');
}
