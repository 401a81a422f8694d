namespace Handoff.Domain.Units;

/// <summary>How closely a patient is watched, from least to most. Units name these as they like; the core is fixed.</summary>
public enum ObservationLevel
{
    Q60,
    Q30,
    Q15,
    Q5,
    LineOfSight,
    OneToOne,
    TwoToOne,
}

public static class ObservationLevels
{
    /// <summary>
    /// The longest time between two sightings. Line of sight, 1:1 and 2:1 are continuous; what lapses there is their documentation, every
    /// 15 minutes.
    /// Source: common hospital policy under 42 CFR 482.13(c)(2) (care in a safe setting); each unit may set stricter limits.
    /// </summary>
    public static TimeSpan UsualLimit(this ObservationLevel level) =>
        TimeSpan.FromMinutes(
            level switch
            {
                ObservationLevel.Q60 => 60,
                ObservationLevel.Q30 => 30,
                ObservationLevel.Q5 => 5,
                _ => 15,
            }
        );

    /// <summary>The level as it is written everywhere unless a unit has its own word for it.</summary>
    public static string UsualName(this ObservationLevel level) =>
        level switch
        {
            ObservationLevel.LineOfSight => "LOS",
            ObservationLevel.OneToOne => "1:1",
            ObservationLevel.TwoToOne => "2:1",
            _ => level.ToString(),
        };

    /// <summary>Whether a named person must be with the patient at every instant.</summary>
    public static bool IsContinuous(this ObservationLevel level) => level >= ObservationLevel.LineOfSight;
}
