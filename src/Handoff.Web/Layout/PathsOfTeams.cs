namespace Handoff.Web.Layout;

/// <summary>Addresses of handoffs, shifts and meetings.</summary>
public static partial class Paths
{
    /// <summary>A unit's handoff, opened at a patient.</summary>
    public static string Handoff(string unit, Guid? stay = null) => $"/units/{unit}/handoff" + (stay is null ? "" : $"?stay={stay}");

    /// <summary>What is done in a patient's handoff: <c>severity</c>, <c>words</c>, <c>submit</c>, <c>accept</c> …</summary>
    public static string HandoffAct(string unit, Guid stay, string act) => $"/units/{unit}/handoff/{stay}/{act}";

    public static string Huddle(string unit, Guid? stay = null) => $"/units/{unit}/handoff/huddle" + (stay is null ? "" : $"?stay={stay}");

    /// <summary>Whoever is left to be judged, one after another.</summary>
    public static string HandoffLook(string unit, Guid? after = null) =>
        $"/units/{unit}/handoff/look" + (after is null ? "" : $"?after={after}");

    public static string HandoffPaper(string unit) => $"/units/{unit}/handoff/print";

    /// <summary>The agenda of a unit's team meeting; <paramref name="order"/> is <c>bed</c> or nothing.</summary>
    public static string Meeting(string unit, string? order = null) => $"/units/{unit}/meeting" + (order is null ? "" : $"?order={order}");

    /// <summary>
    /// One patient before the team, with the lanes over <paramref name="days"/>: <c>7</c>, <c>30</c>, <c>stay</c>, or since the last
    /// review.
    /// </summary>
    public static string Meeting(string unit, Guid stay, string? order, string? days) =>
        $"/units/{unit}/meeting/{stay}"
        + (order, days) switch
        {
            (null, null) => "",
            (_, null) => $"?order={order}",
            (null, _) => $"?days={days}",
            _ => $"?order={order}&days={days}",
        };

    /// <summary>
    /// What is done in a meeting: <c>open</c>, <c>close</c>; about a patient <c>reviewed</c>, <c>decide</c>, <c>take-back</c>.
    /// </summary>
    public static string MeetingAct(string unit, Guid? stay, string act) =>
        stay is null ? $"/units/{unit}/meeting/{act}" : $"/units/{unit}/meeting/{stay}/{act}";

    public static string MeetingPaper(string unit) => $"/units/{unit}/meeting/print";

    public static string Assignments(string unit) => $"/units/{unit}/assignments";

    /// <summary>Who is to work a coming shift; the next one if none is named.</summary>
    public static string Staffing(string unit, string? shift = null) =>
        $"/units/{unit}/staffing" + (shift is null ? "" : $"?shift={Uri.EscapeDataString(shift)}");
}
