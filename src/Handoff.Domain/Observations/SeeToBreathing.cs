using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Observations;

/// <summary>Somebody went to the patient whose breathing had not been seen, and says what they found.</summary>
[Stored("breathing_seen_to")]
public sealed record BreathingSeenTo(DateTimeOffset OccurredAt, Guid Check, string Found) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Breathing was not seen; seen to at {time.Clock(OccurredAt)}: {Found}";

    public override Significance Significance() => Kernel.Significance.Notable;

    public override HandoffLine ForHandoff(UnitTime time) => new(HandoffPart.Critical, Sentence(time));
}

/// <summary>Nobody has looked again at a patient who went to a bathroom.</summary>
/// <param name="OccurredAt">The moment by which somebody had to look.</param>
[Stored("unseen_in_bathroom")]
public sealed record UnseenInBathroom(DateTimeOffset OccurredAt, DateTimeOffset Since, string Place) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"Unseen in {Place} since {time.Clock(Since)}.";

    public override Significance Significance() => Kernel.Significance.Notable;

    public override HandoffLine ForHandoff(UnitTime time) =>
        new(HandoffPart.Happened, Sentence(time), "bathroom", Retention.Counted, "times unseen in a bathroom for too long");
}

/// <summary>Somebody looked and did not see the patient breathe.</summary>
public sealed record BreathingAlarm(Guid Check, DateTimeOffset At, string Place, string By);

/// <summary>Say that you have gone to a patient whose breathing was not seen, and what you found.</summary>
public sealed record SeeToBreathing(string? Found) : Command<Rounding>
{
    public override Permission Permission => Permission.RecordCheck;

    public override IEnumerable<string> Reads(Rounding state, LoadedStates facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, DecisionContext now) =>
        state switch
        {
            _ when RoundingRules.Unknown(state) is { } refusal => refusal,
            _ when now.By.Staff.Role == Role.Integration => Refusal.NotPermitted(
                "seen-to-needs-person",
                "A machine's key can't say this. Somebody who went to the patient does."
            ),
            _ when Text.Line(Found) is null => Refusal.Missing("found", "Say what you found: how the patient is, and what was done."),
            _ when Text.TooLong(Text.Line(Found), Text.RemarkLimit, "found") is { } refusal => refusal,
            _ when state.Alarm() is null => [],
            _ => new BreathingSeenTo(RoundingRules.Time(state, now).Local(now.Now), state.Alarm()!.Check, Text.Line(Found)!),
        };
}

public static class OrderRules
{
    /// <summary>A level that was raised without an order is amber at once, and red after an hour (the project's own default).</summary>
    public static readonly TimeSpan Red = TimeSpan.FromHours(1);
}
