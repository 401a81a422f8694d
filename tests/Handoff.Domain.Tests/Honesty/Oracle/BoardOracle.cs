using Handoff.Domain.Boards;
using Handoff.Domain.Escalations;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Honesty;

/// <summary>Compares what a unit's board says with what the raw events bear out.</summary>
internal sealed class BoardOracle(RawLog log, string unit, DateTimeOffset now)
{
    /// <summary>Every statement of the board that the events don't bear out, and what they say that is missing on it.</summary>
    public IEnumerable<Fault> Faults(Board board)
    {
        var there = log.Stays.Where(s => log.Patient(s).Place()?.Unit == unit).ToHashSet();
        return Census(board, there)
            .About(Area.Place)
            .Concat(board.Cards.Where(c => there.Contains(c.Stay)).SelectMany(Card))
            .Concat(Incidents(board).About(Area.Loops));
    }

    private IEnumerable<Fault> Card(BoardCard card)
    {
        var patient = log.Patient(card.Stay);
        return Bed(card, patient)
            .Concat(Away(card, patient))
            .About(Area.Place)
            .Concat(Seen(card, patient).About(Area.LastSeen))
            .Concat(Clock(card, patient).About(Area.Gap))
            .Concat(PutOff(card, patient).About(Area.HiddenGap))
            .Concat(Level(card, patient).About(Area.Level))
            .Concat(Responsible(card, patient).About(Area.Responsible))
            .Concat(Open(card).About(Area.Loops))
            .Concat(Sleep(card, patient).About(Area.Sleep))
            .Select(fault => fault with { Words = $"board, {card.Name}: {fault.Words}" });
    }

    private IEnumerable<string> Census(Board board, HashSet<Guid> there) =>
        [
            .. there.Except(board.Cards.Select(c => c.Stay)).Select(stay => $"{stay} is on {unit} and has no card"),
            .. board.Cards.Where(c => !there.Contains(c.Stay)).Select(card => $"{card.Name} is not on {unit} and has a card"),
        ];

    private IEnumerable<string> Incidents(Board board)
    {
        var going = RawIncident.GoingOn(log).Where(i => i.Unit == unit).Select(i => i.Id).Order().ToList();
        return going.SequenceEqual(board.Incidents.Select(i => i.Id).Order())
            ? []
            : [$"board: {board.Incidents.Count} incidents go on, by the log {going.Count}"];
    }

    // Last seen where, when and by whom. A look that was taken back is none; after a look at a sleeper whose breathing was not seen, either
    // may be named, as what it is.
    private static IEnumerable<string> Seen(BoardCard card, RawPatient patient)
    {
        var last = patient.Checks is [.., var latest] ? latest : null;
        var sighting = patient.Sightings.LastOrDefault();
        if (card.LastSeen is not { } said)
        {
            if (sighting is not null)
            {
                yield return $"never seen, but there is a sighting of {sighting.At:HH:mm}";
            }

            yield break;
        }

        if (new[] { last, sighting }.FirstOrDefault(c => c?.Id == said.Check) is not { } check && !Same(said, last, sighting, out check))
        {
            yield return $"last seen {said.At:HH:mm} is not the last look that stands ({last?.At:HH:mm})";
            yield break;
        }

        if (
            said.At != check!.At
            || said.Place != check.Said.Place
            || said.IsAsleep != check.Said.IsAsleep
            || said.BreathingSeen != check.Said.BreathingSeen
            || (said.By is not null && said.By != check.By)
        )
        {
            yield return $"last seen reads {said.At:HH:mm} {said.Place} by {said.By}, the entry {check.At:HH:mm} "
                + $"{check.Said.Place} by {check.By}";
        }
    }

    // Two looks of the same instant: which is the later one is not to be told.
    private static bool Same(LastSeen said, RawCheck? last, RawCheck? sighting, out RawCheck? check) =>
        (
            check = new[] { last, sighting }.FirstOrDefault(c =>
                c?.At == said.At && c.Said.Place == said.Place && c.Said.IsAsleep == said.IsAsleep
            )
        )
            is not null;

    private IEnumerable<string> Away(BoardCard card, RawPatient patient)
    {
        var (leave, pause) = (patient.Leave(), patient.Pause());
        if ((leave is not null || pause is not null) != card.Away is not null)
        {
            yield return card.Away is { } away
                ? $"away ({away.Reason}), but nothing says so"
                : $"here, but away by the log ({leave?.Kind.Words() ?? pause?.Reason})";
        }
        else if (
            card.Away is { } said
            && (
                said.ExpectedReturn != (leave is null ? pause!.ExpectedReturn : leave.ExpectedReturn)
                || said.IsOverdue != (said.ExpectedReturn <= now)
            )
        )
        {
            yield return $"expected back {said.ExpectedReturn:HH:mm}, by the log "
                + $"{(leave is null ? pause!.ExpectedReturn : leave.ExpectedReturn):HH:mm}";
        }
    }

    private IEnumerable<string> Clock(BoardCard card, RawPatient patient)
    {
        if (patient.Clock.MustBy is not { } by || patient.Clock.From is not { } from || card.Away is not null)
        {
            if (card.Limit is not null && card.Away is null)
            {
                yield return $"to be seen by {card.Limit:HH:mm}, but nobody has to look";
            }

            yield break;
        }

        if (card.Limit is not { } limit)
        {
            yield return $"no limit, but somebody must look by {by:HH:mm:ss}";
            yield break;
        }

        // Never said to have passed before the patient was really unseen for so long.
        if (limit < from + patient.Clock.Limit && limit < by)
        {
            yield return $"to be seen by {limit:HH:mm:ss}, but seen at {from:HH:mm:ss} under a limit of "
                + $"{patient.Clock.Limit.TotalMinutes} min";
        }

        if (card.IsOverdue != limit <= now)
        {
            yield return $"overdue: {card.IsOverdue}, limit {limit:HH:mm:ss}";
        }

        if (card.Missed > 0 && now < from + patient.Clock.Limit && now < by)
        {
            yield return $"{card.Missed} limits passed, but seen at {from:HH:mm:ss}";
        }

        if (card.Missed == 0 && limit <= now)
        {
            yield return $"no limit passed, but nobody looked by {limit:HH:mm:ss}";
        }
    }

    private static IEnumerable<string> PutOff(BoardCard card, RawPatient patient) =>
        card is { Away: null, Limit: { } limit } && patient.Clock is { MustBy: { } by, From: { } from } && limit > by
            ? [$"to be seen by {limit:HH:mm:ss}, but by the log by {by:HH:mm:ss} (unseen since {from:HH:mm:ss})"]
            : [];

    private static IEnumerable<string> Bed(BoardCard card, RawPatient patient) =>
        patient.Place() is var place && (card.Unit, card.Bed) == (place!.Unit, place.Bed)
            ? []
            : [$"in {card.Unit} {card.Bed}, by the log in {place!.Unit} {place.Bed}"];

    private static IEnumerable<string> Level(BoardCard card, RawPatient patient) =>
        patient.Level() is var level
        && (card.Level, card.LevelName, card.LimitMinutes, card.LevelUntil) == (level?.Level, level?.Name, level?.Minutes, level?.Until)
            ? []
            : [$"level {card.LevelName} until {card.LevelUntil:HH:mm}, by the log {level?.Name} until {level?.Until:HH:mm}"];

    private static IEnumerable<string> Responsible(BoardCard card, RawPatient patient) =>
        patient.Responsible() is var who && card.Care?.ResponsibleId == who?.Id
            ? []
            : [$"{card.Care?.Responsible} is responsible, by the log {who?.Name}"];

    private IEnumerable<string> Open(BoardCard card)
    {
        var unheard = log.OfKind("escalation")
            .Count(c => c.Any(r => r.Event is ConcernEscalated e && e.Stay == card.Stay) && !c.Any(r => r.Event is EscalationAcknowledged));
        if ((card.Concern?.Number ?? 0) != unheard)
        {
            yield return $"{card.Concern?.Number ?? 0} concerns unanswered, by the log {unheard}";
        }

        var incident = RawIncident.GoingOn(log).Any(i => i.Unit == unit && i.Stays.Contains(card.Stay));
        if (card.Incident is not null != incident)
        {
            yield return incident ? "in an incident by the log" : "in an incident, but not by the log";
        }
    }

    // Few hours of sleep are told; what is not known is not.
    private IEnumerable<string> Sleep(BoardCard card, RawPatient patient)
    {
        var time = UnitTime.In(Zone());
        var evening = DateOnly
            .FromDateTime(time.Local(now).DateTime)
            .AddDays(TimeOnly.FromDateTime(time.Local(now).DateTime) >= new TimeOnly(6, 0) ? -1 : -2);
        var sleep = new RawSleep(patient);
        var (least, most) = (sleep.Night(evening, time, most: false), sleep.Night(evening, time, most: true));
        if (card.Status?.SleptHours is { } said)
        {
            if (said * 3600 < least.Asleep - 180 || said * 3600 > most.Asleep + 180 || most.Seen < 8 * 3600)
            {
                yield return $"slept {said} h, by the log {least.Asleep / 3600:0.00} to {most.Asleep / 3600:0.00} h of "
                    + $"{most.Seen / 3600:0.0} h known";
            }
        }
        else if (least.Seen >= 8 * 3600 && most.Asleep < 5 * 3600)
        {
            yield return $"sleep not told, by the log at most {most.Asleep / 3600:0.00} h of {least.Seen / 3600:0.0} h known";
        }
    }

    private string? Zone() => log.On($"unit-{unit}").Select(r => (r.Event as UnitOpened)?.Zone).LastOrDefault(z => z is not null);
}
