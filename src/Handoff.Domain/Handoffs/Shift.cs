using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Somebody on a shift, since when, and until when if they have left.</summary>
public sealed record OnShift(Staff Who, DateTimeOffset Since, DateTimeOffset? Until = null, string? Reason = null)
{
    public bool IsOn => Until is null;
}

/// <summary>The huddle: since when, of whom it speaks, and of whom it has spoken.</summary>
public sealed record Huddle(DateTimeOffset Began, Guid? Stay, DateTimeOffset? Turned, IReadOnlyList<Guid> Spoken, DateTimeOffset? Ended);

/// <summary>
/// One dated shift of a unit: who is on, and its huddle. It is there as the unit's pattern says; its stream begins with the first person.
/// </summary>
[Stored("shift")]
public sealed record Shift : State
{
    /// <summary>Later than this after the start is shown as a late arrival.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    /// <summary>People come in before their shift, to read and to be assigned; not half a day before.</summary>
    public static readonly TimeSpan EarliestBefore = TimeSpan.FromHours(4);

    public string? Unit { get; init; }

    public string? Name { get; init; }

    public DateTimeOffset Starts { get; init; }

    public DateTimeOffset Ends { get; init; }

    /// <summary>In the order in which they came, also those who have left.</summary>
    public IReadOnlyList<OnShift> People { get; init; } = [];

    public Huddle? Huddle { get; init; }

    /// <summary>Who is to work it; whoever came is among <see cref="People"/>.</summary>
    public IReadOnlyList<Staff> Planned { get; init; } = [];

    public bool IsOpen() => Unit is not null;

    /// <summary>Whoever is on now, each once.</summary>
    public IEnumerable<OnShift> On() => People.Where(p => p.IsOn);

    public OnShift? On(string? person) => People.FirstOrDefault(p => p.IsOn && p.Who.Id == person);

    public bool IsLate(OnShift one) => one.Since > Starts + Grace;

    public override string? OnUnit() => Unit;

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            ShiftOpened e => this with { Unit = e.Unit, Name = e.Name, Starts = e.Starts, Ends = e.Ends },
            CameOn e => this with { People = [.. People, new(e.Who, e.OccurredAt)] },
            WentOff e => this with
            {
                People = [.. People.Select(p => p.IsOn && p.Who.Id == e.Who.Id ? p with { Until = e.OccurredAt, Reason = e.Reason } : p)],
            },
            ShiftPlanned e => this with { Planned = e.People },
            HuddleBegan e => this with { Huddle = new(e.OccurredAt, null, null, [], null) },
            HuddleTurned e => this with { Huddle = Turned(e) },
            HuddleEnded e => this with { Huddle = Huddle is { } huddle ? huddle with { Ended = e.OccurredAt, Stay = null } : null },
            _ => this,
        };

    private Huddle? Turned(HuddleTurned e) =>
        Huddle is not { } huddle
            ? null
            : huddle with
            {
                Stay = e.Stay,
                Turned = e.OccurredAt,
                Spoken = [.. huddle.Spoken.Append(e.Stay).Distinct()],
            };
}
