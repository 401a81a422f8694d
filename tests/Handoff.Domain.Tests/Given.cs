using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Tests;

/// <summary>Given what was recorded, when a command is sent, then these events, nothing, or this refusal.</summary>
internal static class Scenario
{
    public static readonly Guid TheStay = new("0191e4a0-0000-7000-8000-000000000001");

    public static readonly Guid Another = new("0191e4a0-0000-7000-8000-000000000002");

    /// <summary>A slice of the usual ward with these events on its stream.</summary>
    public static Given<TState> Given<TState>(params Event[] events)
        where TState : State, new()
    {
        var key = KeyOf<TState>();
        var ward = Ward.Usual();
        var given = new Given<TState>(ward, key);
        foreach (var happened in events)
        {
            ward.Record(StreamId.For(StateKind<TState>.Name, key), happened.OccurredAt, happened);
        }

        return given;
    }

    private static string KeyOf<TState>() =>
        typeof(TState) switch
        {
            var t when t == typeof(Unit) => Ward.West,
            var t when t == typeof(Facility) => Facility.OnlyKey,
            _ => TheStay.ToString(),
        };
}

internal sealed record Given<TState>(Ward Ward, string Key)
    where TState : State, new()
{
    public TState State => Ward.Of<TState>(Key);

    public Given<TState> And(string stream, params Event[] events)
    {
        Ward.Record(stream, events[^1].OccurredAt, events);
        return this;
    }

    public Outcome<TState> When(Command<TState> command, DateTimeOffset at, Actor? by = null)
    {
        var before = State;
        return new(this, before, Ward.Send(command with { Key = command.Key.Length > 0 ? command.Key : Key }, at, by));
    }

    public Outcome<TState> When(Command<TState> command, string clock, Actor? by = null) => When(command, Times.At(clock), by);
}

internal sealed record Outcome<TState>(Given<TState> Given, TState Before, Decision Decision)
    where TState : State, new()
{
    public TState State => Given.State;

    public Given<TState> Then(params Event[] expected)
    {
        Decision.Refusal.ShouldBeNull();
        Decision.Events.Select(Said).ShouldBe(expected.Select(Said));
        return Given;
    }

    public TEvent Then<TEvent>()
        where TEvent : Event
    {
        Decision.Refusal.ShouldBeNull();

        // Whatever ends or moves a window also says the limits that had passed by then, where no clock of the scenario has.
        return Decision
            .Events.Where(e => Decision.Events.Count == 1 || e is not CheckMissed)
            .ShouldHaveSingleItem()
            .ShouldBeOfType<TEvent>();
    }

    public Given<TState> ThenNothing() => Then();

    public Given<TState> Then(string refusal)
    {
        Decision.Refusal.ShouldNotBeNull().Code.ShouldBe(refusal);
        Decision.Refusal.Says.ShouldEndWith(".");
        Decision.Events.ShouldBeEmpty();
        return Given;
    }

    private static string Said(Event happened) => EventTypeRegistry.Domain.NameOf(happened) + " " + EventTypeRegistry.Write(happened);
}
