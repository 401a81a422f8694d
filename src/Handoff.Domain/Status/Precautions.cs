using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;

namespace Handoff.Domain.Status;

// Events

/// <param name="Name">What exactly, where the kind alone doesn't say it; always there for <see cref="PrecautionKind.Other"/>.</param>
/// <param name="ReviewBy">When somebody must have asked whether it is still needed.</param>
[Stored("precaution_started")]
public sealed record PrecautionStarted(DateTimeOffset OccurredAt, PrecautionKind Kind, string? Name, string Reason, DateTimeOffset ReviewBy)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Precaution from {time.Clock(OccurredAt)}: {PrecautionWords.Of(Kind, Name)}. {Reason}";

    public override Bearing ForHandoff(UnitTime time) =>
        new(
            HandoffPart.Critical,
            $"{PrecautionWords.Of(Kind, Name)} precaution since {time.DayAndClock(OccurredAt)}: {Reason}",
            $"precaution-{Kind}-{Name}",
            Weight.Stands
        );
}

/// <summary>Somebody asked whether it is still needed, and it is.</summary>
[Stored("precaution_reviewed")]
public sealed record PrecautionReviewed(
    DateTimeOffset OccurredAt,
    Guid Precaution,
    PrecautionKind Kind,
    string? Name,
    string? Remark,
    DateTimeOffset ReviewBy
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Precaution reviewed at {time.Clock(OccurredAt)} and goes on: {PrecautionWords.Of(Kind, Name)}{(Remark is null ? "." : $". {Remark}")}";
}

/// <param name="OccurredAt">The moment by which it should have been reviewed.</param>
[Stored("precaution_review_overdue")]
public sealed record PrecautionReviewOverdue(DateTimeOffset OccurredAt, Guid Precaution, PrecautionKind Kind, string? Name)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Not reviewed by {time.DayAndClock(OccurredAt)}: {PrecautionWords.Of(Kind, Name)} precaution.";

    public override Gravity Gravity() => Kernel.Gravity.Notable;

    public override Bearing ForHandoff(UnitTime time) => new(HandoffPart.ToDo, Sentence(time), $"precaution-review-{Kind}-{Name}");
}

[Stored("precaution_ended")]
public sealed record PrecautionEnded(DateTimeOffset OccurredAt, Guid Precaution, PrecautionKind Kind, string? Name, string Reason)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Precaution ended at {time.Clock(OccurredAt)}: {PrecautionWords.Of(Kind, Name)}. {Reason}";

    public override Bearing ForHandoff(UnitTime time) =>
        new(HandoffPart.Happened, Sentence(time), $"precaution-{Kind}-{Name}", Weight.Over);
}

// State

public enum PrecautionKind
{
    Suicide,
    SelfHarm,
    Elopement,
    Assault,
    Fall,
    Seizure,
    SexualActingOut,
    Arson,
    Medical,
    Other,
}

/// <param name="By">Who started it.</param>
/// <param name="FirstReviewBy">By when it was to be reviewed for the first time; <see cref="ReviewBy"/> is what stands now.</param>
/// <param name="OverdueSaid">The latest moment that was said to be missed: none is said twice.</param>
public sealed record Precaution(
    Guid Id,
    DateTimeOffset At,
    string By,
    PrecautionKind Kind,
    string? Name,
    string Reason,
    DateTimeOffset FirstReviewBy,
    DateTimeOffset? OverdueSaid = null
) : StatusEntry(Id, At, By)
{
    /// <summary>
    /// A precaution restricts a person; whether it is still needed is asked at least daily. Source: common hospital policy under
    /// 42 CFR 482.13(c)(2) (care in a safe setting) and 482.13(e)(1) (no restriction longer than it is needed).
    /// </summary>
    public static readonly TimeSpan ReviewedWithin = TimeSpan.FromHours(24);

    private const int ReviewsRemembered = 3;

    /// <summary>The latest reviews, oldest first.</summary>
    public IReadOnlyList<PrecautionReview> Reviews { get; init; } = [];

    /// <summary>Null as long as it is in force.</summary>
    public PrecautionEnd? Ended { get; init; }

    /// <summary>By when somebody must have asked again whether it is needed.</summary>
    public DateTimeOffset ReviewBy() => Reviews.Count > 0 ? Reviews[^1].ReviewBy : FirstReviewBy;

    public bool IsReviewOverdue(DateTimeOffset now) => Ended is null && ReviewBy() <= now;

    /// <summary>As on a chip: <c>Suicide</c>, <c>Medical: insulin pump</c>.</summary>
    public string Words() => PrecautionWords.Of(Kind, Name);

    internal bool IsOverdueSaid() => OverdueSaid >= ReviewBy();

    internal Precaution Looked(PrecautionReview review) =>
        this with
        {
            Reviews = [.. Reviews.Append(review).OrderBy(r => r.At).TakeLast(ReviewsRemembered)],
        };

    internal Precaution Without(Guid entry) =>
        this with
        {
            Reviews = [.. Reviews.Where(r => r.Id != entry)],
            Ended = Ended?.Id == entry ? null : Ended,
        };
}

public sealed record PrecautionReview(Guid Id, DateTimeOffset At, string By, string? Remark, DateTimeOffset ReviewBy)
    : StatusEntry(Id, At, By);

public sealed record PrecautionEnd(Guid Id, DateTimeOffset At, string By, string Reason) : StatusEntry(Id, At, By);

public static class PrecautionWords
{
    public static string Words(this PrecautionKind kind) =>
        kind switch
        {
            PrecautionKind.SelfHarm => "Self-harm",
            PrecautionKind.SexualActingOut => "Sexual acting out",
            _ => kind.ToString(),
        };

    public static string Of(PrecautionKind kind, string? name) =>
        (kind, name) switch
        {
            (_, null) => kind.Words(),
            (PrecautionKind.Other, _) => name,
            _ => $"{kind.Words()}: {name}",
        };
}

// Commands

/// <param name="Name">What exactly; needed where the kind is <see cref="PrecautionKind.Other"/>. At most 40 characters.</param>
public sealed record StartPrecaution(PrecautionKind? Kind, string? Reason, string? Name = null, DateTimeOffset? At = null)
    : Command<PatientStatus>
{
    public override Permission Permission => Permission.KeepPrecautions;

    public override IEnumerable<string> Needs(PatientStatus state, Facts facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, Situation now) =>
        state switch
        {
            _ when StatusRules.Wrong(state, At ?? now.Now, now) is { } refusal => refusal,
            _ when Kind is null => Refusal.Missing("kind", "Choose the precaution."),
            _ when Kind is PrecautionKind.Other && Text.Line(Name) is null => Refusal.Missing("name", "Say which precaution it is."),
            _ when Text.TooLong(Text.Line(Name), 40, "name") is { } refusal => refusal,
            _ when RoundingRules.WrongReason(Reason) is { } refusal => refusal,
            _ when state.ActivePrecautions().Any(p => (p.Kind, p.Name) == (Kind, Text.Line(Name))) => [],
            _ => new PrecautionStarted(
                StatusRules.At(state, At, now),
                Kind.Value,
                Text.Line(Name),
                Text.Line(Reason)!,
                StatusRules.At(state, At, now) + Precaution.ReviewedWithin
            ),
        };
}

/// <summary>Say that a precaution was reviewed and is still needed.</summary>
public sealed record ReviewPrecaution(Guid? Precaution, string? Remark = null) : Command<PatientStatus>
{
    public override Permission Permission => Permission.KeepPrecautions;

    public override IEnumerable<string> Needs(PatientStatus state, Facts facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, Situation now) =>
        state switch
        {
            _ when PrecautionRules.Wrong(state, Precaution, now) is { } refusal => refusal,
            _ when PrecautionRules.Of(state, Precaution) is { Ended: not null } => new Refusal(
                "precaution-over",
                "The precaution was ended. Start it anew if it is needed.",
                "precaution"
            ),
            _ when Text.TooLong(Text.Line(Remark), Text.RemarkLimit, "remark") is { } refusal => refusal,
            _ when PrecautionRules.Of(state, Precaution)!.Reviews.Any(r => r.At == now.Now) => [],
            _ => Reviewed(PrecautionRules.Of(state, Precaution)!, StatusRules.At(state, null, now)),
        };

    private PrecautionReviewed Reviewed(Precaution of, DateTimeOffset at) =>
        new(at, of.Id, of.Kind, of.Name, Text.Line(Remark), at + Status.Precaution.ReviewedWithin);
}

public sealed record EndPrecaution(Guid? Precaution, string? Reason) : Command<PatientStatus>
{
    public override Permission Permission => Permission.KeepPrecautions;

    public override IEnumerable<string> Needs(PatientStatus state, Facts facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, Situation now) =>
        state switch
        {
            _ when PrecautionRules.Wrong(state, Precaution, now) is { } refusal => refusal,
            _ when RoundingRules.WrongReason(Reason) is { } refusal => refusal,
            _ when PrecautionRules.Of(state, Precaution) is { Ended: null } of => new PrecautionEnded(
                StatusRules.At(state, null, now),
                of.Id,
                of.Kind,
                of.Name,
                Text.Line(Reason)!
            ),
            _ => [],
        };
}

/// <summary>Say that a precaution was not reviewed in time; once, until somebody reviews it.</summary>
[Internal]
public sealed record FindReviewOverdue(Guid Precaution) : Command<PatientStatus>
{
    public override Permission Permission => Permission.KeepPrecautions;

    public override Decision Decide(PatientStatus state, Situation now) =>
        PrecautionRules.Of(state, Precaution) switch
        {
            { } of when state.IsRunning() && of.IsReviewOverdue(now.Now) && !of.IsOverdueSaid() => new PrecautionReviewOverdue(
                of.ReviewBy(),
                of.Id,
                of.Kind,
                of.Name
            ),
            _ => [],
        };
}

internal static class PrecautionRules
{
    public static Precaution? Of(PatientStatus state, Guid? id) => state.Precautions.FirstOrDefault(p => p.Id == id);

    public static Refusal? Wrong(PatientStatus state, Guid? id, Situation now) =>
        StatusRules.Wrong(state, now.Now, now) switch
        {
            { } refusal => refusal,
            _ when id is null => Refusal.Missing("precaution", "Say which precaution."),
            _ when Of(state, id) is null => Refusal.NotFound("precaution-unknown", "There is no such precaution.", "precaution"),
            _ => null,
        };
}
