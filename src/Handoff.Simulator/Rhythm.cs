using Handoff.Domain.Observations;

namespace Handoff.Simulator;

/// <summary>Where patients are, whether they sleep and what they do, by the unit's clock. Places are the unit's usual ones.</summary>
public static class Rhythm
{
    private static readonly (string, double)[] AtNight = [("Bathroom", 0.03), ("Hallway", 0.02), ("Nurses' station", 0.01), ("Room", 1)];
    private static readonly (string, double)[] AtMeals = [("Dining room", 0.78), ("Room", 0.12), ("Hallway", 0.06), ("Day room", 1)];
    private static readonly (string, double)[] InTheMorning =
    [
        ("Group room", 0.5),
        ("Room", 0.18),
        ("Day room", 0.16),
        ("Hallway", 0.1),
        ("Quiet room", 1),
    ];
    private static readonly (string, double)[] InTheAfternoon =
    [
        ("Day room", 0.34),
        ("Courtyard", 0.2),
        ("Room", 0.24),
        ("Hallway", 0.14),
        ("Group room", 1),
    ];
    private static readonly (string, double)[] AtOtherTimes =
    [
        ("Day room", 0.42),
        ("Room", 0.36),
        ("Hallway", 0.14),
        ("Bathroom", 0.04),
        ("Nurses' station", 1),
    ];

    private static readonly (Activity, double)[] Usual =
    [
        (Activity.Calm, 0.36),
        (Activity.Talking, 0.24),
        (Activity.Watching, 0.2),
        (Activity.WithStaff, 0.12),
        (Activity.Pacing, 0.03),
        (Activity.Restless, 0.02),
        (Activity.Withdrawn, 0.02),
        (Activity.Tearful, 1),
    ];

    /// <summary>So much of the usual sleep is left in a bad night.</summary>
    private const double OfABadNight = 0.3;

    private const double BadNights = 0.1;

    /// <summary>Whether a patient has a bad night: one in ten, and it is the same all night.</summary>
    public static bool IsBadNight(Dice dice, Guid stay, DateTimeOffset local) =>
        dice.Happens(
            BadNights,
            "bad night",
            stay.ToString(),
            local.AddHours(-12).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)
        );

    /// <summary>How likely somebody is to be asleep.</summary>
    public static double Sleep(TimeOnly at) =>
        at.Hour switch
        {
            23 or < 5 => 0.93,
            22 or 5 => 0.75,
            21 or 6 => 0.3,
            13 or 14 => 0.06,
            _ => 0.01,
        };

    /// <summary>Places with their weights, for somebody who is awake.</summary>
    public static IReadOnlyList<(string Place, double Weight)> Places(TimeOnly at) =>
        at switch
        {
            _ when at.Hour is >= 22 or < 6 => AtNight,
            _ when IsMeal(at) => AtMeals,
            _ when at.Hour is 9 or 10 => InTheMorning,
            _ when at.Hour is >= 13 and < 17 => InTheAfternoon,
            _ => AtOtherTimes,
        };

    /// <summary>What the technician sees of a patient at that time: a sleeping one is seen to breathe.</summary>
    /// <param name="isBadNight">The patient finds little sleep.</param>
    public static RecordCheck Seen(Dice dice, TimeOnly at, string window, EvidenceGrade evidence, bool isBadNight)
    {
        var isAsleep = dice.Happens(Sleep(at) * (isBadNight ? OfABadNight : 1), "asleep", window);
        var place = isAsleep ? "Room" : dice.Weighed(Places(at), "place", window);
        return new(place, isAsleep, isAsleep ? true : null, isAsleep ? null : Doing(dice, place, window), evidence);
    }

    private static Activity Doing(Dice dice, string place, string window) =>
        place switch
        {
            "Dining room" => Activity.Eating,
            "Group room" => Activity.InGroup,
            "Bathroom" => dice.OneOf([Activity.Toileting, Activity.Bathing], "bathroom", window),
            _ => dice.Weighed(Usual, "activity", window),
        };

    private static bool IsMeal(TimeOnly at) =>
        at.IsBetween(new(7, 30), new(8, 30)) || at.IsBetween(new(12, 0), new(13, 0)) || at.IsBetween(new(17, 30), new(18, 30));
}
