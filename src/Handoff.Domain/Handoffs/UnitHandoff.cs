using Handoff.Domain.Kernel;
using Handoff.Domain.Observations;
using Handoff.Domain.Status;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>A unit's hand-over as it stands: who is on, who has whom, and how far each patient is prepared.</summary>
/// <param name="Position">The log position up to which it speaks: the watermark of what is handed over from it.</param>
/// <param name="Patients">Unstable first, then watchers, then by bed.</param>
public sealed record UnitHandoff(
    string Unit,
    string Name,
    HandoffTemplate Template,
    DateTimeOffset AsOf,
    long Position,
    Staff? InCharge,
    IReadOnlyList<ShiftLine> Shifts,
    IReadOnlyList<HandoffPatient> Patients
)
{
    /// <summary>The unit's observation levels in its own words.</summary>
    public IReadOnlyList<LocalLevel> Levels { get; init; } = [];

    /// <summary>Who was moved to a place that is not ours, and the report to it is still to be given.</summary>
    public IReadOnlyList<LeftPatient> Left { get; init; } = [];

    public IEnumerable<HandoffPatient> Of(string person) => Patients.Where(p => p.Responsible?.Id == person);

    public IEnumerable<HandoffPatient> For(string person) => Patients.Where(p => p.Next?.Id == person);

    /// <summary>Who can be given patients: everybody who is on a shift that is on or comes next, each once for each shift.</summary>
    public IEnumerable<(ShiftLine Shift, PersonOn Person)> Assignable() =>
        from shift in Shifts
        where shift.Ends > AsOf
        from person in shift.People
        where person.Until is null
        select (shift, person);

    /// <summary>Whose huddle it is now: the one that is under way; in the half hour before a change the coming shift's; else the one's that is on.</summary>
    public ShiftLine? Huddling() =>
        Shifts.LastOrDefault(s => s.Huddle is { Ended: null } huddle && AsOf - (huddle.Turned ?? huddle.Began) < TimeSpan.FromHours(1))
        ?? Shifts.FirstOrDefault(s => s.Starts > AsOf && s.Starts - AsOf < TimeSpan.FromMinutes(30))
        ?? Shifts.FirstOrDefault(s => s.IsOn);

    /// <summary>Giving comes into sight so long before the end of a shift.</summary>
    public static readonly TimeSpan NearEnd = TimeSpan.FromMinutes(90);

    /// <summary>When somebody's shift ends: the last one on which they are now; null if they are on none.</summary>
    public DateTimeOffset? EndsFor(string? person) =>
        Shifts.Where(s => s.Starts <= AsOf && s.People.Any(p => p.Until is null && p.Who.Id == person)).Max(s => (DateTimeOffset?)s.Ends);

    /// <summary>Whether it is time to hand over what somebody has: their shift ends soon or is over, or they are on none.</summary>
    public bool IsGivingTime(string? person) => !(EndsFor(person) - AsOf > NearEnd);

    /// <summary>What somebody has given and is responsible for until it is accepted.</summary>
    public IEnumerable<HandoffPatient> WaitingOf(string person) =>
        Patients.Where(p => p.Standing == HandoffStanding.Given && (p.Responsible?.Id == person || p.SentBy?.Id == person));

    /// <summary>What somebody gave and was accepted, until they have said that nothing was left out.</summary>
    public IEnumerable<HandoffPatient> AcceptedOf(string person) =>
        Patients.Where(p => p.Last is { ClosedAt: null } last && last.IsOf(person) && AsOf - last.At < AcceptedHandoff.LooksBack);

    public HandoffPatient? Patient(Guid? stay) => Patients.FirstOrDefault(p => p.Stay == stay);
}

/// <summary>A patient who left the unit for a place that is not ours, and the open point that they left behind.</summary>
public sealed record LeftPatient(Guid Stay, string Name, OpenLoop Loop);

/// <summary>A shift with its people.</summary>
/// <param name="Key">As commands name it.</param>
public sealed record ShiftLine(
    string Key,
    string Name,
    DateTimeOffset Starts,
    DateTimeOffset Ends,
    bool IsOn,
    IReadOnlyList<PersonOn> People
)
{
    /// <summary>Null until it has begun.</summary>
    public Huddle? Huddle { get; init; }

    public static ShiftLine Of(string unit, DatedShift dated, Shift shift, DateTimeOffset now) =>
        new(
            ShiftKey.Of(unit, dated),
            dated.Name,
            dated.Starts,
            dated.Ends,
            dated.Starts <= now && now < dated.Ends,
            [.. shift.People.Select(p => new PersonOn(p.Who, p.Since, p.Until, p.Reason, shift.IsLate(p)))]
        )
        {
            Huddle = shift.Huddle,
        };
}

/// <param name="Until">When they went off; null while they are on.</param>
public sealed record PersonOn(Staff Who, DateTimeOffset Since, DateTimeOffset? Until, string? Reason, bool IsLate);

/// <summary>Untouched: nobody has judged how ill they are. LoopOpen: something open was not spoken for. Ready: can be given. Given: waits to be accepted.</summary>
public enum HandoffStanding
{
    Untouched,
    LoopOpen,
    Ready,
    Given,
}

/// <summary>One patient in a unit's hand-over.</summary>
/// <param name="Responsible">The one person who is responsible now.</param>
/// <param name="IsByRule">Nobody has taken the patient yet: it is who is in charge.</param>
/// <param name="HasLeft">The responsible person is on no shift any more.</param>
/// <param name="OpenLoops">Open points that were not spoken for in this hand-over.</param>
/// <param name="SinceHandoff">What of note was recorded after the watermark of the last accepted hand-over; null if there was none.</param>
public sealed record HandoffPatient(
    Guid Stay,
    string? Bed,
    string Name,
    string? Level,
    Staff? Responsible,
    bool IsByRule,
    bool HasLeft,
    Staff? Next,
    string? NextShift,
    IllnessSeverity? Severity,
    HandoffStanding Standing,
    int OpenLoops,
    int? SinceHandoff,
    string? Declined,
    DateTimeOffset? GivenAt
)
{
    /// <summary>Why the patient isn't judged stable with a tap in passing; nothing if they can be. Each is looked at in any case.</summary>
    public IReadOnlyList<string> CloserLook { get; init; } = [];

    /// <summary>How closely the patient is watched; <see cref="Level"/> is the unit's word for it.</summary>
    public ObservationLevel? Watched { get; init; }

    /// <summary>Who sent in the hand-over that waits; null while none does.</summary>
    public Staff? SentBy { get; init; }

    /// <summary>The last hand-over that was accepted.</summary>
    public LastHandoff? Last { get; init; }

    public static readonly IComparer<HandoffPatient> WatchersFirst = Comparer<HandoffPatient>.Create(
        (a, b) =>
            Nullable.Compare(b.Severity, a.Severity) is not 0 and var severity
                ? severity
                : string.CompareOrdinal(a.Bed?.PadLeft(20), b.Bed?.PadLeft(20))
    );

    /// <param name="shift">When the shift began of which the hand-over tells.</param>
    public static HandoffPatient Of(
        Stay stay,
        Rounding? rounding,
        PatientStatus status,
        Care care,
        Staff? responsible,
        bool hasLeft,
        IReadOnlyList<HandoffLoop> loops,
        int? since,
        DateTimeOffset? shift
    ) =>
        new(
            stay.Id,
            stay.Where()?.Bed,
            stay.Patient.Name(),
            rounding?.LevelName,
            responsible,
            care.Holder is null,
            hasLeft,
            care.Next?.To,
            care.Next?.Shift,
            care.Severity,
            StandingOf(care, loops),
            loops.Count(l => !l.IsSettled),
            since,
            care.Declined,
            care.Submitted?.At
        )
        {
            CloserLook = [.. Reasons(rounding ?? new(), status, loops, shift)],
            Watched = rounding?.IsRunning() == true ? rounding.Level : null,
            SentBy = care.Submitted?.By,
            Last = care.Accepted is { } last ? new(last.Id, last.Said.For, last.By, last.To, last.At, last.ClosedAt) : null,
        };

    private static IEnumerable<string> Reasons(
        Rounding rounding,
        PatientStatus status,
        IReadOnlyList<HandoffLoop> loops,
        DateTimeOffset? shift
    )
    {
        if (rounding.IsRunning() && rounding.Level >= ObservationLevel.Q5)
        {
            yield return rounding.LevelName;
        }

        if (status.ActivePrecautions().Select(p => p.Words()).ToList() is { Count: > 0 } precautions)
        {
            yield return $"precautions: {string.Join(", ", precautions)}";
        }

        if (rounding.Missed > 0 || rounding.MissedUpTo >= (shift ?? DateTimeOffset.MaxValue))
        {
            yield return "missed checks";
        }

        foreach (
            var loop in loops.Where(l => l.Pressing == Pressing.Emergency || l.Loop.EndsWith("/incident-open", StringComparison.Ordinal))
        )
        {
            yield return loop.Words;
        }
    }

    private static HandoffStanding StandingOf(Care care, IReadOnlyList<HandoffLoop> loops) =>
        care switch
        {
            { Submitted: not null } => HandoffStanding.Given,
            _ when loops.Any(l => !l.IsSettled) => HandoffStanding.LoopOpen,
            { Severity: null } => HandoffStanding.Untouched,
            _ => HandoffStanding.Ready,
        };
}

/// <summary>Who gave a patient to whom last.</summary>
/// <param name="From">The giver; <paramref name="By"/> sent it in.</param>
/// <param name="ClosedAt">When the giver said that nothing was left out.</param>
public sealed record LastHandoff(Guid Id, Staff From, Staff? By, Staff To, DateTimeOffset At, DateTimeOffset? ClosedAt)
{
    public bool IsOf(string person) => From.Id == person || By?.Id == person;
}

/// <summary>An open point about a patient, and what was said about it.</summary>
/// <param name="Loop">As commands name it.</param>
/// <param name="Deferred">How often it was put off.</param>
public sealed record HandoffLoop(
    string Loop,
    string Words,
    DateTimeOffset Since,
    DateTimeOffset? Due,
    string Link,
    bool IsSettled,
    string? Reason,
    Staff? To,
    int Deferred,
    Pressing Pressing = Pressing.Usual
)
{
    public static HandoffLoop Of(string stream, OpenLoop loop, Care care)
    {
        var said = care.Settled(LoopId.Of(stream, loop));
        return new(
            LoopId.Of(stream, loop),
            loop.Words,
            loop.Since,
            loop.Due,
            loop.Link,
            said is { IsForThis: true } && loop.Pressing < Pressing.Emergency,
            said?.Reason,
            said?.To,
            said?.Deferred ?? 0,
            loop.Pressing
        );
    }

    public CarriedLoop Carried() => new(Loop, Words, Reason, To, Deferred, Pressing);
}

/// <summary>One patient's hand-over: what wrote itself, what people wrote, what is open, how the giving goes, and what came since the last one.</summary>
/// <param name="Since">From when on the lines that wrote themselves tell.</param>
/// <param name="Evidence">Every entry that a line rests on, the latest first.</param>
/// <param name="News">What was recorded after the watermark of the last accepted hand-over, and nothing that was before it.</param>
/// <param name="Watermark">The position up to which the lines speak.</param>
public sealed record PatientHandoff(
    HandoffPatient Patient,
    HandoffTemplate Template,
    DateTimeOffset? Since,
    IReadOnlyList<DraftSection> Sections,
    IReadOnlyList<EvidenceLine> Evidence,
    IReadOnlyList<WrittenText> Texts,
    IReadOnlyList<HandoffLoop> Loops,
    GivenHandoff? Given,
    IReadOnlyList<HeardBack> ReadBacks,
    IReadOnlyList<HandoffQuestion> Questions,
    AcceptedHandoff? Accepted,
    IReadOnlyList<EvidenceLine> News,
    int CalmChecks,
    long Watermark
)
{
    /// <summary>What is to be done if something happens on a later shift.</summary>
    public IReadOnlyList<ContingencyLine> Contingencies { get; init; } = [];

    /// <summary>By when somebody must look again; null while nobody is asked to.</summary>
    public DateTimeOffset? CheckBy { get; init; }

    /// <summary>The hand-over that was accepted last, whole; null if there was none.</summary>
    public GivenNote? Note { get; init; }

    /// <summary>How many read-backs had been given when the giver last said that one was not right; null if none was wrong.</summary>
    public int? ReadBacksUntilWrong { get; init; }

    /// <summary>Whether somebody must still read back before they accept.</summary>
    public bool MustReadBack(string person) =>
        Given is { } given
        && (
            ReadBacksUntilWrong is { } wrong
                ? ReadBacks.Skip(wrong).All(r => r.By.Id != person)
                : (
                    (given.Severity > IllnessSeverity.Stable || given.Loops.Any(l => l.Pressing >= Pressing.Urgent))
                    && ReadBacks.All(r => r.By.Id != person)
                ) || UrgentSince(person).Any()
        );

    /// <summary>What has become urgent since the hand-over was given and somebody has not read back.</summary>
    public IEnumerable<UrgentLoop> UrgentSince(string person) =>
        Given is { } given ? UrgentLoop.NotReadBack(Urgent(), given.Loops, given.At, ReadBacks, person) : [];

    /// <summary>What is urgent now.</summary>
    public IEnumerable<UrgentLoop> Urgent() =>
        Loops.Where(l => l.Pressing >= Pressing.Urgent).Select(l => new UrgentLoop(l.Loop, l.Words, l.Since));
}

/// <summary>A hand-over that waits for its receiver.</summary>
/// <param name="For">The giver; <paramref name="By"/> sent it in.</param>
public sealed record GivenHandoff(
    Guid Id,
    DateTimeOffset At,
    Staff By,
    Staff For,
    IllnessSeverity Severity,
    long Watermark,
    IReadOnlyList<WrittenText> Texts,
    IReadOnlyList<CarriedLoop> Loops
)
{
    public static GivenHandoff? Of(Submission? given) =>
        given is null
            ? null
            : new(
                given.Id,
                given.At,
                given.By,
                given.Said.For,
                given.Said.Severity,
                given.Said.Watermark,
                given.Said.Texts,
                given.Said.Loops
            );
}

/// <summary>An entry as it is read beside a line.</summary>
/// <param name="IsStruck">It no longer stands: what struck it follows among the later ones.</param>
/// <param name="Topic">Entries of one topic that is counted are one line; null for an entry by itself.</param>
/// <param name="Many">What there are several of, of such a topic.</param>
/// <param name="Extent">How long it was, of such a topic.</param>
public sealed record EvidenceLine(
    Guid Id,
    long Position,
    DateTimeOffset At,
    string Words,
    string By,
    bool IsLate,
    bool IsOfNote,
    bool IsStruck = false,
    string? Topic = null,
    string? Many = null,
    TimeSpan? Extent = null
)
{
    public static EvidenceLine Of(Recorded fact, long position, UnitTime time)
    {
        var (told, line) = (
            fact.Event.ForHandoff(time),
            new EvidenceLine(
                fact.Id,
                position,
                time.Local(fact.Event.OccurredAt),
                fact.Event.Sentence(time),
                fact.By.Name,
                fact.IsLate,
                false
            )
        );
        return line with
        {
            IsOfNote = told is not null,
            Topic = told is { Weight: Weight.Counted } ? told.Topic : null,
            Many = told is { Weight: Weight.Counted } ? told.Many : null,
            Extent = told?.Extent,
        };
    }

    /// <summary>Several entries of one counted topic in a line: how many, the worst, and the last. The latest is the first of them.</summary>
    public static string Sum(IReadOnlyList<EvidenceLine> same, UnitTime time) =>
        $"{same.Count} {same[0].Many}{(same.Max(e => e.Extent) is { } worst ? $", at worst {UnitTime.Span(worst)}" : "")}, the last at {time.Clock(same[0].At)}";

    /// <summary>News in lines: what is counted in one, after what is told by itself.</summary>
    public static IEnumerable<IReadOnlyList<EvidenceLine>> Lines(IEnumerable<EvidenceLine> entries) =>
        entries
            .GroupBy(e => e is { Topic: { } topic, Many: not null, IsStruck: false } ? topic : e.Id.ToString())
            .Select(same => same.ToList())
            .OrderBy(same => same.Count > 1);
}

/// <summary>How far back the lines that write themselves look.</summary>
public enum HandoffWindow
{
    Shift,
    Day,
    ThreeDays,
    Stay,
}

public static class HandoffWindows
{
    public static string Words(this HandoffWindow window) =>
        window switch
        {
            HandoffWindow.Day => "24 h",
            HandoffWindow.ThreeDays => "72 h",
            HandoffWindow.Stay => "since admission",
            _ => "this shift",
        };

    /// <summary>From when on; null for the whole stay. The shift is the one that the giver works: the one that is on, or in its first hour the one before.</summary>
    public static DateTimeOffset? Since(this HandoffWindow window, Unit unit, DateTimeOffset now) =>
        window switch
        {
            HandoffWindow.Day => now.AddHours(-24),
            HandoffWindow.ThreeDays => now.AddHours(-72),
            HandoffWindow.Stay => null,
            _ => unit.ShiftAt(now.AddHours(-1))?.Starts ?? now.AddHours(-12),
        };
}
