using Handoff.Domain.Boards;
using Handoff.Domain.Observations;

namespace Handoff.Simulator;

/// <summary>The technicians' rounds: whom they look at by now, and what they write.</summary>
public sealed class Rounds(Dice dice, Ward ward, Tempo tempo, string run)
{
    private const double Skips = 0.01,
        LateEntries = 0.012;

    private static readonly string[] Reasons =
    [
        "Behind a closed door with the physician",
        "In the shower, answered when called",
        "At the phone with their lawyer, staff at the door",
    ];

    private static readonly TimeSpan CatchUp = TimeSpan.FromMinutes(10);

    public IEnumerable<Charted> Due(Board board, DateTimeOffset now, DateTimeOffset until) =>
        from card in board.Cards
        let window = Window.ForCard(card, tempo)
        where window?.Asks <= until
        let look = Plan(card, window, board.Cards.Count).Unless(now)
        where look.Begins <= until
        select look.Entered <= until
            ? Check(card, window, look, Later(look.Entered, now))
            : Skip(card, window, look, Later(look.Begins, now)) into deed
        where deed is not null
        select deed;

    private Look Plan(BoardCard card, Window window, int patients)
    {
        var local = ward.Time.Local(window.Asks);
        var who = Technician.For(dice, ward.Changes.On(local), card.Bed ?? card.Mrn ?? "", patients);
        var seen = Goes(who, window, ward.Changes.IsUnrest(local));
        var reason = dice.Happens(Skips, "skips", window.Id) ? dice.OneOf(Reasons, "reason", window.Id) : null;
        var found = reason is null ? seen : seen + dice.Between(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(4), "again", window.Id);
        var isLate = dice.Happens(LateEntries, "late entry", window.Id);
        var delay = isLate
            ? dice.Between(TimeSpan.FromMinutes(16), TimeSpan.FromMinutes(28), "delay", window.Id)
            : Shorter(who.Enters, window.Limit - found) * dice.Roll("delay", window.Id);
        return new(who, seen, found, found + delay, reason, isLate);
    }

    // Who saw the patient in time writes it down in time.
    private static TimeSpan Shorter(TimeSpan usual, TimeSpan left) => left > TimeSpan.Zero && left * 0.8 < usual ? left * 0.8 : usual;

    // On the next walk through the unit; sooner for one whose limit would pass, unless nobody heeds it; after the limit for one who is
    // forgotten.
    private DateTimeOffset Goes(Technician who, Window window, bool isUnrest)
    {
        var goes = who.NextWalk(dice, window.Asks, window.Length) + window.Length * 0.1 * dice.Roll("corridor", window.Id);
        if (goes >= window.Limit && dice.Happens(isUnrest ? who.Heed * 0.7 : who.Heed, "heeds", window.Id))
        {
            goes = window.Asks + (window.Limit - window.Asks) * 0.8 * dice.Roll("sooner", window.Id);
        }

        if (dice.Happens(isUnrest ? who.Forgets * 6 : who.Forgets, "forgets", window.Id))
        {
            goes = window.Limit + window.Length * 0.6 * dice.Roll("remembers", window.Id);
        }

        // What was due before the run began is caught up with, not all in the first second.
        return goes >= tempo.Start ? goes : tempo.Start + CatchUp * dice.Roll("catches up", window.Id);
    }

    private Charted Check(BoardCard card, Window window, Look look, DateTimeOffset when)
    {
        var found = ward.Time.Local(look.Found);
        var seen = Rhythm.Seen(
            dice,
            TimeOnly.FromTimeSpan(found.TimeOfDay),
            window.Id,
            look.Who.Evidence,
            Rhythm.IsBadNight(dice, card.Stay, found)
        );
        return new(
            DeedKind.Check,
            when,
            $"{run} check {window.Id}",
            Device(look.Who),
            seen with
            {
                Key = card.Stay.ToString(),
                At = look.Entered > look.Found ? tempo.Wall(look.Found) : null,
            },
            window.Passed(when),
            look.IsLateEntry
        );
    }

    private Charted? Skip(BoardCard card, Window window, Look look, DateTimeOffset when) =>
        look.Reason is { } reason
            ? new(DeedKind.Skip, when, $"{run} skip {window.Id}", Device(look.Who), new SkipCheck(reason) { Key = card.Stay.ToString() })
            : null;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private string Device(Technician who) => $"Simulated tablet, {ward.Unit}, {who.Name}";

    /// <param name="Begins">When the technician comes by.</param>
    /// <param name="Found">When the patient is seen: later if the first try was skipped for the <paramref name="Reason"/>.</param>
    /// <param name="Entered">When it is written down.</param>
    private sealed record Look(
        Technician Who,
        DateTimeOffset Begins,
        DateTimeOffset Found,
        DateTimeOffset Entered,
        string? Reason,
        bool IsLateEntry
    )
    {
        private static readonly TimeSpan Slack = TimeSpan.FromMinutes(2);

        // If the service was away when it should have been written, nobody claims to have looked then: they look now.
        public Look Unless(DateTimeOffset now) =>
            Entered < now - Slack ? this with { Found = now, Entered = now, IsLateEntry = false } : this;
    }
}
