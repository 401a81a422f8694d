using Handoff.Domain.Access;
using Handoff.Domain.Handoffs;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tests;

/// <summary>A facility in memory: it loads what a command needs, decides it, and folds what follows, in the store's order.</summary>
internal sealed class Ward
{
    public const string West = "2-west",
        East = "2-east";

    private readonly Dictionary<string, State> states = [];
    private readonly List<EventEnvelope> log = [];
    private int requests;

    public IReadOnlyList<EventEnvelope> Log => log;

    /// <summary>Every stream on which something was recorded, with what it comes to.</summary>
    public IEnumerable<KeyValuePair<string, State>> All => states;

    /// <summary>A ward with two units in New York, each with beds 1 to 4.</summary>
    public static Ward Usual()
    {
        var ward = new Ward();
        foreach (var unit in (string[])[West, East])
        {
            ward.Record(
                "unit-" + unit,
                Times.At("06:00"),
                new UnitOpened(Times.At("06:00"), unit, "America/New_York"),
                new BedsSet(Times.At("06:00"), ["1", "2", "3", "4"])
            );
        }

        return ward;
    }

    public State On(string stream) =>
        stream.StartsWith("census-", StringComparison.Ordinal)
            ? new Census { Stays = [.. states.Values.OfType<Stay>().Where(s => Census.Holds(StreamId.Key(stream), s))] }
        : FoldedFromAttribute.Origin(stream, EventTypeRegistry.Domain.Empty(stream)) is { } origin
            ? log.Where(r => r.Stream == origin).Aggregate(EventTypeRegistry.Domain.Empty(stream), (state, fact) => state.Evolve(fact))
        : states.GetValueOrDefault(stream) ?? EventTypeRegistry.Domain.Empty(stream);

    public T Of<T>(string key)
        where T : State, new() => (T)On(StreamId.For(StateKind<T>.Name, key));

    public Ward Record(string stream, DateTimeOffset at, params Event[] events)
    {
        Append(stream, at, People.Nurse, NamedId.From(stream, (++requests).ToString()), events);
        return this;
    }

    public Decision Send(ICommand command, DateTimeOffset at, Actor? by = null, Guid? request = null)
    {
        var id = request ?? NamedId.From("request", (++requests).ToString());
        var decision = command.Decide(On(command.Stream), new(by ?? People.Prescriber, at.ToUniversalTime(), id, Load(command)));
        Append(command.Stream, at, by ?? People.Prescriber, id, [.. decision.Events]);
        return decision;
    }

    /// <summary>What the reactors and clocks would send by now.</summary>
    public void Settle(DateTimeOffset at)
    {
        Follow(at);
        Lapse(at);
    }

    /// <summary>What the reactors would send by now for where patients are.</summary>
    public void Follow(DateTimeOffset at)
    {
        foreach (var stay in states.Values.OfType<Stay>().ToList())
        {
            Send(new FollowStay { Key = stay.Id.ToString() }, at, Actor.Clock);
            Send(new FollowCare { Key = stay.Id.ToString() }, at, Actor.Clock);
        }
    }

    /// <summary>Every deadline that is due is said; one that is said must not be due again.</summary>
    public void Lapse(DateTimeOffset at)
    {
        foreach (var lapse in states.Values.SelectMany(s => s.Deadlines()).Where(d => d.Due <= at).Select(d => d.Timeout).ToList())
        {
            Send(lapse, at, Actor.Clock);
        }

        states.Values.SelectMany(s => s.Deadlines()).ShouldAllBe(d => d.Due > at);
    }

    /// <summary>Everything is written out and read back, as after a restart.</summary>
    public void Restart()
    {
        foreach (var (stream, state) in states.ToList())
        {
            states[stream] = EventTypeRegistry.Domain.ReadState(stream, EventTypeRegistry.Write(state));
        }
    }

    private LoadedStates Load(ICommand command)
    {
        var loaded = new Dictionary<string, State>();
        while (command.Reads(On(command.Stream), new(loaded)).Where(s => !loaded.ContainsKey(s)).ToList() is { Count: > 0 } missing)
        {
            missing.ForEach(stream => loaded[stream] = On(stream));
        }

        return new(loaded);
    }

    private void Append(string stream, DateTimeOffset at, Actor by, Guid request, Event[] events)
    {
        for (var i = 0; i < events.Length; i++)
        {
            var id = i == 0 ? request : NamedId.From(request.ToString(), i.ToString());
            var fact = new EventEnvelope(id, stream, at.ToUniversalTime(), new(by.Staff, SourceOf(by), request), events[i]);
            states[stream] = On(stream).Evolve(fact);
            log.Add(
                fact with
                {
                    Envelope = fact.Envelope with
                    {
                        Stays =
                        [
                            .. events[i].About().Concat(states[stream].OfStay() is { } stay && stay != Guid.Empty ? [stay] : []).Distinct(),
                        ],
                    },
                }
            );
        }
    }

    private static Source SourceOf(Actor by) =>
        by switch
        {
            _ when by == Actor.Clock => Source.System,
            { Staff.Role: Role.Integration } => Source.Interface,
            _ => Source.Ui,
        };
}

internal static class People
{
    public static readonly Actor Technician = Of(Role.Technician, "Sam Ortiz");

    public static readonly Actor Nurse = Of(Role.Nurse, "Ana Reyes");

    public static readonly Actor Prescriber = new(new("prescriber", "Dr. Okafor", Role.Prescriber), Permission.All.ToHashSet());

    public static Actor Of(Role role, string name) => new(new(role.ToString(), name, role), new Facility().PermissionsOf(role));
}

internal static class Times
{
    public static readonly UnitTime NewYork = UnitTime.In("America/New_York");

    /// <summary>A time of the ordinary day on which most tests happen, on the unit's clock.</summary>
    public static DateTimeOffset At(string clock) => On("2026-11-18 " + clock);

    /// <summary>A unit's date and time: <c>2026-11-18 10:00</c>.</summary>
    public static DateTimeOffset On(string dateAndClock) => NewYork.Instant(DateTime.Parse(dateAndClock));

    public static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);
}
