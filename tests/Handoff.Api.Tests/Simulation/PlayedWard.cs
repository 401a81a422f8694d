using Handoff.Domain.Boards;
using Handoff.Domain.Groups;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Units;
using Handoff.Simulator;

namespace Handoff.Api.Tests.Simulation;

/// <summary>
/// A unit of the service in a few lines: it shows a board, and does what a script decides. Its clock and the script's are the same.
/// </summary>
internal sealed class PlayedWard
{
    public const string Zone = "America/Chicago";

    public static readonly UnitTime Time = UnitTime.In(Zone);

    private static readonly string[] Beds = [.. Enumerable.Range(201, 12).SelectMany(room => new[] { $"{room}A", $"{room}B" })];

    private readonly Dictionary<Guid, BoardCard> cards = [];
    private readonly Dictionary<Guid, SessionLine> sessions = [];
    private readonly Dice windows = new(99);
    private readonly Script script;

    public PlayedWard(DateTimeOffset start, int patients, int seed = 1, string run = "test", int? target = null)
    {
        Now = start;
        var ward = new Ward("2-west", Time, Beds, target ?? patients, new(new(7, 0), TimeSpan.FromHours(8)));
        script = new(seed, ward, new(start, 1), run, start.AddDays(40));
        foreach (var bed in Beds.Take(patients))
        {
            Add(NamedId.From("patient", bed), $"M{bed}", "Doe, Jo", bed);
        }
    }

    public DateTimeOffset Now { get; private set; }

    public List<(DateTimeOffset At, Deed Deed)> Played { get; } = [];

    public Board Board => new(new("2-west", "2 West", Zone, Beds.Length, null, null, null), Time.Local(Now), 0, [.. cards.Values]);

    public Programme Programme =>
        new(
            [.. sessions.Values],
            [.. sessions.Values.Where(Programme.IsWaiting).Select(s => new GroupRoster(s, 1, [.. cards.Values.Select(Row)], []))]
        );

    public IReadOnlyCollection<SessionLine> Sessions => sessions.Values;

    public IEnumerable<(DateTimeOffset At, Charted Deed, RecordCheck Check)> Checks =>
        from played in Played
        where played.Deed is Charted { Command: RecordCheck }
        let charted = (Charted)played.Deed
        select (played.At, charted, (RecordCheck)charted.Command);

    public IEnumerable<Movement> Movements(DeedKind kind) =>
        Played.Select(p => p.Deed).OfType<Announced>().Where(a => a.Kind == kind).Select(a => a.Movement);

    /// <summary>Decides and does, half a minute at a time.</summary>
    public PlayedWard Play(double hours, Action? afterEach = null)
    {
        var done = new HashSet<string>();
        for (var end = Now.AddHours(hours); Now < end; )
        {
            var until = Now.AddSeconds(30);
            foreach (var deed in script.Decide(Board, Programme, Now, Now, until).Where(d => done.Add(d.Key)))
            {
                Now = deed.When > Now ? deed.When : Now;
                Played.Add((Time.Local(Now), deed));
                Happen(deed);
            }

            Now = until;

            afterEach?.Invoke();
        }

        return this;
    }

    public IReadOnlyList<Deed> Decide(DateTimeOffset until) => script.Decide(Board, Programme, Now, Now, until);

    /// <summary>Somebody planned a group.</summary>
    public void Plan(string topic, DateTimeOffset starts)
    {
        var id = NamedId.From("planned", topic);
        sessions[id] = Line(id, new(null, GroupType.Therapy, topic, "Somebody", starts, 40));
    }

    /// <summary>For a while nobody can write anything down.</summary>
    public void Fail(TimeSpan outage) => Now += outage;

    public void SendOnLeave(Guid stay, DateTimeOffset back) =>
        Change(stay, c => c with { NextDue = null, Limit = null, Away = new("on a pass", Now, back, false) });

    private void Happen(Deed deed)
    {
        switch (deed)
        {
            case Charted { Command: RecordCheck check }:
                See(Guid.Parse(check.Key), check.At ?? Now);
                break;
            case Charted { Command: OrderLevel order }:
                Change(
                    Guid.Parse(order.Key),
                    c => c with { Level = order.Level, LimitMinutes = 5, NextDue = Now, Limit = Now.AddMinutes(5) }
                );
                break;
            case Charted { Command: ScheduleGroup plan }:
                sessions.TryAdd(Guid.Parse(plan.Key), Line(Guid.Parse(plan.Key), plan));
                break;
            case Charted { Command: Command<Group> about }:
                sessions[Guid.Parse(about.Key)] = Held(sessions[Guid.Parse(about.Key)], about);
                break;
            case Announced { Movement: var told }:
                Move(told);
                break;
        }
    }

    private static SessionLine Line(Guid id, ScheduleGroup plan) =>
        new(
            id,
            "2-west",
            plan.Type!.Value,
            plan.Topic!,
            plan.Facilitator!,
            plan.Room,
            null,
            null,
            plan.Starts!.Value,
            plan.Starts.Value.AddMinutes(plan.Minutes!.Value),
            null,
            null,
            null,
            plan.Series,
            0,
            0
        );

    private SessionLine Held(SessionLine session, Command<Group> about) =>
        about switch
        {
            StartGroup => session with { StartedAt = Now },
            EndGroup => session with { EndedAt = Now },
            CancelGroup cancel => session with { CancelReason = cancel.Reason },
            RecordAttendance roster => session with { Recorded = roster.Rows!.Count },
            _ => session,
        };

    private static RosterRow Row(BoardCard card) => new(card.Stay, card.Name, card.Bed, card.Away?.Reason, null, null, 0);

    private void Move(Movement told)
    {
        var stay = cards.Values.FirstOrDefault(c => c.Mrn == told.Mrn)?.Stay;
        switch (told.Trigger)
        {
            case "A01":
                Add(NamedId.From(told.Mrn), told.Mrn, $"{told.Family}, {told.Given}", told.Bed!);
                break;
            case "A02":
                Change(stay!.Value, c => c with { Bed = told.Bed });
                break;
            case "A03":
                cards.Remove(stay!.Value);
                break;
            case "A21":
                SendOnLeave(stay!.Value, told.Returns!.Value);
                break;
            case "A22":
                Change(stay!.Value, c => c with { Away = null, NextDue = Now, Limit = Now.AddMinutes(c.LimitMinutes!.Value) });
                break;
        }
    }

    private void Add(Guid stay, string mrn, string name, string bed) =>
        cards.Add(
            stay,
            new(
                stay,
                mrn,
                bed,
                name,
                "2-west",
                ObservationLevel.Q15,
                "Q15",
                15,
                null,
                null,
                Now,
                Now.AddMinutes(15),
                false,
                false,
                0,
                null,
                false,
                1
            )
        );

    private void See(Guid stay, DateTimeOffset at) =>
        Change(
            stay,
            card =>
            {
                var window = DueWindow.After(
                    at,
                    TimeSpan.FromMinutes(card.LimitMinutes!.Value),
                    windows.Roll(stay.ToString(), at.ToString("O"))
                );
                return card with { NextDue = window.Asks, Limit = window.Limit };
            }
        );

    private void Change(Guid stay, Func<BoardCard, BoardCard> change) => cards[stay] = change(cards[stay]);
}
