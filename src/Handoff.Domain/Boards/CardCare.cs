using Handoff.Domain.Handoffs;
using Handoff.Domain.Units;

namespace Handoff.Domain.Boards;

public sealed partial record BoardCard
{
    /// <summary>Who has the patient.</summary>
    public CardCare? Care { get; init; }

    /// <param name="charge">Who is in charge of the unit, recorded at <paramref name="position"/>: until somebody takes the patient, it is
    /// their card that changes with it.</param>
    /// <param name="news">See <see cref="CardCare.SinceHandoff"/>.</param>
    public BoardCard With(Charge charge, long position, Care? care, Unit unit, int? news) =>
        this with
        {
            Care = CardCare.FromCare(care, charge, unit, news),
            Version = care?.Holder is null ? Math.Max(Version, position) : Version,
        };
}

/// <summary>The one person who is responsible, and who is to be next.</summary>
/// <param name="IsByRule">Nobody has taken the patient yet: it is who is in charge of the unit.</param>
/// <param name="Next">Assigned, not accepted yet; null for nobody.</param>
/// <param name="IsGiven">Handed over, and waiting to be accepted.</param>
/// <param name="SinceHandoff">What of note was recorded after the last accepted handoff; null if there was none, or on a board of the
/// past.</param>
public sealed record CardCare(
    string? Responsible,
    string? ResponsibleId,
    bool IsByRule,
    string? Next,
    string? NextId,
    bool IsGiven,
    IllnessSeverity? Severity,
    int? SinceHandoff
)
{
    /// <summary>What somebody foresaw and what has come true since, until it is answered; the latest first.</summary>
    public IReadOnlyList<CardContingency> Fired { get; init; } = [];

    public static CardCare? FromCare(Care? care, Charge charge, Unit unit, int? since) =>
        care?.IsRunning() != true
            ? null
            : new(
                care.Responsible(charge, unit)?.Name,
                care.Responsible(charge, unit)?.Id,
                care.Holder is null,
                care.Next?.To.Name,
                care.Next?.To.Id,
                care.Submitted is not null,
                care.Severity,
                care.Accepted is null ? null : since
            )
            {
                Fired = [.. care.Unanswered().Select(c => new CardContingency(c.Id, c.Says(), c.Author.Name, c.Shift, c.FiredAt!.Value))],
            };
}

/// <param name="Says">Condition and what then: <c>If elopement: call RN, offer quiet room</c>.</param>
/// <param name="Shift">On which it was written, such as <c>Night</c>.</param>
public sealed record CardContingency(Guid Contingency, string Says, string Author, string Shift, DateTimeOffset At);
