using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;

namespace Handoff.Domain.Status;

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
    public string Words() => PrecautionWords.ForKind(Kind, Name);

    internal override IEnumerable<WrittenEntry> Written() =>
        [
            new(this, "a precaution", $"{Words()} precaution started", Permission.KeepPrecautions),
            .. Reviews.Select(review => new WrittenEntry(
                review,
                "the review of a precaution",
                $"{Words()} precaution reviewed",
                Permission.KeepPrecautions
            )),
            .. Ended is { } end
                ? [new WrittenEntry(end, "the end of a precaution", $"{Words()} precaution ended", Permission.KeepPrecautions)]
                : Array.Empty<WrittenEntry>(),
        ];

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
    : StatusEntry(Id, At, By)
{
    // Its precaution says it.
    internal override IEnumerable<WrittenEntry> Written() => [];
}

public sealed record PrecautionEnd(Guid Id, DateTimeOffset At, string By, string Reason) : StatusEntry(Id, At, By)
{
    internal override IEnumerable<WrittenEntry> Written() => [];
}

internal static class PrecautionRules
{
    public static Precaution? Find(PatientStatus state, Guid? id) => state.Precautions.FirstOrDefault(p => p.Id == id);

    public static Refusal? Wrong(PatientStatus state, Guid? id, DecisionContext now) =>
        StatusRules.Wrong(state, now.Now, now) switch
        {
            { } refusal => refusal,
            _ when id is null => Refusal.Missing("precaution", "Say which precaution."),
            _ when Find(state, id) is null => Refusal.NotFound("precaution-unknown", "There is no such precaution.", "precaution"),
            _ => null,
        };
}
