using Handoff.Domain.Kernel;

namespace Handoff.Simulator;

/// <summary>Invents the patients who are admitted. No person of that name and number exists.</summary>
public sealed class Newcomers(Dice dice, string run)
{
    private static readonly string[] Families =
    [
        "Abara",
        "Bianchi",
        "Castillo",
        "Dubois",
        "Eze",
        "Farouk",
        "Grünwald",
        "Hughes",
        "Ishikawa",
        "Jansen",
        "Kaplan",
        "Lopez",
        "Müller",
        "Nakamura",
        "O'Brien",
        "Petrov",
        "Quinn",
        "Reyes",
        "Sørensen",
        "Tran",
        "Underwood",
        "Valdez",
        "Walker",
        "Yeboah",
        "Zhou",
        "al-Sayed",
    ];

    private static readonly (string Given, string Sex)[] Givens =
    [
        ("Adaeze", "F"),
        ("Ben", "M"),
        ("Clara", "F"),
        ("Dmitri", "M"),
        ("Emiko", "F"),
        ("Femi", "M"),
        ("Gloria", "F"),
        ("Hassan", "M"),
        ("Inés", "F"),
        ("Jonas", "M"),
        ("Keisha", "F"),
        ("Leo", "M"),
        ("Mai", "F"),
        ("Nikhil", "M"),
        ("Olga", "F"),
        ("Pablo", "M"),
        ("Rosa", "F"),
        ("Sven", "M"),
        ("Tala", "F"),
        ("Wei", "M"),
    ];

    /// <summary>Who arrives in a slot; the number is this run's own.</summary>
    public Movement Arrives(long slot)
    {
        var about = slot.ToString();
        var (given, sex) = dice.OneOf(Givens, "given", about);
        var born = new DateOnly(1948, 1, 1).AddDays((int)(dice.Roll("born", about) * 365 * 58));
        return new(Number(about), dice.OneOf(Families, "family", about), given) { Born = born, Sex = sex };
    }

    private string Number(string about) =>
        "S"
        + (BitConverter.ToUInt64(NamedId.From("simulated patient", run, about).ToByteArray(), 0) % 10_000_000_000).ToString("0000000000");
}
