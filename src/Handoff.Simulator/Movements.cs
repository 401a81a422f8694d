using Handoff.Domain.Boards;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Simulator;

/// <summary>
/// Who comes, goes and changes beds, and whose level is raised. Time is cut into slots of five minutes; in each slot each of these happens
/// or not.
/// Slots are of elapsed time and chances follow the unit's clock, so a day on which the clocks change has 23 or 25 hours of them.
/// </summary>
public sealed class Movements(Dice dice, Ward ward, Tempo tempo, string run)
{
    private const int SlotsInHour = 12;
    private const double MostAway = 0.15;

    private static readonly TimeSpan Slot = TimeSpan.FromHours(1) / SlotsInHour;
    private static readonly string[] Reasons =
    [
        "Shouted at another patient and threw a cup",
        "Said that nothing matters any more",
        "Found with a torn sheet",
        "Pacing at the exit, tried the door",
    ];
    private static readonly string[] LeaveWords = [.. Enum.GetValues<LeaveKind>().Select(k => k.Words())];

    private readonly Newcomers newcomers = new(dice, run);

    /// <returns>The deeds, and the stays that they are about.</returns>
    public (IReadOnlyList<Deed> Deeds, IReadOnlySet<Guid> Touched) Between(Board board, DateTimeOffset after, DateTimeOffset until)
    {
        var floor = new Floor(board, ward);
        var deeds = Returns(floor, until).ToList();
        for (var slot = after.UtcTicks / Slot.Ticks; slot <= until.UtcTicks / Slot.Ticks; slot++)
        {
            deeds.AddRange(In(slot, after, until).Select(h => Happen(h.Kind, slot, h.At, floor)).OfType<Deed>());
        }

        return (deeds, floor.Touched);
    }

    private IEnumerable<(DeedKind Kind, DateTimeOffset At)> In(long slot, DateTimeOffset after, DateTimeOffset until) =>
        from kind in new[] { DeedKind.Discharge, DeedKind.Transfer, DeedKind.LeaveOut, DeedKind.Raise, DeedKind.Admit }
        let at = new DateTimeOffset(slot * Slot.Ticks, TimeSpan.Zero) + Slot * dice.Roll("moment", kind.ToString(), slot.ToString())
        where at > after && at <= until
        select (kind, at);

    private Deed? Happen(DeedKind kind, long slot, DateTimeOffset at, Floor floor)
    {
        var hour = ward.Time.Local(at).Hour;
        return !dice.Happens(Chance(kind, hour, floor), "happens", kind.ToString(), slot.ToString())
            ? null
            : kind switch
            {
                DeedKind.Admit => Admit(slot, at, floor),
                DeedKind.Discharge => Pick(kind, slot, floor, floor.Settled) is { } card
                    ? Told(kind, "A03", slot.ToString(), card, at)
                    : null,
                DeedKind.Transfer => Transfer(slot, at, floor),
                DeedKind.LeaveOut => Leave(slot, at, floor),
                _ => Raise(slot, at, floor),
            };
    }

    // How likely it is in one slot: so many a day, spread over the hours in which a ward does it.
    private double Chance(DeedKind kind, int hour, Floor floor) =>
        kind switch
        {
            DeedKind.Admit => floor.Missing switch
            {
                <= 0 => 0,
                > 2 => 0.8,
                _ => Spread(Math.Max(1, ward.Beds.Count / 8.0), 10, 22, hour) + Spread(0.5, 0, 24, hour),
            },
            DeedKind.Discharge when floor.Census < ward.Patients * 0.6 => 0,
            DeedKind.Discharge => Spread(floor.Census / 9.0, 10, 16, hour),
            DeedKind.Transfer => Spread(ward.Beds.Count / 10.0, 9, 20, hour),
            DeedKind.LeaveOut when floor.Away >= Math.Max(1, floor.Census * MostAway) => 0,
            DeedKind.LeaveOut => Spread(floor.Census / 4.0, 9, 18, hour),
            _ when floor.Close > floor.Census / 6 => 0,
            _ => Spread(floor.Census / 10.0, 8, 23, hour),
        };

    private static double Spread(double perDay, int from, int to, int hour) =>
        hour >= from && hour < to ? perDay / ((to - from) * SlotsInHour) : 0;

    private Announced? Admit(long slot, DateTimeOffset at, Floor floor)
    {
        if (floor.FreeBeds is not [_, ..] free)
        {
            return null;
        }

        var bed = dice.OneOf(free, "bed", slot.ToString());
        floor.Arrive(bed);
        return Announce(DeedKind.Admit, slot.ToString(), newcomers.Arrives(slot) with { Trigger = "A01", Unit = ward.Unit, Bed = bed }, at);
    }

    private Announced? Transfer(long slot, DateTimeOffset at, Floor floor)
    {
        if (floor.FreeBeds is not [_, ..] free || Pick(DeedKind.Transfer, slot, floor, floor.Here) is not { } card)
        {
            return null;
        }

        var bed = dice.OneOf(free, "bed", slot.ToString());
        floor.Fill(bed);
        return Announce(
            DeedKind.Transfer,
            slot.ToString(),
            Movement.ForCard(card, ward.Unit) with
            {
                Trigger = "A02",
                Bed = bed,
                FromBed = card.Bed,
            },
            at
        );
    }

    private Announced? Leave(long slot, DateTimeOffset at, Floor floor)
    {
        if (Pick(DeedKind.LeaveOut, slot, floor, floor.Settled) is not { } card)
        {
            return null;
        }

        var returns = at + dice.Between(TimeSpan.FromMinutes(40), TimeSpan.FromHours(4), "leave", slot.ToString());
        return Announce(
            DeedKind.LeaveOut,
            slot.ToString(),
            Movement.ForCard(card, ward.Unit) with
            {
                Trigger = "A21",
                Returns = tempo.Wall(returns),
            },
            at
        );
    }

    private Charted? Raise(long slot, DateTimeOffset at, Floor floor) =>
        Pick(DeedKind.Raise, slot, floor, floor.Settled) is not { Level: { } level } card
            ? null
            : new(
                DeedKind.Raise,
                at,
                $"{run} raise {slot}",
                $"Simulated workstation, {ward.Unit}",
                new OrderLevel(
                    level < ObservationLevel.Q15 ? ObservationLevel.Q15 : ObservationLevel.Q5,
                    dice.OneOf(Reasons, "reason", slot.ToString())
                )
                {
                    Key = card.Stay.ToString(),
                }
            );

    // Most come back before the hour that was said, some after it. A pause that is no leave is ended by who began it.
    private IEnumerable<Deed> Returns(Floor floor, DateTimeOffset now)
    {
        var back =
            from card in floor.Cards
            where card.Away is { } away && LeaveWords.Contains(away.Reason) && ComesBack(card, away) <= tempo.Wall(now)
            select card;
        foreach (var card in back)
        {
            floor.Touched.Add(card.Stay);
            yield return Told(DeedKind.LeaveBack, "A22", $"{card.Stay:N} {card.Away!.Since.UtcTicks}", card, now);
        }
    }

    private DateTimeOffset ComesBack(BoardCard card, Away away)
    {
        var leave = $"{card.Stay:N} {away.Since.UtcTicks}";
        var said = away.ExpectedReturn ?? away.Since + TimeSpan.FromHours(2) / tempo.Speed;
        return dice.Happens(0.2, "comes late", leave)
            ? said + dice.Between(TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(50), "late by", leave) / tempo.Speed
            : said - (said - away.Since) * 0.2 * dice.Roll("early by", leave);
    }

    private BoardCard? Pick(DeedKind kind, long slot, Floor floor, IEnumerable<BoardCard> from)
    {
        if (from.Where(c => !floor.Touched.Contains(c.Stay)).OrderBy(c => c.Stay).ToList() is not [_, ..] cards)
        {
            return null;
        }

        var card = dice.OneOf(cards, "whom", kind.ToString(), slot.ToString());
        floor.Touched.Add(card.Stay);
        return card;
    }

    private Announced Told(DeedKind kind, string trigger, string about, BoardCard card, DateTimeOffset at) =>
        Announce(kind, about, Movement.ForCard(card, ward.Unit) with { Trigger = trigger }, at);

    private Announced Announce(DeedKind kind, string about, Movement movement, DateTimeOffset at)
    {
        var key = NamedId.From("simulate", run, kind.ToString(), about).ToString("N")[..20];
        return new(kind, at, key, "Simulated feed", movement with { ControlId = key, At = tempo.Wall(at) });
    }
}
