using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

// Events

/// <summary>The pattern's shift as it falls on its date; recorded with the first thing that happens on it.</summary>
[Stored("shift_opened")]
public sealed record ShiftOpened(DateTimeOffset OccurredAt, string Unit, string Name, DateTimeOffset Starts, DateTimeOffset Ends)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Name}, {time.DayAndClock(Starts)} to {time.Clock(Ends)}.";
}

[Stored("came_on")]
public sealed record CameOn(DateTimeOffset OccurredAt, Staff Who) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{Who.Name} came on at {time.Clock(OccurredAt)}.";
}

[Stored("went_off")]
public sealed record WentOff(DateTimeOffset OccurredAt, Staff Who, string? Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"{Who.Name} went off at {time.Clock(OccurredAt)}{(Reason is null ? "" : $" ({Reason})")}.";
}

[Stored("huddle_began")]
public sealed record HuddleBegan(DateTimeOffset OccurredAt) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The huddle began at {time.Clock(OccurredAt)}.";
}

/// <summary>The huddle speaks of this patient now.</summary>
[Stored("huddle_turned")]
public sealed record HuddleTurned(DateTimeOffset OccurredAt, Guid Stay) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The huddle turned to the next patient at {time.Clock(OccurredAt)}.";
}

[Stored("huddle_ended")]
public sealed record HuddleEnded(DateTimeOffset OccurredAt) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The huddle ended at {time.Clock(OccurredAt)}.";
}

// State

/// <summary>Somebody on a shift, since when, and until when if they have left.</summary>
public sealed record OnShift(Staff Who, DateTimeOffset Since, DateTimeOffset? Until = null, string? Reason = null)
{
    public bool IsOn => Until is null;
}

/// <summary>The huddle: since when, of whom it speaks, and of whom it has spoken.</summary>
public sealed record Huddle(DateTimeOffset Began, Guid? Stay, DateTimeOffset? Turned, IReadOnlyList<Guid> Spoken, DateTimeOffset? Ended);

/// <summary>One dated shift of a unit: who is on, and its huddle. It is there as the unit's pattern says; its stream begins with the first person.</summary>
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

    public override State Evolve(Recorded fact) =>
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

// Commands

/// <summary>Come on a shift: at its start, late, or after the one before (a double shift is two shifts). Who assigns patients may say it for somebody else.</summary>
/// <param name="Who">Somebody else; oneself if it isn't given.</param>
public sealed record ComeOn(Staff? Who = null, DateTimeOffset? At = null) : Command<Shift>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Shift state, Facts facts) => ShiftRules.Needs(Key);

    public override Decision Decide(Shift state, Situation now)
    {
        var (who, at) = (Who ?? now.By.Staff, At ?? now.Now);
        var refusal =
            ShiftRules.NotThere(Key, now) ?? ShiftRules.NotYours(Key, who, now) ?? ShiftRules.Wrong(who) ?? now.Impossible(at, null, "at");
        return refusal switch
        {
            { } no => no,
            _ when ShiftRules.Dated(Key, now) is var dated && (at < dated.Starts - Shift.EarliestBefore || at >= dated.Ends) =>
                Refusal.Invalid("shift-not-on", "That shift is not on at that time. Choose another shift or another time.", "at"),
            _ when state.On(who.Id) is not null => [],
            _ => [.. ShiftRules.Opened(state, Key, now), new CameOn(ShiftRules.Time(Key, now).Local(at), who)],
        };
    }
}

/// <summary>Go off: at the end, or early and why. What somebody was responsible for stays theirs until it is accepted or taken over.</summary>
/// <param name="Person">Somebody else's id; oneself if it isn't given.</param>
public sealed record GoOff(string? Person = null, string? Reason = null, DateTimeOffset? At = null) : Command<Shift>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Shift state, Facts facts) => ShiftRules.Needs(Key);

    public override Decision Decide(Shift state, Situation now)
    {
        var at = At ?? now.Now;
        return state.On(Person ?? now.By.Staff.Id) switch
        {
            _ when ShiftRules.NotThere(Key, now) is { } refusal => refusal,
            _ when Text.TooLong(Text.Line(Reason), Text.RemarkLimit, "reason") is { } refusal => refusal,
            null when state.People.Any(p => p.Who.Id == (Person ?? now.By.Staff.Id)) => [],
            null => Refusal.Invalid("person-not-on", "That person is not on this shift.", "person"),
            { } one when ShiftRules.NotYours(Key, one.Who, now) is { } refusal => refusal,
            { } one when now.Impossible(at, one.Since, "at") is { } refusal => refusal with
            {
                Says = "That is before they came, or in the future.",
            },
            { } one => new WentOff(ShiftRules.Time(Key, now).Local(at), one.Who, Text.Line(Reason)),
        };
    }
}

/// <summary>Begin the huddle, or go on to a patient in it.</summary>
/// <param name="Stay">Of whom it speaks next; nobody yet if it isn't given.</param>
public sealed record TurnHuddle(Guid? Stay = null) : Command<Shift>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Shift state, Facts facts) => ShiftRules.Needs(Key);

    public override Decision Decide(Shift state, Situation now) =>
        ShiftRules.NotThere(Key, now) switch
        {
            { } refusal => refusal,
            _ when state.Huddle is { Ended: null } huddle && huddle.Stay == Stay => [],
            _ =>
            [
                .. ShiftRules.Opened(state, Key, now),
                .. state.Huddle is { Ended: null } ? Array.Empty<Event>() : [new HuddleBegan(ShiftRules.Time(Key, now).Local(now.Now))],
                .. Stay is { } stay ? [new HuddleTurned(ShiftRules.Time(Key, now).Local(now.Now), stay)] : Array.Empty<Event>(),
            ],
        };
}

public sealed record EndHuddle : Command<Shift>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Shift state, Facts facts) => ShiftRules.Needs(Key);

    public override Decision Decide(Shift state, Situation now) =>
        ShiftRules.NotThere(Key, now) switch
        {
            { } refusal => refusal,
            _ when state.Huddle is not { Ended: null } => [],
            _ => new HuddleEnded(ShiftRules.Time(Key, now).Local(now.Now)),
        };
}

internal static class ShiftRules
{
    /// <summary>Of a shift: its unit, and who is in charge there.</summary>
    public static IEnumerable<string> Needs(string? key) =>
        ShiftKey.Unit(key) is { } unit ? [StreamId.For(StateKind<Unit>.Name, unit), StreamId.For(StateKind<Charge>.Name, unit)] : [];

    public static Unit Unit(string key, Situation now) => now.Facts.Of<Unit>(ShiftKey.Unit(key) ?? "");

    public static UnitTime Time(string key, Situation now) => Unit(key, now).Time();

    public static DatedShift Dated(string key, Situation now) => Unit(key, now).In(key)!;

    public static Refusal? NotThere(string key, Situation now) =>
        Unit(key, now) switch
        {
            { } unit when !unit.IsOpen() || unit.In(key) is null => Refusal.NotFound(
                "shift-unknown",
                "The unit's pattern has no such shift.",
                "shift"
            ),
            { } unit when !now.By.WorksOn(unit.Id) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            _ => null,
        };

    public static Refusal? NotYours(string key, Staff who, Situation now) =>
        who.Id == now.By.Staff.Id || LeadsOn(ShiftKey.Unit(key), now)
            ? null
            : Refusal.NotPermitted("only-for-yourself", "Only who is in charge says it for somebody else.");

    public static Refusal? Wrong(Staff who) =>
        who switch
        {
            { Role: Role.Display or Role.Integration or Role.Feed or Role.Auditor } => Refusal.Invalid(
                "not-a-person-on-the-floor",
                "A display or a machine can't be responsible for patients.",
                "who"
            ),
            _ when Text.Line(who.Id) is null || who.Id.Length > 100 || Text.Line(who.Name) is null => Refusal.Missing("who", "Say who."),
            _ => Text.TooLong(who.Name, Text.NameLimit, "who") ?? Text.TooLong(who.Credential, Text.NameLimit, "who"),
        };

    /// <summary>Whoever assigns patients by role, and who is in charge of the unit.</summary>
    public static bool LeadsOn(string? unit, Situation now) =>
        now.May(Permission.AssignPatients)
        || (unit is not null && now.Facts.Of<Charge>(unit).Of(now.Facts.Of<Unit>(unit))?.Id == now.By.Staff.Id);

    public static IEnumerable<Event> Opened(Shift state, string key, Situation now) =>
        state.IsOpen()
            ? []
            :
            [
                new ShiftOpened(
                    Time(key, now).Local(now.Now),
                    ShiftKey.Unit(key)!,
                    Dated(key, now).Name,
                    Dated(key, now).Starts,
                    Dated(key, now).Ends
                ),
            ];
}
