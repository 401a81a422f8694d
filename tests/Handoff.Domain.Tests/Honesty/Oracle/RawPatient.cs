using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Timeline;
using Handoff.Domain.Units;

namespace Handoff.Honesty;

/// <summary>A look at the patient that stands: nobody has taken it back.</summary>
/// <param name="IsSighting">Whether it satisfies the clock; "asleep, breathing not seen" is an alarm and does not, nor does one at a time
/// when the patient is recorded as away.</param>
internal sealed record RawCheck(Guid Id, DateTimeOffset At, DateTimeOffset RecordedAt, SafetyChecked Said, string By)
{
    public bool IsSighting => Said is { BreathingSeen: not false, WhileAway: false };
}

/// <summary>One patient as the log tells of them.</summary>
internal sealed class RawPatient
{
    private readonly List<EventEnvelope> stays,
        rounding,
        care;
    private readonly RawLog log;
    private RawClock? clock;

    public RawPatient(RawLog log, Guid stay)
    {
        (this.log, Stay) = (log, stay);
        (stays, rounding, care) = ([.. log.On($"stay-{stay}")], [.. log.On($"rounding-{stay}")], [.. log.On($"care-{stay}")]);
        Checks =
        [
            .. rounding
                .Where(r => r.Event is SafetyChecked && !log.Struck.Contains(r.Id))
                .Select(r => new RawCheck(r.Id, r.Event.OccurredAt, r.At, (SafetyChecked)r.Event, r.By.Name))
                .OrderBy(c => c.At),
        ];
    }

    public Guid Stay { get; }

    /// <summary>The looks that stand, by when they happened.</summary>
    public IReadOnlyList<RawCheck> Checks { get; }

    public IEnumerable<RawCheck> Sightings => Checks.Where(c => c.IsSighting);

    public IReadOnlyList<EventEnvelope> Rounding => rounding;

    /// <summary>The check's clock, played again from the beginning.</summary>
    public RawClock Clock => clock ??= new(rounding, Checks);

    /// <summary>All that concerns the patient, in the order in which it was recorded.</summary>
    public IEnumerable<Fact> About => log.Facts.Where(f => f.Recorded.Envelope.Stays?.Contains(Stay) == true);

    public bool WasStruck(Guid entry) => log.Struck.Contains(entry);

    /// <summary>Where the patient is by now; null if they are not here.</summary>
    public Placement? Place() => Movements() is { IsHere: true, Outside: null } there ? there.Places.OrderBy(p => p.Since).Last() : null;

    /// <summary>The move to a place that is not ours, while the patient is there and nobody has said that they were discharged.</summary>
    public EventEnvelope? Outside() => Movements() is { IsHere: true, Outside: { } outside } ? outside : null;

    private (List<Placement> Places, bool IsHere, EventEnvelope? Outside) Movements()
    {
        var (places, isHere, outside) = (new List<Placement>(), false, (EventEnvelope?)null);
        foreach (var fact in stays)
        {
            switch (fact.Event)
            {
                case Admitted e:
                    (places, isHere, outside) = ([new(e.OccurredAt, e.Unit, e.Bed, e.IsBedUnknown)], true, null);
                    break;
                case AdmissionCancelled or Discharged:
                    isHere = false;
                    break;
                case DischargeCancelled:
                    isHere = true;
                    break;
                case MovedOutside:
                    outside = fact;
                    break;
                // A move of before they left does not bring them back.
                case Transferred e:
                    places.Add(new(e.OccurredAt, e.Unit, e.Bed, e.IsBedUnknown));
                    outside = e.OccurredAt < outside?.Event.OccurredAt ? outside : null;
                    break;
                case TransferCancelled when outside is not null:
                    outside = null;
                    break;
                case TransferCancelled e
                    when places.Skip(1).Where(p => p.Since <= e.OccurredAt).OrderBy(p => p.Since).LastOrDefault() is { } move:
                    places.Remove(move);
                    break;
            }
        }

        return (places, isHere, outside);
    }

    /// <summary>The leave that goes on; null if the patient is not on one.</summary>
    public LeaveStarted? Leave() =>
        stays.Aggregate(
            (LeaveStarted?)null,
            (leave, r) =>
                r.Event switch
                {
                    LeaveStarted e => e,
                    LeaveEnded or AdmissionCancelled or Admitted or MovedOutside => null,
                    _ => leave,
                }
        );

    /// <summary>The pause that goes on while nobody is on leave; null if there is none.</summary>
    public ObservationPaused? Pause() =>
        rounding.Aggregate(
            (ObservationPaused?)null,
            (pause, r) =>
                r.Event switch
                {
                    ObservationPaused e => e,
                    ObservationResumed or RoundingBegan or RoundingEnded => null,
                    _ => pause,
                }
        );

    /// <summary>The level that holds: its core level, the unit's word for it, its limit, and until when it was ordered.</summary>
    public (ObservationLevel Level, string Name, int Minutes, DateTimeOffset? Until)? Level() =>
        rounding.Aggregate(
            ((ObservationLevel, string, int, DateTimeOffset?)?)null,
            (level, r) =>
                r.Event switch
                {
                    RoundingBegan e => (e.Level, e.LevelName, e.LimitMinutes, level?.Item4),
                    RoundingMoved e => (level!.Value.Item1, e.LevelName, e.LimitMinutes, level.Value.Item4),
                    ObservationLevelOrdered e => (e.Level, e.LevelName, e.LimitMinutes, e.Until),
                    _ => level,
                }
        );

    /// <summary>
    /// The one person who answers for the patient: who took or accepted them last, before that who is in charge of the unit, before that
    /// who opened it.
    /// </summary>
    public Staff? Responsible()
    {
        var (taken, unit) = (
            care.Select(r =>
                    r.Event switch
                    {
                        PatientTaken e => e.To,
                        PatientTakenOver e => e.To,
                        HandoffAccepted e => e.To,
                        _ => null,
                    }
                )
                .LastOrDefault(s => s is not null),
            Place()?.Unit
        );
        return taken
            ?? log.On($"charge-{unit}").Select(r => (r.Event as ChargeTaken)?.Who).LastOrDefault(s => s is not null)
            ?? log.On($"unit-{unit}").FirstOrDefault(r => r.Event is UnitOpened)?.By;
    }
}
