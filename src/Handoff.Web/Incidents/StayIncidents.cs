using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;

namespace Handoff.Web.Incidents;

/// <summary>What incidents mean for one patient: which they were in, what those left to do for this patient, and what helped.</summary>
public sealed record StayIncidents(Guid Stay, IReadOnlyList<(Incident Incident, IReadOnlyList<OpenLoop> Loops)> All, WhatHelps Helps)
{
    public IEnumerable<Incident> Open => All.Select(one => one.Incident).Where(incident => incident.IsOpen());

    public IEnumerable<(Incident Incident, OpenLoop Loop)> Loops => All.SelectMany(one => one.Loops.Select(loop => (one.Incident, loop)));

    public bool HasAnything => Open.Any() || Loops.Any() || Helps.Techniques().Count > 0;
}

/// <summary>Where a loop that an incident left is closed, and in which words.</summary>
public static class LoopActs
{
    public static (string Address, string Words, bool IsReview) ForLoop(string unit, Guid incident, OpenLoop loop) =>
        loop switch
        {
            { Kind: "level-review", Stay: { } stay } => (IncidentPaths.Act(unit, incident, "level", stay), "Review level", true),
            { Kind: "debrief-patient", Stay: { } stay } => (IncidentPaths.Act(unit, incident, "debrief", stay), "Record debrief", false),
            { Kind: "debrief-staff" } => (IncidentPaths.Act(unit, incident, "debrief"), "Record debrief", false),
            _ => (IncidentPaths.ForIncident(unit, incident), "Open", false),
        };
}
