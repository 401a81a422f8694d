using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Tests.Store;

// A slice of the tests' own: small enough to see at a glance what the log must make of it.

// Events

[Stored("counted")]
public sealed record Counted(
    DateTimeOffset OccurredAt,
    int By,
    string? Note = null,
    double? Weight = null,
    IReadOnlyList<Guid>? Stays = null
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Counted {By}.";

    public override IEnumerable<Guid> About() => Stays ?? [];
}

[Stored("counter_closed")]
public sealed record CounterClosed(DateTimeOffset OccurredAt) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => "Closed.";
}

[Stored("promised")]
public sealed record Promised(DateTimeOffset OccurredAt, DateTimeOffset Due, bool IsSettled = true) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Promised by {time.Clock(Due)}.";
}

[Stored("promise_lapsed")]
public sealed record PromiseLapsed(DateTimeOffset OccurredAt) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => "The promise lapsed.";
}

[Stored("counter_placed")]
public sealed record CounterPlaced(DateTimeOffset OccurredAt, string Unit, Guid Stay) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Placed on {Unit}.";
}

/// <summary>How counts were recorded before they had a name for what is counted.</summary>
[Stored("tallied")]
public sealed record Tallied(DateTimeOffset OccurredAt, int By) : Event(OccurredAt), IEarlierShape
{
    public override string Sentence(UnitTime time) => "";

    public Event Upcast() => new TalliedOf(OccurredAt, By, "pieces");
}

[Stored("tallied_v2")]
public sealed record TalliedOf(DateTimeOffset OccurredAt, int By, string Of) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Tallied {By} {Of}.";
}

// State

[Stored("counter")]
public sealed record Counter : State
{
    public string Key { get; init; } = "";

    public int Total { get; init; }

    public int Events { get; init; }

    public bool IsClosed { get; init; }

    public int Lapses { get; init; }

    public bool IsSettled { get; init; } = true;

    public DateTimeOffset? Due { get; init; }

    public string? Tallied { get; init; }

    public string? Unit { get; init; }

    public Guid? Stay { get; init; }

    public string? LastBy { get; init; }

    public override string? OnUnit() => Unit;

    public override Guid? OfStay() => Stay;

    public override IEnumerable<Deadline> Deadlines() => Due is { } due ? [new("promise", due, new LapsePromise { Key = Key })] : [];

    public override State Evolve(EventEnvelope fact) =>
        (
            fact.Event switch
            {
                Counted e => this with { Total = Total + e.By },
                CounterClosed => this with { IsClosed = true },
                Promised e => this with { Due = e.Due, IsSettled = e.IsSettled },
                PromiseLapsed => this with { Due = null, Lapses = Lapses + 1 },
                CounterPlaced e => this with { Unit = e.Unit, Stay = e.Stay },
                TalliedOf e => this with { Total = Total + e.By, Tallied = e.Of },
                _ => this,
            }
        ) with
        {
            Key = fact.Key,
            Events = Events + 1,
            LastBy = fact.By.Name,
        };
}

// Commands

public abstract record OnCounter : Command<Counter>
{
    public override Permission Permission => Permission.RecordCheck;
}

public sealed record Count(int By, string? Note = null, double? Weight = null, IReadOnlyList<Guid>? Stays = null) : OnCounter
{
    public override Decision Decide(Counter state, DecisionContext now) =>
        (state.IsClosed, By) switch
        {
            (true, _) => new Refusal("counter-closed", "It is closed."),
            (_, 0) => [],
            _ => new Counted(now.Now, By, Note, Weight, Stays),
        };
}

public sealed record CountTwice(int By) : OnCounter
{
    public override Decision Decide(Counter state, DecisionContext now) => [new Counted(now.Now, By), new Counted(now.Now, By)];
}

/// <summary>Counts only while the other counter has counted nothing.</summary>
public sealed record CountUnless(string Other) : OnCounter
{
    public override IEnumerable<string> Reads(Counter state, LoadedStates facts) => [StreamId.For("counter", Other)];

    public override Decision Decide(Counter state, DecisionContext now) =>
        now.States.Get<Counter>(Other).Total > 0 ? new Refusal("other-counted", "The other one has counted.") : new Counted(now.Now, 1);
}

public sealed record CloseCounter : OnCounter
{
    public override Decision Decide(Counter state, DecisionContext now) => state.IsClosed ? [] : new CounterClosed(now.Now);
}

public sealed record PutOn(string Unit, Guid Stay) : OnCounter
{
    public override Decision Decide(Counter state, DecisionContext now) => new CounterPlaced(now.Now, Unit, Stay);
}

/// <param name="IsSettled">Whether its own lapse settles it; else it stays due for ever.</param>
public sealed record Promise(DateTimeOffset Due, bool IsSettled = true) : OnCounter
{
    public override Decision Decide(Counter state, DecisionContext now) => new Promised(now.Now, Due, IsSettled);
}

[Internal]
public sealed record LapsePromise : OnCounter
{
    public override Decision Decide(Counter state, DecisionContext now) =>
        state.Due <= now.Now && state.IsSettled ? new PromiseLapsed(state.Due.Value) : [];
}

public sealed record Blunder : OnCounter
{
    public override Decision Decide(Counter state, DecisionContext now) => throw new InvalidOperationException("A bug in a slice.");
}
