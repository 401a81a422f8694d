using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

// Commands

/// <summary>Say the hand-over back in one's own words, or aloud. Only the service sends it, with what it found urgent, which so is read back too.</summary>
/// <param name="Words">Nothing if it was said aloud.</param>
[Internal]
public sealed record GiveReadBack(string? Words = null, [property: JsonIgnore] IReadOnlyList<UrgentLoop>? Urgent = null) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when ReceivingRules.NotYours(state, now) is { } refusal => refusal,
            { Submitted: null } => ReceivingRules.NotSubmitted,
            _ when Text.TooLong(Text.Line(Words), Text.RemarkLimit, "words") is { } refusal => refusal,
            { Submitted: { } given, ReadBacks: [.., { Correction: null } last] }
                when last.By.Id == now.By.Staff.Id
                    && last.Words == Text.Line(Words)
                    && !UrgentLoop.NotReadBack(Urgent, given.Said.Loops, given.At, state.ReadBacks, last.By.Id).Any() => [],
            _ => new ReadBack(
                CareRules.Time(state, now),
                Text.Line(Words),
                Urgent is { Count: > 0 } ? [.. Urgent.Select(l => l.Loop)] : null
            ),
        };
}

/// <summary>Ask about the hand-over. Question and answer are kept.</summary>
public sealed record AskHandoff(string? Question) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when CareRules.WrongWords(Question, "question", "Write the question.") is { } refusal => refusal,
            _ when state.Questions.Any(q => q.By.Id == now.By.Staff.Id && q.Words == Text.Line(Question)) => [],
            _ => new HandoffAsked(CareRules.Time(state, now), Text.Line(Question)!),
        };
}

/// <summary>
/// Accept the patient: from now on responsible. Never from oneself, never one's own words, and only by who is on a shift; else one takes over, with a reason. What has become
/// urgent since the hand-over was given is read back first; only the service sends this, with what it found.
/// </summary>
/// <param name="Shift">The shift on which one is; the one for which the patient is assigned to one, if it isn't given.</param>
[Internal]
public sealed record AcceptHandoff(string? Shift = null, [property: JsonIgnore] IReadOnlyList<UrgentLoop>? Urgent = null) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) =>
        [.. CareRules.Needs(state), .. CareRules.NeedsShift(Shift ?? state.Next?.Shift)];

    public override Decision Decide(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            { Submitted: null, Next: null } when state.Holder?.Who.Id == now.By.Staff.Id => [],
            _ when ReceivingRules.NotYours(state, now) is { } refusal => refusal,
            { Submitted: null, Holder: not null } => ReceivingRules.NotSubmitted,
            { Submitted: { } given } when given.Said.Texts.Any(t => t.By.Id == now.By.Staff.Id) => new Refusal(
                "own-words",
                "You wrote part of this hand-over. Somebody else accepts it, or you take over and say why."
            ),
            _ when ReceivingRules.NotOnShift(state, Shift ?? state.Next?.Shift, now) is { } refusal => refusal,
            { ReadBacksUntilWrong: { } wrong } when state.ReadBacks.Skip(wrong).All(r => r.By.Id != now.By.Staff.Id) => new Refusal(
                "read-back-wrong",
                "The giver says that the read-back was not right. Read back again what was corrected."
            ),
            { Submitted.Said: { } said } when said.MustBeReadBack() && state.ReadBacks.All(r => r.By.Id != now.By.Staff.Id) => new Refusal(
                "read-back-first",
                "Read back first, aloud or in writing: a watcher, an unstable patient, and whoever has something urgent open."
            ),
            { Submitted: { } given }
                when UrgentLoop.NotReadBack(Urgent, given.Said.Loops, given.At, state.ReadBacks, now.By.Staff.Id).FirstOrDefault()
                    is { } urgent => new Refusal(
                "read-back-first",
                $"Urgent since the hand-over was given: {urgent.Words.TrimEnd('.')}. Read it back first, aloud or in writing."
            ),
            _ => new HandoffAccepted(CareRules.Time(state, now), state.Submitted?.Id, CareRules.Responsible(state, now)!, now.By.Staff),
        };
}

/// <summary>Decline the patient, and why. They stay with the giver.</summary>
public sealed record DeclineHandoff(string? Reason) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            { Submitted: null, Next: null, Declined: { } said } when said == Text.Line(Reason) => [],
            _ when ReceivingRules.NotYours(state, now) is { } refusal => refusal,
            { Submitted: null, Holder: not null } => ReceivingRules.NotSubmitted,
            _ when CareRules.WrongWords(Reason, "reason", "Say why you decline.") is { } refusal => refusal,
            _ => new HandoffDeclined(CareRules.Time(state, now), Text.Line(Reason)!),
        };
}

/// <summary>Something urgent that is open about a patient.</summary>
/// <param name="Loop">As commands name it.</param>
/// <param name="Since">When it began; the same that begins anew is another.</param>
public sealed record UrgentLoop(string Loop, string Words, DateTimeOffset Since)
{
    /// <summary>What somebody has not read back: it was not urgent in the hand-over, or began after it, and none of their read-backs was given while it was open.</summary>
    /// <param name="urgent">What is urgent now.</param>
    /// <param name="given">What was open when the hand-over was given; that is read back with it.</param>
    public static IEnumerable<UrgentLoop> NotReadBack(
        IEnumerable<UrgentLoop>? urgent,
        IReadOnlyList<CarriedLoop> given,
        DateTimeOffset givenAt,
        IReadOnlyList<HeardBack> readBacks,
        string person
    ) =>
        (urgent ?? []).Where(l =>
            !(l.Since <= givenAt && given.Any(g => g.Loop == l.Loop && g.Pressing >= Pressing.Urgent))
            && !readBacks.Any(r => r.By.Id == person && l.Since <= r.At && r.Urgent?.Contains(l.Loop) == true)
        );
}

internal static class ReceivingRules
{
    /// <summary>The refusal of somebody who is on no shift of the patient's unit, or on one that is over.</summary>
    public static Refusal? NotOnShift(Care state, string? shift, Situation now) =>
        CareRules.NotOn(state, now.By.Staff.Id, shift, now) is null
            ? null
            : new("not-on-shift", "Who accepts is on a shift of the unit. Come on first, or take over and say why.", "shift");

    public static readonly Refusal NotSubmitted = new("not-handed-over", "The giver has not handed this patient over yet.");

    /// <summary>Only the person assigned next, or who is in charge; never the giver, nor who sent it in for them.</summary>
    public static Refusal? NotYours(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.IsResponsible(state, now) || state.Submitted?.By.Id == now.By.Staff.Id => new Refusal(
                "never-from-oneself",
                "Whoever gives a hand-over doesn't accept it. Somebody else accepts; who is in charge can take over."
            ),
            _ when state.Next?.To.Id == now.By.Staff.Id || CareRules.Leads(state, now) => null,
            _ => Refusal.NotPermitted("not-assigned", "The patient is not assigned to you. Who is in charge assigns them."),
        };
}
