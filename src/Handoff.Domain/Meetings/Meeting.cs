using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Meetings;

// Events

/// <param name="Attending">Who sits around the table, as somebody typed it; empty if nobody did.</param>
[Stored("meeting_opened")]
public sealed record MeetingOpened(DateTimeOffset OccurredAt, string Unit, IReadOnlyList<string> Attending) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"The team meeting was opened at {time.Clock(OccurredAt)}{(Attending.Count == 0 ? "" : $" with {string.Join(", ", Attending)}")}.";
}

/// <param name="NotReviewed">Who was on the unit and was not spoken of: each of them reads it on their timeline, and nobody else does.</param>
[Stored("meeting_closed")]
public sealed record MeetingClosed(DateTimeOffset OccurredAt, string Unit, IReadOnlyList<Guid> NotReviewed) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        NotReviewed.Count == 0 ? "The team meeting was closed." : "The team meeting was closed before it came to this patient.";

    public override IEnumerable<Guid> About() => NotReviewed;
}

// State

/// <summary>One unit's team meeting of one day. What it says about a patient is kept with the patient, in <see cref="CaseReview"/>.</summary>
[Stored("meeting")]
public sealed record Meeting : State
{
    /// <summary>More names than this are a list of the staff.</summary>
    public const int MostAttending = 40;

    public string? Unit { get; init; }

    public DateTimeOffset? OpenedAt { get; init; }

    public Staff? OpenedBy { get; init; }

    public IReadOnlyList<string> Attending { get; init; } = [];

    public DateTimeOffset? ClosedAt { get; init; }

    public Staff? ClosedBy { get; init; }

    public IReadOnlyList<Guid> NotReviewed { get; init; } = [];

    public bool IsKnown() => OpenedAt is not null;

    public bool IsOpen() => IsKnown() && ClosedAt is null;

    public override string? OnUnit() => Unit;

    public override State Evolve(Recorded fact) =>
        fact.Event switch
        {
            MeetingOpened e => this with
            {
                Unit = e.Unit,
                OpenedAt = OpenedAt ?? e.OccurredAt,
                OpenedBy = OpenedBy ?? fact.By,
                Attending = e.Attending.Count > 0 ? e.Attending : Attending,
                ClosedAt = null,
                ClosedBy = null,
                NotReviewed = [],
            },
            MeetingClosed e => this with { ClosedAt = e.OccurredAt, ClosedBy = fact.By, NotReviewed = e.NotReviewed },
            _ => this,
        };
}

// Commands

/// <summary>Open a unit's meeting on its day, once; one that was closed too early is opened again.</summary>
public sealed record OpenMeeting(IReadOnlyList<string>? Attending = null) : Command<Meeting>
{
    public override Permission Permission => Permission.ReviewPatients;

    public override IEnumerable<string> Needs(Meeting state, Facts facts) => MeetingKey.NeedsUnit(Key);

    public override Decision Decide(Meeting state, Situation now)
    {
        var (unit, day) = (now.Facts.Of<Unit>(MeetingKey.Unit(Key) ?? ""), MeetingKey.Day(Key));
        List<string> attending = [.. (Attending ?? []).Select(Text.Line).OfType<string>().Distinct()];
        return state switch
        {
            _ when day is null => MeetingRules.WrongKey,
            _ when !unit.IsOpen() => Refusal.NotFound("unit-unknown", "There is no such unit.", "unit"),
            _ when !now.By.WorksOn(unit.Id) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            _ when state.IsOpen() => [],
            _ when day != MeetingKey.Today(unit, now.Now) => new Refusal(
                "meeting-not-today",
                "A meeting is opened on its own day. Open today’s."
            ),
            _ when attending.Count > Meeting.MostAttending => Refusal.Invalid(
                "attending-too-many",
                $"At most {Meeting.MostAttending} names are kept.",
                "attending"
            ),
            _ when attending.Any(name => name.Length > Text.NameLimit) => Refusal.Invalid(
                "text-too-long",
                $"A name has at most {Text.NameLimit} characters.",
                "attending"
            ),
            _ => new MeetingOpened(unit.Time().Local(now.Now), unit.Id, attending),
        };
    }
}

/// <summary>Close the meeting. Patients who were not reviewed don't hinder it; they are named.</summary>
public sealed record CloseMeeting : Command<Meeting>
{
    public override Permission Permission => Permission.ReviewPatients;

    public override IEnumerable<string> Needs(Meeting state, Facts facts) =>
        state.Unit is not { } unit
            ? []
            :
            [
                StreamId.For(StateKind<Unit>.Name, unit),
                StreamId.For(StateKind<Census>.Name, unit),
                .. facts.Of<Census>(unit).Stays.Select(stay => StreamId.For(StateKind<CaseReview>.Name, stay.Id)),
            ];

    public override Decision Decide(Meeting state, Situation now) =>
        state switch
        {
            _ when !state.IsKnown() => MeetingRules.Unknown,
            { ClosedAt: not null } => [],
            _ => new MeetingClosed(now.Facts.Of<Unit>(state.Unit!).Time().Local(now.Now), state.Unit!, [.. NotReviewed(state, now)]),
        };

    private IEnumerable<Guid> NotReviewed(Meeting state, Situation now) =>
        now
            .Facts.Of<Census>(state.Unit!)
            .Stays.Where(stay => !now.Facts.Of<CaseReview>(stay.Id.ToString()).WasReviewedIn(Key))
            .OrderBy(stay => stay.Where()?.Bed, StringComparer.Ordinal)
            .Select(stay => stay.Id);
}

internal static class MeetingRules
{
    public static readonly Refusal WrongKey = Refusal.Invalid(
        "meeting-id-invalid",
        "A meeting's id is its unit's and its day, such as 2-west.2026-11-22.",
        "meeting"
    );

    public static readonly Refusal Unknown = Refusal.NotFound("meeting-unknown", "There is no such meeting.", "meeting");
}
