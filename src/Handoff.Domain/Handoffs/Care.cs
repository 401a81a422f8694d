using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>
/// Who is responsible for a patient, and the handoff under way. From admission to discharge it is one person at every instant:
/// who took or accepted the patient last; before anybody did, who is in charge of the unit. Its key is the stay's.
/// </summary>
[Stored("care")]
[OfEachStay]
public sealed partial record Care : State
{
    /// <summary>Open points of so many kinds are remembered with how often they were put off.</summary>
    private const int LoopsRemembered = 40;

    public Guid Stay { get; init; }

    public string? Unit { get; init; }

    public DateTimeOffset? BeganAt { get; init; }

    public bool IsOver { get; init; }

    /// <summary>Null while it is whoever is in charge of the unit.</summary>
    public Holder? Holder { get; init; }

    public Assignment? Next { get; init; }

    public IllnessSeverity? Severity { get; init; }

    /// <summary>
    /// What has been written for the next handoff: one text for each author and section, so that nobody's words replace another's.
    /// </summary>
    public IReadOnlyList<WrittenText> Texts { get; init; } = [];

    public IReadOnlyList<SettledLoop> Loops { get; init; } = [];

    public Submission? Submitted { get; init; }

    public IReadOnlyList<HeardBack> ReadBacks { get; init; } = [];

    /// <summary>How many had been given when the giver last said that one was not right: one of the receiver's must follow them.</summary>
    public int? ReadBacksUntilWrong { get; init; }

    public IReadOnlyList<HandoffQuestion> Questions { get; init; } = [];

    /// <summary>Why the last handoff was declined, until it is given anew.</summary>
    public string? Declined { get; init; }

    public AcceptedHandoff? Accepted { get; init; }

    public bool IsRunning() => BeganAt is not null && !IsOver;

    /// <summary>The one person who is responsible now.</summary>
    /// <param name="charge">Of the unit where the patient is.</param>
    public Staff? Responsible(Charge charge, Unit unit) => Holder?.Who ?? charge.InChargeOf(unit);

    public SettledLoop? Settled(string loop) => Loops.FirstOrDefault(l => l.Loop == loop);

    public override string? OnUnit() => IsRunning() ? Unit : null;

    public override Guid? OfStay() => Stay;

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            CareBegan e => this with { Stay = Guid.Parse(fact.Key), Unit = e.Unit, BeganAt = BeganAt ?? e.OccurredAt, IsOver = false },
            CareMoved e => this with { Unit = e.Unit, Next = null },
            CareEnded => this with { IsOver = true, Next = null, Submitted = null },
            PatientAssigned e when e.To.Id == Holder?.Who.Id => this with { Next = null, Submitted = null },
            PatientAssigned e => this with { Next = new(e.To, e.Shift, e.OccurredAt) },
            PatientTaken e => Had(e.To, e.OccurredAt),
            PatientTakenOver e => Received(e.To, e.OccurredAt, e.Reason) with { Next = Next?.To.Id == e.To.Id ? null : Next },
            SeverityJudged e => this with { Severity = e.Severity },
            HandoffWritten e => this with { Texts = Written(fact.By, e) },
            LoopDeferred e => Settle(new(e.Loop, e.Reason, null, (Settled(e.Loop)?.Deferred ?? 0) + 1)),
            LoopReowned e => Settle(new(e.Loop, null, e.To, Settled(e.Loop)?.Deferred ?? 0)),
            HandoffSubmitted e => this with
            {
                Submitted = new(fact.Id, e.OccurredAt, fact.By, e),
                ReadBacks = [],
                ReadBacksUntilWrong = null,
                Declined = null,
            },
            ReadBack e => this with { ReadBacks = [.. ReadBacks, new(fact.Id, e.OccurredAt, fact.By, e.Words) { Urgent = e.Urgent }] },
            ReadBackAnswered e => this with
            {
                ReadBacks =
                [
                    .. ReadBacks.Select(r =>
                        r.Id == e.ReadBack ? r with { IsAnswered = true, Correction = e.Correction, AnsweredBy = fact.By } : r
                    ),
                ],
                ReadBacksUntilWrong =
                    e.Correction is not null ? ReadBacks.Count
                    : ReadBacks.Any(r => r.Id != e.ReadBack && r.Correction is not null) ? ReadBacksUntilWrong
                    : null,
            },
            HandoffAsked e => this with { Questions = [.. Questions, new(fact.Id, e.OccurredAt, fact.By, e.Question)] },
            HandoffAnswered e => this with
            {
                Questions = [.. Questions.Select(q => q.Id == e.Question ? q with { Answer = e.Words, AnsweredBy = fact.By } : q)],
            },
            HandoffAccepted e => Received(e.To, e.OccurredAt, null) with { Next = null },
            HandoffAdded e => this with
            {
                Accepted =
                    Accepted is { } a && a.Id == e.Handoff
                        ? a with
                        {
                            Added = [.. a.Added, new(fact.Id, e.OccurredAt, fact.By, e.Words)],
                        }
                        : Accepted,
            },
            HandoffClosed e => this with
            {
                Accepted = Accepted is { } a && a.Id == e.Handoff ? a with { ClosedAt = e.OccurredAt } : Accepted,
            },
            HandoffDeclined e => this with { Submitted = null, Next = null, Declined = e.Reason },
            _ => Foresaw(fact),
        };

    private Care Had(Staff who, DateTimeOffset at) =>
        this with
        {
            Holder = new(who, at),
            Submitted = null,
            Declined = null,
            Contingencies = ArmedFor(who, at),
        };

    // What was given is kept whole, also where it was taken over instead of accepted.
    private Care Received(Staff to, DateTimeOffset at, string? takenOver) =>
        Had(to, at) with
        {
            Accepted = Submitted is { } given
                ? new(given.Id, at, to, given.Said)
                {
                    GivenAt = given.At,
                    By = given.By,
                    ReadBacks = ReadBacks,
                    Questions = Questions,
                    TakenOver = takenOver,
                }
                : Accepted,
            Texts = Submitted is { } submitted ? [.. Texts.Except(submitted.Said.Texts)] : Texts,
            Loops = takenOver is null || Submitted is not null ? [.. Loops.Select(l => l with { IsForThis = false })] : Loops,
            Questions = [],
            ReadBacks = [],
            ReadBacksUntilWrong = null,
        };

    private List<WrittenText> Written(Staff by, HandoffWritten e)
    {
        List<WrittenText> others = [.. Texts.Where(t => t.By.Id != by.Id || t.Section != e.Section)];
        return e.Words is { } words ? [.. others, new(by, e.Section, words, e.OccurredAt)] : others;
    }

    private Care Settle(SettledLoop loop) =>
        this with
        {
            Loops = [.. Loops.Where(l => l.Loop != loop.Loop).Append(loop).TakeLast(LoopsRemembered)],
        };
}
