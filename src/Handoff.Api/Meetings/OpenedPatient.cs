using Handoff.Domain.Meetings;
using Handoff.Domain.Timeline;
using Handoff.Domain.Units;

namespace Handoff.Api.Meetings;

/// <summary>
/// One patient before the team: the agenda that they are on, what is told of them, and everything that the timeline holds.
/// </summary>
public sealed record OpenedPatient(UnitMeeting Unit, PatientMeeting Meeting, History History);
