using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Incidents;

/// <param name="Techniques">What did the patient good in that incident; nothing if it turned out otherwise.</param>
[Stored("what_helped_learned")]
public sealed record WhatHelpedLearned(DateTimeOffset OccurredAt, string? Unit, Guid Incident, IReadOnlyList<Technique> Techniques)
    : Event(OccurredAt)
{
    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Helps, Sentence(time), "what-helped", Retention.Stands);

    public override string Sentence(UnitTime time) =>
        Techniques.Count == 0
            ? "What was noted to help in that incident no longer counts."
            : $"Helped in a crisis: {string.Join(", ", Techniques.Select(technique => technique.Words()))}.";
}

/// <param name="Unit">Null when the patient has left.</param>
[Stored("what_helps_moved")]
public sealed record WhatHelpsMoved(DateTimeOffset OccurredAt, string? Unit) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        Unit is null ? "What helps in a crisis stays with the record." : $"What helps in a crisis is known on {Unit}.";

    public override Significance Significance() => Kernel.Significance.Silent;
}

/// <summary>What helped in one incident.</summary>
public sealed record Learned(Guid Incident, DateTimeOffset At, IReadOnlyList<Technique> Techniques);

/// <summary>What has calmed one patient in a crisis, to be tried first the next time.</summary>
[Stored("what_helps")]
[OfEachStay]
public sealed record WhatHelps : State
{
    public Guid Stay { get; init; }

    public string? Unit { get; init; }

    public IReadOnlyList<Learned> Incidents { get; init; } = [];

    /// <summary>Each technique once, with how often it helped; the most recent first.</summary>
    public IReadOnlyList<(Technique Technique, int Times, DateTimeOffset Last)> Techniques() =>
        [
            .. Incidents
                .SelectMany(learned => learned.Techniques.Select(technique => (technique, learned.At)))
                .GroupBy(one => one.technique, (technique, all) => (technique, all.Count(), all.Max(one => one.At)))
                .OrderByDescending(one => one.Item3)
                .ThenByDescending(one => one.Item2),
        ];

    public override string? OnUnit() => Incidents.Count > 0 ? Unit : null;

    public override Guid? OfStay() => Stay == Guid.Empty ? null : Stay;

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            WhatHelpedLearned e => this with
            {
                Stay = Guid.Parse(fact.Key),
                Unit = e.Unit,
                Incidents =
                [
                    .. Incidents.Where(known => known.Incident != e.Incident),
                    .. e.Techniques.Count > 0 ? [new Learned(e.Incident, e.OccurredAt, e.Techniques)] : Array.Empty<Learned>(),
                ],
            },
            WhatHelpsMoved e => this with { Unit = e.Unit },
            _ => this,
        };
}
