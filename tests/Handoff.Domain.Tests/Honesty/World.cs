using System.Reflection;
using Handoff.Domain.Boards;
using Handoff.Domain.Escalations;
using Handoff.Domain.Groups;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Tasks;
using Handoff.Domain.Timeline;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tests.Honesty;

/// <summary>
/// Two units on which time goes by: what falls due is said at its moment, what follows from an event follows at once, as the service does
/// it. And what the
/// product says of it: the same projections as behind its pages.
/// </summary>
internal sealed class World
{
    public const string Zone = "America/Chicago";

    public static readonly UnitTime Time = UnitTime.In(Zone);

    private static readonly List<Reaction> Reactions =
    [
        .. typeof(Reaction)
            .Assembly.GetTypes()
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static))
            .Where(f => f.FieldType == typeof(Reaction))
            .Select(f => (Reaction)f.GetValue(null)!),
    ];

    private readonly List<Fact> facts = [];
    private int reacted;

    public World(DateTimeOffset start)
    {
        Now = start;
        foreach (var unit in (string[])[Ward.West, Ward.East])
        {
            Ward.Record("unit-" + unit, start, new UnitOpened(start, unit, Zone), new BedsSet(start, ["1", "2", "3", "4"]));
        }
    }

    public Ward Ward { get; } = new();

    public DateTimeOffset Now { get; private set; }

    /// <summary>While the service is down nothing falls due; it is said when it is up again.</summary>
    public bool IsDown { get; set; }

    public IReadOnlyList<Fact> Facts
    {
        get
        {
            facts.AddRange(Ward.Log.Skip(facts.Count).Select((recorded, i) => new Fact(facts.Count + i + 1, recorded)).ToList());
            return [.. facts];
        }
    }

    public IEnumerable<Stay> Stays => Ward.All.Select(s => s.Value).OfType<Stay>();

    public IEnumerable<T> Those<T>()
        where T : State => Ward.All.Select(s => s.Value).OfType<T>();

    /// <summary>Time goes on; what falls due on the way is said at its moment.</summary>
    public void Until(DateTimeOffset then)
    {
        if (!IsDown)
        {
            React();
        }

        for (var guard = 0; !IsDown && Next(then) is { } due; guard++)
        {
            (guard < 5_000).ShouldBeTrue($"{due.Name} is due at {due.Due:HH:mm:ss} again and again");
            Now = due.Due > Now ? due.Due.ToUniversalTime() : Now;
            Ward.Send(due.Timeout, Now, Actor.Clock);
            React();
        }

        Now = then > Now ? then : Now;
    }

    public Decision Do(ICommand command, Actor by)
    {
        var decision = Ward.Send(command, Now, by);
        if (!IsDown)
        {
            React();
            Until(Now);
        }

        return decision;
    }

    /// <summary>Two entries before what follows from the first has followed.</summary>
    public void DoAtOnce(ICommand first, ICommand second, Actor by)
    {
        Ward.Send(first, Now, by);
        Do(second, by);
    }

    private Deadline? Next(DateTimeOffset then) =>
        Ward.All.SelectMany(s => s.Value.Deadlines()).Where(d => d.Due <= then).MinBy(d => d.Due);

    private void React()
    {
        for (; reacted < Ward.Log.Count; reacted++)
        {
            var fact = Ward.Log[reacted];
            foreach (var command in Reactions.SelectMany(r => r.React(fact)).Concat(Work(fact)).ToList())
            {
                Ward.Send(command, Now, Actor.Clock);
            }
        }
    }

    private IEnumerable<ICommand> Work(EventEnvelope fact) =>
        fact.Event is not (Transferred or TransferCancelled)
            ? []
            :
            [
                .. Those<CareTask>().Where(t => t.Stay?.ToString() == fact.Key).Select(t => new MoveTask { Key = t.Id.ToString() }),
                .. Those<Escalation>().Where(e => e.Stay.ToString() == fact.Key).Select(e => new MoveEscalation { Key = e.Id.ToString() }),
            ];

    // What the product says

    public Unit Unit(string unit) => Ward.Of<Unit>(unit);

    public Board Board(string unit)
    {
        var (known, charge) = (Unit(unit), Ward.Of<Charge>(unit));
        var ofStay = Ward.All.Select(s => s.Value).Where(s => s.OfStay() is not null).ToLookup(s => s.OfStay()!.Value);
        var cards = Stays
            .Where(s => s.OnUnit() == unit)
            .Select(stay =>
                BoardCard
                    .ForStay(stay, [.. ofStay[stay.Id]], Time, Now, 1)
                    .With(charge, 1, ofStay[stay.Id].OfType<Care>().FirstOrDefault(), known, null)
                    .With(stay, [.. Those<Group>()], Now)
            )
            .ToList();
        var incidents = BoardIncident.FromIncidents(Those<Incident>().Where(i => i.Unit == unit).Select(i => (i, 1L)), cards, Time);
        return Domain.Boards.Board.ForUnit(known, Now, Facts.Count, cards.ConvertAll(card => card.With(incidents))) with
        {
            Incidents = incidents,
        };
    }

    public History History(Guid stay) =>
        Domain.Timeline.History.FromFacts([.. Facts.Where(f => f.Recorded.Envelope.Stays!.Contains(stay))]);

    public Draft Draft(Guid stay, DateTimeOffset? since) =>
        Domain.Handoffs.Draft.FromEvents(
            HandoffTemplate.IPass,
            History(stay).Facts.Select(f => f.Recorded).Where(r => HandoffFacts.IsTold(r.Stream, r.Event)),
            since,
            Time
        );

    public IEnumerable<CarriedLoop> Loops(Guid stay) =>
        Ward
            .All.SelectMany(s => s.Value.OpenLoops().Select(l => (Stream: s.Key, Loop: l)))
            .Where(l => l.Loop.Stay == stay)
            .Select(l => HandoffLoop.FromLoop(l.Stream, l.Loop, Ward.Of<Care>(stay.ToString())).Carried());
}
