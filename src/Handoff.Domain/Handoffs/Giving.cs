using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

// Commands

/// <summary>Judge how ill the patient is, for whoever comes next.</summary>
public sealed record JudgeSeverity(IllnessSeverity? Severity) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when Severity is null => Refusal.Missing("severity", "Choose stable, watcher or unstable."),
            _ when Severity == state.Severity => [],
            _ => new SeverityJudged(CareRules.Time(state, now), Severity.Value),
        };
}

/// <summary>Keep one's own words in a section of the next hand-over, as they are typed. Nobody writes over another's.</summary>
/// <param name="Words">All of one's words there; nothing takes them back.</param>
public sealed record WriteHandoff(HandoffSection? Section, string? Words) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when Section is null || !now.Facts.Of<Unit>(state.Unit!).Template.Sections().Contains(Section.Value) => Refusal.Invalid(
                "section-unknown",
                "The unit's hand-over has no such section.",
                "section"
            ),
            _ when Text.TooLong(Text.Line(Words), Text.RemarkLimit, "words") is { } refusal => refusal,
            _ when state.Texts.FirstOrDefault(t => t.By.Id == now.By.Staff.Id && t.Section == Section)?.Words == Text.Line(Words) => [],
            _ => new HandoffWritten(CareRules.Time(state, now), Section.Value, Text.Line(Words)),
        };
}

/// <summary>Let an open point go on to the next shift. How often that was done is shown.</summary>
/// <param name="Loop">The point, as the hand-over lists it.</param>
public sealed record DeferLoop(string? Loop, string? Reason) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) =>
        [.. CareRules.Needs(state), .. GivingRules.NeedsLoop(state, Loop)];

    public override Decision Decide(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when GivingRules.NotYours(state, now) is { } refusal => refusal,
            _ when GivingRules.WrongLoop(state, Loop, now) is { } refusal => refusal,
            _ when CareRules.WrongWords(Reason, "reason", "Say why it goes on to the next shift.") is { } refusal => refusal,
            _ when state.Settled(Loop!) is { IsForThis: true } said && said.Reason == Text.Line(Reason) => [],
            _ => new LoopDeferred(CareRules.Time(state, now), Loop!, Text.Line(Reason)!),
        };
}

/// <summary>Make an open point somebody else's, who is on the shift.</summary>
public sealed record ReownLoop(string? Loop, string? Person, string? Shift) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) =>
        [.. CareRules.Needs(state), .. CareRules.NeedsShift(Shift), .. GivingRules.NeedsLoop(state, Loop)];

    public override Decision Decide(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when GivingRules.NotYours(state, now) is { } refusal => refusal,
            _ when GivingRules.WrongLoop(state, Loop, now) is { } refusal => refusal,
            _ when CareRules.NotOn(state, Person, Shift, now) is { } refusal => refusal,
            _ when state.Settled(Loop!) is { IsForThis: true } said && said.To?.Id == Person => [],
            _ => new LoopReowned(CareRules.Time(state, now), Loop!, CareRules.On(Person, Shift, now)!.Who),
        };
}

/// <summary>
/// Give the hand-over: by who is responsible, or by who is in charge for somebody who left. Only the service sends it, with what it found
/// open and the position that the giver saw, so that neither can be left out; sent again, it may find other things, and is the same request.
/// </summary>
/// <param name="Watermark">The log position up to which the giver has seen.</param>
/// <param name="Open">What is open about the patient, by <see cref="LoopId"/>, with its words.</param>
/// <param name="Since">From when on the generated lines tell; null for since the admission.</param>
[Internal]
public sealed record SubmitHandoff(
    [property: JsonIgnore] long Watermark,
    [property: JsonIgnore] IReadOnlyList<CarriedLoop> Open,
    [property: JsonIgnore] DateTimeOffset? Since
) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, Situation now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when GivingRules.NotYours(state, now) is { } refusal => refusal,
            { Severity: null } => Refusal.Missing("severity", "Choose stable, watcher or unstable."),
            _ when Open.FirstOrDefault(l => l.Pressing == Pressing.Emergency) is { } emergency => GivingRules.Emergency(emergency.Words),
            _ when Open.FirstOrDefault(l => state.Settled(l.Loop) is not { IsForThis: true }) is { } open => new Refusal(
                "loop-open",
                $"Still open: {open.Words}. Close it, put it off with a reason, or make it somebody else's.",
                "loops"
            ),
            { Submitted: { } given } when given.Said.Texts.SequenceEqual(state.Texts) && given.Said.Severity == state.Severity => [],
            _ => new HandoffSubmitted(
                CareRules.Time(state, now),
                CareRules.Responsible(state, now)!,
                Watermark,
                Since,
                now.Facts.Of<Unit>(state.Unit!).Template,
                state.Severity.Value,
                state.Texts,
                [.. Open.Select(l => GivingRules.Carried(l, state.Settled(l.Loop)!))]
            ),
        };
}

/// <summary>Say whether a read-back was right.</summary>
/// <param name="Correction">What is not so; nothing if it was right.</param>
public sealed record AnswerReadBack(Guid? ReadBack, string? Correction = null) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, Situation now) =>
        state.ReadBacks.FirstOrDefault(r => r.Id == ReadBack) switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when ReadBack is null => Refusal.Missing("readBack", "Say which read-back."),
            null => Refusal.NotFound("read-back-unknown", "There is no such read-back.", "readBack"),
            _ when GivingRules.NotYours(state, now) is { } refusal => refusal,
            { } heard when heard.By.Id == now.By.Staff.Id => new Refusal("own-read-back", "The giver says whether it was right."),
            _ when Text.TooLong(Text.Line(Correction), Text.RemarkLimit, "correction") is { } refusal => refusal,
            { IsAnswered: true } heard when heard.Correction == Text.Line(Correction) => [],
            _ => new ReadBackAnswered(CareRules.Time(state, now), ReadBack.Value, Text.Line(Correction)),
        };
}

/// <summary>Answer a question about the hand-over.</summary>
public sealed record AnswerHandoff(Guid? Question, string? Words) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Needs(Care state, Facts facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, Situation now) =>
        state.Questions.FirstOrDefault(q => q.Id == Question) switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            null => Refusal.NotFound("question-unknown", "There is no such question.", "question"),
            _ when CareRules.WrongWords(Words, "words", "Write an answer.") is { } refusal => refusal,
            { } asked when asked.Answer == Text.Line(Words) => [],
            _ => new HandoffAnswered(CareRules.Time(state, now), Question!.Value, Text.Line(Words)!),
        };
}

internal static class GivingRules
{
    /// <summary>The giver gives; for a giver who left, who is in charge.</summary>
    public static Refusal? NotYours(Care state, Situation now) =>
        CareRules.IsResponsible(state, now) || CareRules.Leads(state, now)
            ? null
            : Refusal.NotPermitted(
                "not-your-patient",
                "Somebody else is responsible for this patient. They hand over; if they have left, who is in charge does."
            );

    /// <summary>The stream that says a loop, besides the patient's own care.</summary>
    public static IEnumerable<string> NeedsLoop(Care state, string? loop) =>
        IsFit(loop) && LoopId.Parts(loop) is var (stream, _) && stream != Own(state) ? [stream] : [];

    /// <summary>Only what is open now, about this patient, can be put off or passed on; an emergency can't be.</summary>
    public static Refusal? WrongLoop(Care state, string? loop, Situation now) =>
        string.IsNullOrEmpty(loop)
            ? Refusal.Missing("loop", "Say which open point.")
            : Open(state, loop, now) switch
            {
                null => Refusal.Invalid("loop-unknown", "Nothing of that kind is open about this patient.", "loop"),
                { Pressing: Pressing.Emergency } emergency => Emergency(emergency.Words),
                _ => null,
            };

    public static Refusal Emergency(string words) =>
        new(
            "loop-emergency",
            $"An emergency is open: {words.TrimEnd('.')}. It can't be put off or passed on; somebody answers it first.",
            "loops"
        );

    private static OpenLoop? Open(Care state, string loop, Situation now) =>
        IsFit(loop) && LoopId.Parts(loop) is var (stream, kind)
            ? (stream == Own(state) ? state : now.Facts.On(stream))?.OpenLoops().FirstOrDefault(l => l.Kind == kind && l.Stay == state.Stay)
            : null;

    private static bool IsFit(string? loop) => loop is { Length: <= 200 } && Text.Line(loop) == loop;

    private static string Own(Care state) => StreamId.For(StateKind<Care>.Name, state.Stay);

    public static CarriedLoop Carried(CarriedLoop open, SettledLoop said) =>
        open with
        {
            Reason = said.Reason,
            To = said.To,
            Deferred = said.Deferred,
        };
}
