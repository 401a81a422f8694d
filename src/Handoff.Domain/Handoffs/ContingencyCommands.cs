using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Incidents;
using Handoff.Domain.Kernel;
using Handoff.Domain.Status;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

// Commands

/// <summary>Write what is to be done if something happens on a later shift.</summary>
/// <param name="Incident">For an incident: which kind; any if it isn't given.</param>
/// <param name="Level">For a level change: the level that is ordered; any change if it isn't given.</param>
/// <param name="Domain">For a status: what is observed.</param>
/// <param name="Intensity">For a status: 1 mild, 2 moderate, 3 severe, or above.</param>
/// <param name="Time">For a time: when, after the end of this shift.</param>
/// <param name="Then">What is to be done, at most 140 characters.</param>
public sealed record WriteContingency(
    ConditionKind? Kind,
    string? Then,
    IncidentKind? Incident = null,
    ObservationLevel? Level = null,
    BehaviorDomain? Domain = null,
    int? Intensity = null,
    DateTimeOffset? Time = null
) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when Wrong(state, now) is { } refusal => refusal,
            _ when Text.Line(Then) is null => Refusal.Missing("then", "Write what is to be done then."),
            _ when Text.TooLong(Text.Line(Then), Contingency.ThenLimit, "then") is { } refusal => refusal,
            _ when Written(state, now) is var written
                    && state.Contingencies.Any(c =>
                        c.IsPending() && (c.Author.Id, c.If, c.Then) == (written.Author.Id, written.If, written.Then)
                    ) => [],
            _ when state.Contingencies.Count(c => c.IsPending()) >= ContingencyRules.Most => new Refusal(
                "contingencies-too-many",
                $"{ContingencyRules.Most} wait for this patient already, more than anybody keeps in mind. Withdraw one first."
            ),
            _ => Written(state, now),
        };

    private Refusal? Wrong(Care state, Situation now) =>
        Kind switch
        {
            null => Refusal.Missing("kind", "Choose what it waits for."),
            ConditionKind.Status when Domain is null => Refusal.Missing(
                "domain",
                "Choose what is observed, such as mood, speech or sleep."
            ),
            ConditionKind.Status when Intensity is null => Refusal.Missing(
                "intensity",
                "Choose from which intensity on: mild, moderate or severe."
            ),
            ConditionKind.Status when Intensity is < 1 or > Behavior.Most => Refusal.Invalid(
                "intensity-out-of-range",
                "The intensity is 1 (mild) to 3 (severe), or above.",
                "intensity"
            ),
            ConditionKind.Time when Time is null => Refusal.Missing("time", "Say at what time."),
            ConditionKind.Time when Time <= now.Now => Refusal.Invalid(
                "time-in-past",
                "That time has passed. Choose one after this shift.",
                "time"
            ),
            ConditionKind.Time when ContingencyRules.Shift(state, now) is { } shift && Time < shift.Ends => Refusal.Invalid(
                "time-on-this-shift",
                $"That is still on this shift, which ends at {now.Facts.Of<Unit>(state.Unit!).Time().Clock(shift.Ends)}. Choose a later time.",
                "time"
            ),
            ConditionKind.Time when Time > now.Now + ContingencyRules.Furthest => Refusal.Invalid(
                "time-too-far",
                "That is more than two weeks ahead. Choose an earlier time.",
                "time"
            ),
            _ => null,
        };

    // What the condition has no use for is not kept.
    private ContingencyWritten Written(Care state, Situation now)
    {
        var (at, shift) = (CareRules.Time(state, now), ContingencyRules.Shift(state, now));
        var condition = Kind!.Value switch
        {
            ConditionKind.Incident => new Condition(ConditionKind.Incident, Incident: Incident),
            ConditionKind.LevelChange => new(
                ConditionKind.LevelChange,
                Level: Level,
                LevelName: Level is { } level ? now.Facts.Of<Unit>(state.Unit!).Local(level).Name : null
            ),
            ConditionKind.Status => new(ConditionKind.Status, Domain: Domain, Intensity: Intensity),
            ConditionKind.Time => new(
                ConditionKind.Time,
                Time: now.Facts.Of<Unit>(state.Unit!).Time().Local(Time!.Value),
                ZoneName: now.Facts.Of<Unit>(state.Unit!).Time().NameIfTwice(Time.Value)
            ),
            var kind => new(kind),
        };
        return new(at, now.Request, now.By.Staff, shift?.Name ?? "this", shift?.Ends ?? at, condition, Text.Line(Then)!);
    }
}

/// <summary>Take a contingency back before it has come true: its author, or whoever may give the patient's hand-over.</summary>
public sealed record WithdrawContingency(Guid? Contingency, string? Reason = null) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, Situation now) =>
        state.Foreseen(Contingency) switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            null => ContingencyRules.Unknown(Contingency),
            { Closed.IsWithdrawn: true } => [],
            { FiredAt: not null } => new Refusal("contingency-fired", "It has come true already. Answer it: say what was done."),
            { } one when one.Author.Id != now.By.Staff.Id && GivingRules.NotYours(state, now) is not null => Refusal.NotPermitted(
                "contingency-not-yours",
                "Its author withdraws it, or whoever is responsible for the patient or in charge."
            ),
            _ when Text.TooLong(Text.Line(Reason), Text.RemarkLimit, "reason") is { } refusal => refusal,
            { } one => new ContingencyWithdrawn(CareRules.Time(state, now), one.Id, one.Says(), Text.Line(Reason)),
        };
}

/// <summary>Say that it was seen that a contingency came true, and what was done.</summary>
/// <param name="Words">What was done; nothing needs to be said.</param>
public sealed record AnswerContingency(Guid? Contingency, string? Words = null) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, Situation now) =>
        state.Foreseen(Contingency) switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            null => ContingencyRules.Unknown(Contingency),
            { FiredAt: null } => new Refusal("contingency-not-fired", "It has not come true. Withdraw it if it is not needed any more."),
            { Closed: not null } => [],
            _ when Text.TooLong(Text.Line(Words), Text.RemarkLimit, "words") is { } refusal => refusal,
            { } one => new ContingencyAnswered(CareRules.Time(state, now), one.Id, one.Says(), Text.Line(Words)),
        };
}

/// <summary>Let come true what an event makes true. Each does so once, so it may be sent any number of times.</summary>
/// <param name="Because">What happened to the patient, on whichever stream.</param>
[Internal]
public sealed record FireContingencies([property: JsonIgnore] Recorded? Because) : Command<Care>
{
    public static readonly Reaction Reaction = new(
        "ContingenciesFollowEvents",
        fact => Condition.Concerned(fact).Select(stay => new FireContingencies(fact) { Key = stay.ToString() })
    );

    public override Permission Permission => Permission.HandOver;

    public override Decision Decide(Care state, Situation now) =>
        Because is { } fact && state.IsRunning()
            ? [.. state.Contingencies.Where(c => c.IsMetBy(fact.Event)).Select(c => c.Fires(fact.Event.OccurredAt, fact.Id))]
            : [];
}

/// <summary>Let come true what waited for a time that has come.</summary>
[Internal]
public sealed record FindContingencyTime(Guid Contingency) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override Decision Decide(Care state, Situation now) =>
        state.Foreseen(Contingency) is { If.Time: { } time } one && state.IsRunning() && one.IsPending() && time <= now.Now
            ? one.Fires(time, null)
            : [];
}

internal static class ContingencyRules
{
    /// <summary>More than this for one patient is not kept in mind.</summary>
    public const int Most = 12;

    public static readonly TimeSpan Furthest = TimeSpan.FromDays(14);

    public static Refusal Unknown(Guid? contingency) =>
        contingency is null
            ? Refusal.Missing("contingency", "Say which contingency.")
            : Refusal.NotFound("contingency-unknown", "There is no such contingency.", "contingency");

    /// <summary>The shift on which it is now, as every event's envelope names it.</summary>
    public static DatedShift? Shift(Care state, Situation now) => now.Facts.Of<Unit>(state.Unit!).ShiftAt(now.Now);
}
