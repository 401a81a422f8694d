using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

// Events

/// <summary>The patient is on a unit: whoever is in charge there is responsible until somebody takes or accepts the patient.</summary>
[Stored("care_began")]
public sealed record CareBegan(DateTimeOffset OccurredAt, string Unit) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"In the care of whoever is in charge of {Unit}, until somebody takes the patient.";

    public override Gravity Gravity() => Kernel.Gravity.Silent;
}

/// <summary>The patient is on another unit. Who was responsible still is, until somebody there accepts.</summary>
[Stored("care_moved")]
public sealed record CareMoved(DateTimeOffset OccurredAt, string Unit) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Care goes on, on {Unit}.";

    public override Gravity Gravity() => Kernel.Gravity.Silent;
}

[Stored("care_ended")]
public sealed record CareEnded(DateTimeOffset OccurredAt) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Care ended at {time.Clock(OccurredAt)}.";

    public override Gravity Gravity() => Kernel.Gravity.Silent;
}

/// <param name="Shift">The key of the shift on which they are to have the patient.</param>
[Stored("patient_assigned")]
public sealed record PatientAssigned(DateTimeOffset OccurredAt, Staff To, string Shift) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Assigned to {To.Name}, not accepted yet.";
}

/// <summary>Somebody took a patient who was nobody's but the unit's.</summary>
[Stored("patient_taken")]
public sealed record PatientTaken(DateTimeOffset OccurredAt, Staff To) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{To.Name} is responsible from {time.Clock(OccurredAt)}.";
}

/// <summary>Who is in charge, or a supervisor, is responsible at once: the giver left, or nobody was there to accept.</summary>
[Stored("patient_taken_over")]
public sealed record PatientTakenOver(DateTimeOffset OccurredAt, Staff To, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{To.Name} took over at {time.Clock(OccurredAt)}: {Reason}";
}

[Stored("severity_judged")]
public sealed record SeverityJudged(DateTimeOffset OccurredAt, IllnessSeverity Severity) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Judged {Severity.Words()}.";
}

/// <summary>What its author has written so far in one section of the next hand-over; an empty text takes it back. Kept as it is typed.</summary>
[Stored("handoff_written")]
public sealed record HandoffWritten(DateTimeOffset OccurredAt, HandoffSection Section, string? Words) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        Words is null
            ? $"Took back what was written for the hand-over ({Section.Words()})."
            : $"For the hand-over ({Section.Words()}): {Words}";

    public override Gravity Gravity() => Kernel.Gravity.Silent;
}

/// <summary>An open point goes on to the next shift, and why.</summary>
/// <param name="Loop">Which one; see <see cref="LoopId"/>.</param>
[Stored("loop_deferred")]
public sealed record LoopDeferred(DateTimeOffset OccurredAt, string Loop, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"An open point was put off: {Reason}";
}

/// <summary>An open point is somebody else's to close.</summary>
[Stored("loop_reowned")]
public sealed record LoopReowned(DateTimeOffset OccurredAt, string Loop, Staff To) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{To.Name} has an open point to close.";
}

/// <summary>The hand-over as it was given.</summary>
/// <param name="For">The giver, whoever sent it in.</param>
/// <param name="Watermark">The position in the facility's log up to which it speaks: what comes after it is since the hand-over.</param>
/// <param name="Since">From when on its generated lines tell; null for since the admission.</param>
/// <param name="Loops">What was open then, each with what was said about it.</param>
[Stored("handoff_submitted")]
public sealed record HandoffSubmitted(
    DateTimeOffset OccurredAt,
    Staff For,
    long Watermark,
    DateTimeOffset? Since,
    HandoffTemplate Template,
    IllnessSeverity Severity,
    IReadOnlyList<WrittenText> Texts,
    IReadOnlyList<CarriedLoop> Loops
) : Event(OccurredAt)
{
    // Whole, with its authors' words: so it stands on the timeline, and a search finds it.
    public override string Sentence(UnitTime time) =>
        $"Hand-over given by {For.Name} at {time.Clock(OccurredAt)}, {Severity.Words()}."
        + string.Concat(Texts.Select(t => $" {t.Section.Words()} ({t.By.Name}): {Ended(t.Words)}"))
        + string.Concat(
            Loops.Select(l => $" Open: {l.Words}{(l.Reason is { } reason ? $" ({reason})" : l.To is { } to ? $" ({to.Name})" : "")}.")
        );

    private static string Ended(string words) => words is [.., '.' or '!' or '?'] ? words : words + ".";

    /// <summary>Whoever is not stable is read back before they are accepted, and whoever has something urgent open.</summary>
    public bool MustBeReadBack() => Severity > IllnessSeverity.Stable || Loops.Any(l => l.Pressing >= Pressing.Urgent);
}

/// <summary>The receiver said it in their own words; without words, aloud.</summary>
/// <param name="Urgent">What was urgent then, as commands name open points; null for nothing.</param>
[Stored("read_back")]
public sealed record ReadBack(DateTimeOffset OccurredAt, string? Words, IReadOnlyList<string>? Urgent = null) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => Words is null ? "Read back aloud." : $"Read back: {Words}";
}

/// <param name="Correction">What is not so; null if the read-back was right.</param>
[Stored("read_back_answered")]
public sealed record ReadBackAnswered(DateTimeOffset OccurredAt, Guid ReadBack, string? Correction) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        Correction is null ? "The read-back was right." : $"The read-back was corrected: {Correction}";
}

[Stored("handoff_asked")]
public sealed record HandoffAsked(DateTimeOffset OccurredAt, string Question) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Asked: {Question}";
}

[Stored("handoff_answered")]
public sealed record HandoffAnswered(DateTimeOffset OccurredAt, Guid Question, string Words) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Answered: {Words}";
}

/// <param name="Handoff">The submission; null where there was none to give, because the patient was nobody's but the unit's.</param>
[Stored("handoff_accepted")]
public sealed record HandoffAccepted(DateTimeOffset OccurredAt, Guid? Handoff, Staff From, Staff To) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"{To.Name} accepted from {From.Name} at {time.Clock(OccurredAt)}.";
}

[Stored("handoff_declined")]
public sealed record HandoffDeclined(DateTimeOffset OccurredAt, string Reason) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The hand-over was declined: {Reason}";
}

// State

public enum IllnessSeverity
{
    Stable,
    Watcher,
    Unstable,
}

/// <summary>One author's words in one section.</summary>
public sealed record WrittenText(Staff By, HandoffSection Section, string Words, DateTimeOffset At);

/// <summary>An open point in a hand-over: its words, and why it goes on or whose it is now.</summary>
public sealed record CarriedLoop(string Loop, string Words, string? Reason, Staff? To, int Deferred, Pressing Pressing = Pressing.Usual);

/// <summary>Somebody who has a patient, since when.</summary>
public sealed record Holder(Staff Who, DateTimeOffset Since);

/// <summary>Who is to have the patient next, on which shift.</summary>
public sealed record Assignment(Staff To, string Shift, DateTimeOffset At);

/// <summary>A hand-over that was given and waits.</summary>
public sealed record Submission(Guid Id, DateTimeOffset At, Staff By, HandoffSubmitted Said);

public sealed record HeardBack(
    Guid Id,
    DateTimeOffset At,
    Staff By,
    string? Words,
    bool IsAnswered = false,
    string? Correction = null,
    Staff? AnsweredBy = null
)
{
    /// <summary>What was urgent then, and so was read back with it; null for nothing.</summary>
    public IReadOnlyList<string>? Urgent { get; init; }
}

public sealed record HandoffQuestion(Guid Id, DateTimeOffset At, Staff By, string Words, string? Answer = null, Staff? AnsweredBy = null);

/// <summary>What was said about an open point: for this hand-over if it is new, and how often it was put off before.</summary>
public sealed record SettledLoop(string Loop, string? Reason, Staff? To, int Deferred, bool IsForThis = true);

/// <summary>The last hand-over that was accepted, whole: what came after its watermark is news to whoever accepted it.</summary>
public sealed record AcceptedHandoff(Guid Id, DateTimeOffset At, Staff To, HandoffSubmitted Said)
{
    /// <summary>So long who gave it is asked whether anything was left out.</summary>
    public static readonly TimeSpan LooksBack = TimeSpan.FromHours(12);

    /// <summary>Whether somebody gave it, or sent it in for who did.</summary>
    public bool IsOf(string person) => Said.For.Id == person || By?.Id == person;

    /// <summary>When it was given, and by whom: the giver, or who sent it in for them.</summary>
    public DateTimeOffset? GivenAt { get; init; }

    public Staff? By { get; init; }

    public IReadOnlyList<HeardBack> ReadBacks { get; init; } = [];

    public IReadOnlyList<HandoffQuestion> Questions { get; init; } = [];

    /// <summary>Why it was taken over instead of accepted; null if it was accepted.</summary>
    public string? TakenOver { get; init; }

    /// <summary>What the giver found afterwards to have been left out.</summary>
    public IReadOnlyList<AddedWords> Added { get; init; } = [];

    /// <summary>When the giver said that nothing (more) was left out; null if they have not been asked, or have not answered.</summary>
    public DateTimeOffset? ClosedAt { get; init; }

    /// <summary>Every hand-over of a patient that was accepted or taken over, the latest first.</summary>
    /// <param name="facts">The events of the patient's care, in the order of the log; others are passed over.</param>
    public static IReadOnlyList<AcceptedHandoff> All(IEnumerable<Recorded> facts)
    {
        var (care, all) = (new Care(), new List<AcceptedHandoff>());
        foreach (var fact in facts.Where(f => StreamId.Is(f.Stream, StateKind<Care>.Name)))
        {
            care = (Care)care.Evolve(fact);
            if (care.Accepted is { } accepted)
            {
                all.RemoveAll(a => a.Id == accepted.Id);
                all.Add(accepted);
            }
        }

        all.Reverse();
        return all;
    }
}

/// <summary>Words that a giver added once the hand-over had been accepted.</summary>
public sealed record AddedWords(Guid Id, DateTimeOffset At, Staff By, string Words);

/// <summary>
/// Who is responsible for a patient, and the hand-over under way. From admission to discharge it is one person at every instant:
/// who took or accepted the patient last; before anybody did, who is in charge of the unit. Its key is the stay's.
/// </summary>
[Stored("care")]
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

    /// <summary>What has been written for the next hand-over: one text for each author and section, so that nobody's words replace another's.</summary>
    public IReadOnlyList<WrittenText> Texts { get; init; } = [];

    public IReadOnlyList<SettledLoop> Loops { get; init; } = [];

    public Submission? Submitted { get; init; }

    public IReadOnlyList<HeardBack> ReadBacks { get; init; } = [];

    /// <summary>How many had been given when the giver last said that one was not right: one of the receiver's must follow them.</summary>
    public int? ReadBacksUntilWrong { get; init; }

    public IReadOnlyList<HandoffQuestion> Questions { get; init; } = [];

    /// <summary>Why the last hand-over was declined, until it is given anew.</summary>
    public string? Declined { get; init; }

    public AcceptedHandoff? Accepted { get; init; }

    public bool IsRunning() => BeganAt is not null && !IsOver;

    /// <summary>The one person who is responsible now.</summary>
    /// <param name="charge">Of the unit where the patient is.</param>
    public Staff? Responsible(Charge charge, Unit unit) => Holder?.Who ?? charge.Of(unit);

    public SettledLoop? Settled(string loop) => Loops.FirstOrDefault(l => l.Loop == loop);

    public override string? OnUnit() => IsRunning() ? Unit : null;

    public override Guid? OfStay() => Stay;

    public override State Evolve(Recorded fact) =>
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

/// <summary>Which open point: the stream that says it, and its kind there.</summary>
public static class LoopId
{
    public static string Of(string stream, OpenLoop loop) => $"{stream}/{loop.Kind}";

    /// <summary>The stream and the kind that an id names; null if no state of such a kind says that something is open.</summary>
    public static (string Stream, string Kind)? Parts(string? loop) =>
        loop?.LastIndexOf('/') is > 0 and var at
        && loop.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash
        && dash < at
        && Names.Domain.WithLoops.Contains(loop[..dash])
            ? (loop[..at], loop[(at + 1)..])
            : null;
}

public static class SeverityWords
{
    public static string Words(this IllnessSeverity severity) => severity.ToString().ToLowerInvariant();
}
