using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

// Commands

/// <summary>Say who is to have the patient, or who goes on having them (a double shift). It becomes theirs when they accept.</summary>
/// <param name="Person">Somebody's id who is on the shift, or planned for it.</param>
/// <param name="Shift">The shift's key, such as <c>2-west.2026-11-21.night</c>.</param>
public sealed record AssignPatient(string? Person, string? Shift) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => [.. CareRules.Needs(state), .. CareRules.NeedsShift(Shift)];

    public override Decision Decide(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when !CareRules.Leads(state, now) => CareRules.NeedsLead,
            _ when CareRules.NotOn(state, Person, Shift, now) is { } refusal && (refusal.Code != "person-not-on" || Planned(now) is null) =>
                refusal,
            _ when state.Next?.To.Id == Person && state.Next?.Shift == Shift => [],
            _ when state.Holder?.Who.Id == Person && state.Next is null => [],
            _ => new PatientAssigned(CareRules.Time(state, now), CareRules.On(Person, Shift, now)?.Who ?? Planned(now)!, Shift!),
        };

    // Who is planned is assigned ahead, and accepts once they are on.
    private Staff? Planned(Situation now) =>
        now.Facts.Of<Shift>(Shift!) is var shift && shift.Ends > now.Now ? shift.Planned.FirstOrDefault(p => p.Id == Person) : null;
}

/// <summary>Take a patient who was nobody's but the unit's: one who has just come.</summary>
public sealed record TakePatient(string? Shift) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => [.. CareRules.Needs(state), .. CareRules.NeedsShift(Shift)];

    public override Decision Decide(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when state.Holder?.Who.Id == now.By.Staff.Id => [],
            { Holder: not null } => new Refusal(
                "has-somebody",
                "Somebody is responsible for this patient. They hand over, and you accept."
            ),
            { Next: { } next } when next.To.Id != now.By.Staff.Id => new Refusal(
                "assigned-to-another",
                "The patient is assigned to somebody else, who accepts."
            ),
            _ when CareRules.NotOn(state, now.By.Staff.Id, Shift, now) is { } refusal => refusal,
            _ => new PatientTaken(CareRules.Time(state, now), now.By.Staff),
        };
}

/// <summary>
/// Be responsible at once: the giver has left, or nobody is there to accept. For who is in charge and for supervisors; what was handed over, also for whom it is assigned to
/// and who may not accept it as it is.
/// </summary>
public sealed record TakeOver(string? Reason) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when !CareRules.Leads(state, now) && !(state.Submitted is not null && state.Next?.To.Id == now.By.Staff.Id) =>
                CareRules.NeedsLead,
            _ when CareRules.WrongWords(Reason, "reason", "Say why you take over.") is { } refusal => refusal,
            _ when state.Holder?.Who.Id == now.By.Staff.Id => [],
            _ => new PatientTakenOver(CareRules.Time(state, now), now.By.Staff, Text.Line(Reason)!),
        };
}

/// <summary>Bring the care in line with the stay: begin, move, end. It looks at how things are, so it may be sent any number of times.</summary>
[Internal]
public sealed record FollowCare : Command<Care>
{
    public static readonly Reaction Reaction = new(
        "CareFollowsStay",
        fact => StreamId.Is(fact.Stream, StateKind<Stay>.Name) ? [new FollowCare { Key = fact.Key }] : []
    );

    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) =>
        [
            StreamId.For(StateKind<Stay>.Name, Key),
            .. facts.Of<Stay>(Key).Where() is { } where ? [StreamId.For(StateKind<Unit>.Name, where.Unit)] : Array.Empty<string>(),
        ];

    public override Decision Decide(Care state, Situation now)
    {
        var stay = now.Facts.Of<Stay>(Key);
        var at = stay.Where() is { } where ? now.Facts.Of<Unit>(where.Unit).Time().Local(now.Now) : now.Now;
        return (stay.IsHere(), state.IsRunning()) switch
        {
            (true, false) => new CareBegan(at, stay.Where()!.Unit),
            (true, true) when state.Unit != stay.Where()!.Unit => new CareMoved(at, stay.Where()!.Unit),
            (false, true) => new CareEnded(stay.LeftAt() ?? at),
            _ => [],
        };
    }
}

internal static class CareRules
{
    public static readonly Refusal NeedsLead = Refusal.NotPermitted(
        "needs-charge",
        "Only who is in charge of the unit, or a supervisor, does that."
    );

    public static IEnumerable<string> Needs(Care state) =>
        state.Unit is { } unit ? [StreamId.For(StateKind<Unit>.Name, unit), StreamId.For(StateKind<Charge>.Name, unit)] : [];

    public static IEnumerable<string> NeedsShift(string? shift) =>
        ShiftKey.Unit(shift) is null ? [] : [StreamId.For(StateKind<Shift>.Name, shift!)];

    public static Refusal? NotRunning(Care state) =>
        state switch
        {
            { BeganAt: null } => Refusal.NotFound("stay-unknown", "There is no such stay.", "stay"),
            { IsOver: true } => new("stay-over", "The patient is not here any more. Nobody hands them over."),
            _ => null,
        };

    public static bool Leads(Care state, Situation now) => ShiftRules.LeadsOn(state.Unit, now);

    public static Staff? Responsible(Care state, Situation now) =>
        state.Responsible(now.Facts.Of<Charge>(state.Unit!), now.Facts.Of<Unit>(state.Unit!));

    public static bool IsResponsible(Care state, Situation now) => Responsible(state, now)?.Id == now.By.Staff.Id;

    public static OnShift? On(string? person, string? shift, Situation now) => now.Facts.Of<Shift>(shift!).On(person);

    /// <summary>The refusal of somebody who is not on a shift of the patient's unit that has not ended, or null.</summary>
    public static Refusal? NotOn(Care state, string? person, string? shift, Situation now) =>
        shift switch
        {
            _ when string.IsNullOrEmpty(person) => Refusal.Missing("person", "Say who."),
            null or "" => Refusal.Missing("shift", "Say on which shift."),
            _ when ShiftKey.Unit(shift) != state.Unit => Refusal.Invalid("shift-unknown", "The patient's unit has no such shift.", "shift"),
            _ when On(person, shift, now) is null => new(
                "person-not-on",
                "That person is not on that shift. They come on first.",
                "person"
            ),
            _ when now.Facts.Of<Shift>(shift).Ends <= now.Now => new(
                "shift-over",
                "That shift is over. Choose one that is on or comes next.",
                "shift"
            ),
            _ => null,
        };

    public static Refusal? WrongWords(string? words, string field, string says) =>
        Text.Line(words) is null ? Refusal.Missing(field, says) : Text.TooLong(Text.Line(words), Text.RemarkLimit, field);

    public static DateTimeOffset Time(Care state, Situation now) => now.Facts.Of<Unit>(state.Unit!).Time().Local(now.Now);
}
