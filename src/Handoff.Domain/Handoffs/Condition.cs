using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>
/// What a contingency waits for: an incident, another observation level, a limit that passes without a check, how the patient is, or a
/// time.
/// </summary>
public enum ConditionKind
{
    Incident,
    LevelChange,
    CheckMissed,
    Status,
    Time,
}

/// <summary>The "if" of a contingency.</summary>
/// <param name="Incident">Of an incident: its kind; null for any.</param>
/// <param name="Level">Of a level change: the level that is ordered; null for any change. <paramref name="LevelName"/> is the unit's word
/// for it.</param>
/// <param name="Domain">Of a status: what is observed, at <paramref name="Intensity"/> or above (0 none to 3 severe).</param>
/// <param name="Time">Of a time: when, on the unit's clock.</param>
/// <param name="ZoneName">Of a time that the clock shows twice: which of the two it is, such as <c>CDT</c>.</param>
public sealed record Condition(
    ConditionKind Kind,
    IncidentKind? Incident = null,
    ObservationLevel? Level = null,
    string? LevelName = null,
    BehaviorDomain? Domain = null,
    int? Intensity = null,
    DateTimeOffset? Time = null,
    string? ZoneName = null
)
{
    /// <summary>As a sentence begins: <c>If elopement</c>, <c>If mood moderate or worse</c>, <c>At Thu 02:00</c>.</summary>
    public string Words() =>
        Kind switch
        {
            ConditionKind.Incident => $"If {Incident?.Words() ?? "any incident"}",
            ConditionKind.LevelChange => LevelName is null ? "If the level changes" : $"If the level becomes {LevelName}",
            ConditionKind.CheckMissed => "If a check is missed",
            ConditionKind.Status =>
                $"If {Domain?.Words()} {Behavior.Words(Intensity ?? 0)}{(Intensity < Behavior.Most ? " or worse" : "")}",
            _ => $"At {UnitTime.WeekdayAndClock(Time ?? default, ZoneName)}",
        };

    /// <summary>Whether this event makes it true; a time is nobody's event.</summary>
    public bool IsMetBy(Event happened) =>
        (Kind, happened) switch
        {
            (ConditionKind.Incident, IncidentPatientInvolved e) => Incident is null || e.IncidentKind == Incident,
            (ConditionKind.LevelChange, ObservationLevelOrdered e) => e.Level != e.Was && (Level is null || e.Level == Level),
            (ConditionKind.CheckMissed, CheckMissed) => true,
            (ConditionKind.Status, BehaviorObserved e) => e.Domain == Domain && e.Intensity >= Intensity,
            _ => false,
        };

    /// <summary>The patients of whom an event could make a condition true.</summary>
    public static IEnumerable<Guid> Concerned(EventEnvelope fact) =>
        fact.Event switch
        {
            IncidentPatientInvolved e => e.Stays,
            ObservationLevelOrdered or CheckMissed or BehaviorObserved => [Guid.Parse(fact.Key)],
            _ => [],
        };
}
