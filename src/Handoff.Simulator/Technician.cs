using Handoff.Domain.Observations;

namespace Handoff.Simulator;

/// <summary>One of the people on the floor, with their habits.</summary>
/// <param name="Walks">How long from one walk through the unit to the next, about; they pass more often by those who are watched more
/// closely.</param>
/// <param name="Heed">How often they go for a patient whose limit would pass before their next walk.</param>
/// <param name="Enters">They write down what they saw within this time; zero is on the spot.</param>
/// <param name="Forgets">How often a patient slips through in a quiet hour.</param>
public sealed record Technician(string Name, TimeSpan Walks, double Heed, TimeSpan Enters, double Forgets, EvidenceGrade Evidence)
{
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(15);

    private static readonly Technician[] All =
    [
        new("steady", TimeSpan.FromMinutes(4), 0.98, TimeSpan.Zero, 0.001, EvidenceGrade.Nfc),
        new("thorough", TimeSpan.FromMinutes(3), 0.97, TimeSpan.Zero, 0.001, EvidenceGrade.Ble),
        new("hurried", TimeSpan.FromMinutes(6), 0.85, TimeSpan.FromMinutes(1), 0.006, EvidenceGrade.None),
        new("batching", TimeSpan.FromMinutes(4), 0.94, TimeSpan.FromMinutes(3), 0.003, EvidenceGrade.Qr),
        new("new", TimeSpan.FromMinutes(5), 0.9, TimeSpan.FromMinutes(2), 0.008, EvidenceGrade.Nfc),
        new("floating", TimeSpan.FromMinutes(5), 0.92, TimeSpan.FromMinutes(1), 0.004, EvidenceGrade.None),
    ];

    /// <summary>Who has a bed on a shift: two to four people share the unit, and every shift they are others.</summary>
    public static Technician For(Dice dice, string shift, string bed, int patients)
    {
        var on = All.OrderBy(t => dice.Roll("on", shift, t.Name)).Take(Math.Clamp((patients + 7) / 8, 2, 4)).ToArray();
        return dice.OneOf(on, "assigned", shift, bed);
    }

    /// <summary>Their next walk at or after a moment, past those who are watched that closely. Walks are not on a grid.</summary>
    public DateTimeOffset NextWalk(Dice dice, DateTimeOffset from, TimeSpan limit)
    {
        var every = limit < Usual ? Walks * (limit / Usual) : Walks;
        for (var nth = from.UtcTicks / every.Ticks; ; nth++)
        {
            var walk = new DateTimeOffset(nth * every.Ticks, TimeSpan.Zero) + every * 0.8 * dice.Roll("walk", Name, nth.ToString());
            if (walk >= from)
            {
                return walk;
            }
        }
    }
}
