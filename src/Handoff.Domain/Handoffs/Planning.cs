using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

// Events

/// <summary>Who is to work a coming shift, as it was planned last. Nobody is on it by this: they come on when they come.</summary>
/// <param name="CopiedFrom">The key of the shift of which it was taken over, if it was.</param>
[Stored("shift_planned")]
public sealed record ShiftPlanned(DateTimeOffset OccurredAt, IReadOnlyList<Staff> People, string? CopiedFrom = null) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        People.Count == 0
            ? "Nobody is planned for the shift any more."
            : $"Planned for the shift: {string.Join(", ", People.Select(p => p.Name))}.";
}

// Commands

/// <summary>Plan who works a coming shift; all of them, in the place of whoever was planned before.</summary>
/// <param name="CopiedFrom">The key of the shift from which they are taken over.</param>
public sealed record PlanShift(IReadOnlyList<Staff>? People, string? CopiedFrom = null) : Command<Shift>
{
    /// <summary>Staffing further ahead than this is a roster's matter.</summary>
    public static readonly TimeSpan Furthest = TimeSpan.FromDays(28);

    private const int Most = 60;

    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Shift state, LoadedStates facts) => ShiftRules.Needs(Key);

    public override Decision Decide(Shift state, DecisionContext now) =>
        state switch
        {
            _ when ShiftRules.NotThere(Key, now) is { } refusal => refusal,
            _ when !ShiftRules.LeadsOn(ShiftKey.Unit(Key), now) => CareRules.NeedsLead,
            _ when People is null => Refusal.Missing("people", "Say who is to work the shift."),
            _ when People!.Count > Most => Refusal.Invalid(
                "people-too-many",
                $"That is {People!.Count} people; {Most} are planned for one shift at most.",
                "people"
            ),
            _ when People!.Select(ShiftRules.Wrong).FirstOrDefault(wrong => wrong is not null) is { } refusal => refusal with
            {
                Field = "people",
            },
            _ when ShiftRules.Dated(Key, now).Ends <= now.Now => new Refusal(
                "shift-over",
                "That shift is over. Plan one that is on or comes.",
                "shift"
            ),
            _ when ShiftRules.Dated(Key, now).Starts > now.Now + Furthest => Refusal.Invalid(
                "shift-too-far",
                "That is more than four weeks ahead. Plan a nearer shift.",
                "shift"
            ),
            _ when Planned().Select(p => p.Id).SequenceEqual(state.Planned.Select(p => p.Id)) => [],
            _ =>
            [
                .. ShiftRules.Opened(state, Key, now),
                new ShiftPlanned(ShiftRules.Time(Key, now).Local(now.Now), Planned(), Text.Line(CopiedFrom)),
            ],
        };

    private List<Staff> Planned() => [.. People!.DistinctBy(p => p.Id).OrderBy(p => p.Name, StringComparer.Ordinal)];
}
