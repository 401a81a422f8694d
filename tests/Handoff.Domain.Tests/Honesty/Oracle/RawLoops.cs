using Handoff.Domain.Escalations;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;

namespace Handoff.Honesty;

/// <summary>
/// What is begun about a patient and not finished, as the raw events have it: by the stream that says it, and its kind there.
/// </summary>
internal sealed class RawLoops(RawLog log, Guid stay, DateTimeOffset now)
{
    private readonly RawPatient patient = log.Patient(stay);

    public IReadOnlySet<string> Open() =>
        patient.Place() is null ? new HashSet<string>(Elsewhere()) : new HashSet<string>([.. Here(), .. Elsewhere()]);

    private IEnumerable<string> Here()
    {
        if (patient.Leave() is { ExpectedReturn: { } back } && back <= now)
        {
            yield return $"stay-{stay}/return";
        }

        if (patient.Place() is { IsBedAsked: true })
        {
            yield return $"stay-{stay}/bed";
        }

        if (patient.Leave() is null && patient.Pause() is { IsLeave: false, ExpectedReturn: { } end } && end <= now)
        {
            yield return $"rounding-{stay}/pause";
        }

        if (patient.Clock.MustBy is { } by && by <= now)
        {
            yield return $"rounding-{stay}/check";
        }

        if (IsAlarmOpen())
        {
            yield return $"rounding-{stay}/breathing";
        }

        if (IsOrderWanted())
        {
            yield return $"rounding-{stay}/order";
        }

        if (Precautions().Any(reviewBy => reviewBy <= now))
        {
            yield return $"patient_status-{stay}/precaution-review";
        }

        foreach (var fired in log.On($"care-{stay}").Select(r => r.Event).OfType<ContingencyFired>().Where(e => !IsAnswered(e.Contingency)))
        {
            yield return $"care-{stay}/contingency-{fired.Contingency}";
        }
    }

    // Work and incidents concern the patient also after they have left.
    private IEnumerable<string> Elsewhere() =>
        [
            .. from concern in log.OfKind("escalation")
            where concern.Any(r => r.Event is ConcernEscalated e && e.Stay == stay) && !concern.Any(r => r.Event is EscalationAcknowledged)
            select concern.Key + "/escalation",
            .. from task in log.OfKind("care_task")
            where task.Any(r => r.Event is TaskRaised e && e.Stay == stay) && !task.Any(r => r.Event is TaskDone or TaskWithdrawn)
            select task.Key + "/task",
            .. log.OfKind("incident").SelectMany(Incident),
            .. patient.Outside() is { } moved && !IsReported(moved) ? [$"departure-{stay}/moved-outside"] : (string[])[],
        ];

    private IEnumerable<string> Incident(IGrouping<string, EventEnvelope> incident)
    {
        List<Event> standing = [.. incident.Where(r => !RawIncident.IsInError(incident, r.Id)).Select(r => r.Event)];
        if (!standing.OfType<IncidentOpened>().Any() || !standing.OfType<IncidentPatientInvolved>().Any(e => e.Stays.Contains(stay)))
        {
            yield break;
        }

        if (!standing.OfType<IncidentResolved>().Any())
        {
            yield return incident.Key + "/incident-open";
            yield break;
        }

        if (!standing.OfType<LevelReviewed>().Any(e => e.Stays.Contains(stay)))
        {
            yield return incident.Key + "/level-review";
        }

        if (!standing.OfType<DebriefHeld>().Any(e => e.Of == DebriefOf.Patient && e.Stays.Contains(stay)))
        {
            yield return incident.Key + "/debrief-patient";
        }
    }

    // Whoever has the patient now has had the report.
    private bool IsReported(EventEnvelope moved) =>
        log
            .Facts.SkipWhile(f => f.Recorded.Id != moved.Id)
            .Any(f => f.Recorded.Stream == $"departure-{stay}" && f.Recorded.Event is ReportGiven);

    // Breathing was not seen, that stands, and nobody has said since what they found.
    private bool IsAlarmOpen()
    {
        var open = false;
        foreach (var fact in patient.Rounding)
        {
            open = fact.Event switch
            {
                SafetyChecked { BreathingSeen: false } when !patient.WasStruck(fact.Id) => true,
                BreathingSeenTo => false,
                _ => open,
            };
        }

        return open;
    }

    // The level was raised by somebody who may not order it, or the order for it has run out, and nobody has ordered since.
    private bool IsOrderWanted()
    {
        var wanted = false;
        foreach (var happened in patient.Rounding.Select(r => r.Event))
        {
            wanted = happened switch
            {
                ObservationLevelOrdered e => e.WantsOrder,
                LevelOrderEnded => true,
                _ => wanted,
            };
        }

        return wanted;
    }

    private bool IsAnswered(Guid contingency) =>
        log.On($"care-{stay}")
            .Any(r =>
                r.Event is ContingencyAnswered a && a.Contingency == contingency
                || r.Event is ContingencyWithdrawn w && w.Contingency == contingency
            );

    // By when each precaution that is in force is to be reviewed.
    private IEnumerable<DateTimeOffset> Precautions()
    {
        List<EventEnvelope> standing = [.. log.On($"patient_status-{stay}").Where(r => !log.Struck.Contains(r.Id))];
        return from started in standing
            where started.Event is PrecautionStarted && !standing.Any(r => r.Event is PrecautionEnded e && e.Precaution == started.Id)
            select standing
                .Where(r => r.Event is PrecautionReviewed e && e.Precaution == started.Id)
                .OrderBy(r => r.Event.OccurredAt)
                .Select(r => ((PrecautionReviewed)r.Event).ReviewBy)
                .LastOrDefault(((PrecautionStarted)started.Event).ReviewBy);
    }
}

/// <summary>What the raw events say of an incident.</summary>
internal static class RawIncident
{
    /// <summary>A correction of time or words leaves a step standing; only the word that it was made in error does not.</summary>
    public static bool IsInError(IEnumerable<EventEnvelope> incident, Guid step) =>
        incident.Any(r => r.Event is IncidentStepEnteredInError e && e.Step == step);

    /// <summary>Those that go on, with the patients who are in them.</summary>
    public static IEnumerable<(Guid Id, string Unit, IReadOnlySet<Guid> Stays)> GoingOn(RawLog log) =>
        from incident in log.OfKind("incident")
        let standing = incident.Where(r => !IsInError(incident, r.Id)).Select(r => r.Event).ToList()
        from opened in standing.OfType<IncidentOpened>()
        where !standing.OfType<IncidentResolved>().Any()
        select (
            Guid.Parse(StreamId.Key(incident.Key)),
            opened.Unit,
            (IReadOnlySet<Guid>)standing.OfType<IncidentPatientInvolved>().SelectMany(e => e.Stays).ToHashSet()
        );
}
