using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Status;

/// <summary>The patient asked for somebody to talk with. It stays open until somebody has given them time of their own.</summary>
/// <param name="Words">What about, in the patient's words; null if they did not say.</param>
[Stored("talk_asked")]
public sealed record TalkAsked(DateTimeOffset OccurredAt, string? Words) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Asked to talk with somebody at {time.Clock(OccurredAt)}{(Words is null ? "" : $": “{Words}”")}";

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Happened, Sentence(time));
}

public sealed record TalkWish(Guid Id, DateTimeOffset At, string By, string? Words) : StatusEntry(Id, At, By)
{
    /// <summary>
    /// Who asks is listened to within the hour. No rule gives a figure: this is the product's own, so that a wish does not wait for the
    /// next shift.
    /// </summary>
    public static readonly TimeSpan HeardWithin = TimeSpan.FromHours(1);

    internal override IEnumerable<WrittenEntry> Written() => [new(this, "a wish to talk", "Asked to talk", Permission.Observe)];

    internal OpenLoop Open(Guid stay) =>
        new("talk", stay, At, At + HeardWithin, $"asked to talk{(Words is null ? "" : $": “{Words}”")}", $"/stays/{stay}/contact")
        {
            Mark = "asks to talk",
        };
}

/// <summary>Record that the patient wants to talk with somebody.</summary>
/// <param name="Words">What about, in the patient's words, if they say so.</param>
public sealed record AskToTalk(string? Words = null, DateTimeOffset? At = null) : Command<PatientStatus>
{
    public override Permission Permission => Permission.Observe;

    public override IEnumerable<string> Reads(PatientStatus state, LoadedStates facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, DecisionContext now) =>
        state switch
        {
            _ when StatusRules.Wrong(state, At ?? now.Now, now) is { } refusal => refusal,
            _ when Text.TooLong(Text.Line(Words), Text.NameLimit, "words") is { } refusal => refusal,
            _ => new TalkAsked(StatusRules.At(state, At, now), Text.Line(Words)),
        };
}
