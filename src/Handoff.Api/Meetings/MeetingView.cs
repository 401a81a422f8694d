using Handoff.Api.Access;
using Handoff.Domain.Access;
using Handoff.Domain.Meetings;

namespace Handoff.Api.Meetings;

/// <summary>How somebody looks at a meeting; what can't be read is as if it were not said.</summary>
/// <param name="Order"><c>bed</c>, or the most changed first.</param>
/// <param name="Days">How far back the lanes go: <c>7</c>, <c>30</c>, <c>stay</c>, or since the last review.</param>
public sealed record MeetingView(string? Order, string? Days)
{
    public IReadOnlyList<MeetingPatient> Ordered(UnitMeeting meeting) =>
        Order == "bed" ? [.. meeting.Patients.Order(MeetingPatient.ByBed)] : meeting.Patients;
}
