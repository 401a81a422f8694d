using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Timeline;

namespace Handoff.Domain.Boards;

/// <summary>What somebody who comes on needs of the patients they have or are to have: what changed since they last worked, and what is due soon.</summary>
/// <param name="Worked">When they last went off a shift of the unit; null if that was longer ago than <see cref="Remembered"/>, or never.</param>
/// <param name="Since">From when on changes are told: from <paramref name="Worked"/>, else of the last <see cref="Otherwise"/>.</param>
/// <param name="IsWhole">Nobody is theirs, so it is the whole unit.</param>
/// <param name="Due">What is due within <see cref="Soon"/> or overdue, by time; the checks stand on the cards.</param>
public sealed record MyPatients(
    string Unit,
    DateTimeOffset AsOf,
    long Position,
    DateTimeOffset? Worked,
    DateTimeOffset Since,
    bool IsWhole,
    IReadOnlyList<MyPatient> Patients,
    IReadOnlyList<DueSoon> Due
)
{
    /// <summary>Shifts are looked at so far back.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromDays(14);

    public static readonly TimeSpan Otherwise = TimeSpan.FromHours(72);

    public static readonly TimeSpan Soon = TimeSpan.FromHours(2);

    /// <summary>When somebody went off before the shift on which they are now; if nobody said so, when that shift ended.</summary>
    public static DateTimeOffset? LastWorked(string person, IEnumerable<Shift> shifts, DateTimeOffset now) =>
        shifts
            .SelectMany(shift => shift.People.Where(p => p.Who.Id == person).Select(p => p.Until ?? shift.Ends))
            .Where(until => until < now)
            .Select(until => (DateTimeOffset?)until)
            .Max();
}

/// <param name="IsComing">Assigned to them and not accepted yet.</param>
/// <param name="Changes">How many entries of note were recorded since they last worked.</param>
/// <param name="Latest">The latest of them, newest first; what is counted is one line.</param>
/// <param name="Unread">How many of them were recorded since they last opened the record.</param>
/// <param name="Opened">When that was; null for not within the days that are told.</param>
public sealed record MyPatient(
    BoardCard Card,
    bool IsComing,
    int Changes,
    IReadOnlyList<ChangeLine> Latest,
    int Unread,
    DateTimeOffset? Opened
)
{
    public const int Told = 5;

    public static MyPatient Of(BoardCard card, string person, History history, DateTimeOffset since, DateTimeOffset? opened, UnitTime time)
    {
        var changes = history.StandingSince(since).Where(f => ChangeLine.IsChange(f.Recorded, time)).ToList();
        return new(
            card,
            card.Care?.NextId == person && card.Care.ResponsibleId != person,
            changes.Count,
            [.. ChangeLine.Of(changes, opened, time).Take(Told)],
            changes.Count(f => !(f.Recorded.At <= opened)),
            opened
        );
    }
}

/// <summary>Something that changed.</summary>
/// <param name="Times">How often, for what is counted, such as limits that passed without a check; the line tells the latest.</param>
/// <param name="IsNew">Recorded since the reader last opened the record.</param>
public sealed record ChangeLine(Guid Id, long Position, DateTimeOffset At, string Words, string By, int Times, bool IsNew)
{
    /// <summary>What a hand-over would tell, and what stands out by itself; not what the hand-over itself records.</summary>
    public static bool IsChange(Recorded fact, UnitTime time) =>
        HandoffFacts.IsTold(fact.Stream, fact.Event)
        && (fact.Event.Gravity() >= Gravity.Notable || fact.Event.ForHandoff(time) is not null);

    /// <param name="changes">Newest first.</param>
    public static IEnumerable<ChangeLine> Of(IEnumerable<Fact> changes, DateTimeOffset? opened, UnitTime time) =>
        from same in changes.GroupBy(f =>
            f.Recorded.Event.ForHandoff(time) is { Weight: Weight.Counted, Topic: { } topic } ? topic : f.Recorded.Id.ToString()
        )
        let latest = same.First()
        let told = latest.Recorded
        select new ChangeLine(
            told.Id,
            latest.Position,
            time.Local(told.Event.OccurredAt),
            told.Event.Sentence(time),
            told.By.Name,
            same.Count(),
            !(told.At <= opened)
        );
}

/// <summary>Something that has a time: of a patient, or of the unit.</summary>
/// <param name="Link">Where it is done.</param>
public sealed record DueSoon(DateTimeOffset At, Guid? Stay, string Words, string Link)
{
    /// <summary>All that has a time before <paramref name="until"/>, by time.</summary>
    /// <param name="states">Everything that is known of the unit.</param>
    /// <param name="cards">The patients who are asked about.</param>
    public static List<DueSoon> Of(
        IReadOnlyCollection<State> states,
        IReadOnlyCollection<BoardCard> cards,
        UnitTime time,
        DateTimeOffset until
    )
    {
        var asked = cards.Select(c => c.Stay).ToHashSet();
        return
        [
            .. states
                .SelectMany(s => s.OpenLoops())
                .Where(l => l.Stay is { } stay && asked.Contains(stay) && l.Due <= until)
                .Select(l => new DueSoon(time.Local(l.Due!.Value), l.Stay, l.Words, l.Link))
                .Concat(cards.SelectMany(card => OfCard(card, time, until)))
                .Concat(Groups(states.OfType<Group>(), time, until))
                .DistinctBy(d => (d.At, d.Stay, d.Words))
                .OrderBy(d => d.At)
                .ThenBy(d => d.Words, StringComparer.Ordinal),
        ];
    }

    private static IEnumerable<DueSoon> OfCard(BoardCard card, UnitTime time, DateTimeOffset until)
    {
        var page = $"/stays/{card.Stay}";
        if (card.LevelUntil <= until)
        {
            yield return new(time.Local(card.LevelUntil.Value), card.Stay, $"order for {card.LevelName} runs out", $"{page}/level");
        }

        // Whoever is late is an open point already.
        if (card.Away is { IsOverdue: false } && card.Away.ExpectedReturn <= until)
        {
            yield return new(time.Local(card.Away.ExpectedReturn.Value), card.Stay, $"expected back: {card.Away.Reason}", page);
        }

        foreach (var precaution in card.Status?.Precautions.Where(p => p.ReviewBy <= until && !p.IsReviewOverdue) ?? [])
        {
            yield return new(time.Local(precaution.ReviewBy), card.Stay, $"review {precaution.Words} precautions", page);
        }
    }

    // A group that has begun is on; it is not due any more.
    private static IEnumerable<DueSoon> Groups(IEnumerable<Group> groups, UnitTime time, DateTimeOffset until) =>
        groups
            .Where(g => g.Starts <= until && g.StartedAt is null && !g.IsCancelled() && g.Ends > until - MyPatients.Soon)
            .Select(g => new DueSoon(
                time.Local(g.Starts),
                null,
                $"group: {g.Topic}{(g.Room is { } room ? $", {room}" : "")}",
                $"/units/{g.Unit}/groups/{g.Id}"
            ));
}
