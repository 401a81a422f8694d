using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>
/// The window of one patient's checks, reckoned again from the beginning with the sightings that stand. What was decided at the time (an
/// order, a return from a
/// pause) was decided with sightings that may since have been struck.
/// </summary>
/// <param name="Due">By when somebody must look; null while checks are paused or over.</param>
/// <param name="Stood">The window that a pause will go on with.</param>
/// <param name="Since">The last sighting, or when the checks began.</param>
internal sealed record WindowReplay(
    DueWindow? Due = null,
    DueWindow? Stood = null,
    DateTimeOffset? PausedAt = null,
    DateTimeOffset? Since = null,
    ObservationLevel Level = default,
    TimeSpan Limit = default
)
{
    public static WindowReplay FromTurns(IEnumerable<Turn> turns, IEnumerable<Entered> sightings) =>
        Steps(turns, sightings).Aggregate(new WindowReplay(), (replay, step) => replay.After(step));

    /// <summary>The same turns, each with the window that it would have set.</summary>
    public static IEnumerable<Turn> Anew(IReadOnlyList<Turn> turns, IEnumerable<Entered> sightings)
    {
        var replay = new WindowReplay();
        var windows = new Dictionary<Turn, DueWindow?>(ReferenceEqualityComparer.Instance);
        foreach (var step in Steps(turns, sightings))
        {
            replay = replay.After(step);
            if (step.Turn is { } turn)
            {
                windows[turn] = replay.Due;
            }
        }

        return turns.Select(turn => turn with { Due = windows[turn] });
    }

    private WindowReplay After((Turn? Turn, Entered? Seen) step) =>
        step switch
        {
            { Seen: { } seen } when Due is not null => this with { Due = DueWindow.By(seen.Due.Asks, seen.At + Limit), Since = seen.At },
            { Turn: { } turn } => Turned(turn),
            _ => this,
        };

    private WindowReplay Turned(Turn turn) =>
        turn.Kind switch
        {
            TurnKind.Began => new(
                turn.Due,
                Since: turn.At,
                Level: turn.Level!.Value,
                Limit: TimeSpan.FromMinutes(turn.LimitMinutes!.Value)
            ),
            TurnKind.Ordered or TurnKind.Moved => Under(turn.Level ?? Level, turn),
            TurnKind.Paused => this with { Due = null, Stood = Due ?? Stood, PausedAt = PausedAt ?? turn.At },
            TurnKind.Resumed when PausedAt is { } since => this with
            {
                Due = DueWindow.Resumed(Stood, since, turn.At, Limit),
                Stood = null,
                PausedAt = null,
            },
            TurnKind.Ended => this with { Due = null, Stood = null, PausedAt = null },
            _ => this,
        };

    private WindowReplay Under(ObservationLevel level, Turn turn)
    {
        var minutes = turn.LimitMinutes ?? (int)Limit.TotalMinutes;
        var before = new Rounding
        {
            Level = Level,
            LimitMinutes = (int)Limit.TotalMinutes,
            BeganLast = Since,
        };
        DueWindow? Reset(DueWindow? stood) => stood is null ? null : before.Under(stood, level, minutes, turn.At);
        return this with { Due = Reset(Due), Stood = Reset(Stood), Level = level, Limit = TimeSpan.FromMinutes(minutes) };
    }

    // An absence that is said to lie before a sighting counts from it, so after it.
    private static IEnumerable<(Turn? Turn, Entered? Seen)> Steps(IEnumerable<Turn> turns, IEnumerable<Entered> sightings) =>
        turns
            .Select(t => (t.At, Turn: (Turn?)t, Seen: (Entered?)null))
            .Concat(sightings.Select(s => (s.At, Turn: (Turn?)null, Seen: (Entered?)s)))
            .OrderBy(s => s.At)
            .ThenBy(s => s.Turn?.Kind is TurnKind.Paused or TurnKind.Ended)
            .Select(s => (s.Turn, s.Seen));
}
