using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Status;

/// <summary>Somebody gave the patient time of their own: what builds trust, and the one good thing that a handoff should tell.</summary>
[Stored("supportive_contact_held")]
public sealed record SupportiveContactHeld(DateTimeOffset OccurredAt, int Minutes, string? Remark) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"{Minutes} min one to one at {time.Clock(OccurredAt)}{(Remark is null ? "" : $": {Remark}")}";

    public override HandoffLine ForHandoff(UnitTime time) =>
        new(HandoffPart.Helps, Sentence(time), "supportive-contact", Retention.Counted, "times one to one");
}

/// <param name="Minutes">About how long, 1 to 240.</param>
public sealed record SupportiveContact(Guid Id, DateTimeOffset At, string By, int Minutes, string? Remark) : StatusEntry(Id, At, By)
{
    internal override IEnumerable<WrittenEntry> Written() =>
        [new(this, "a time one to one", $"{Minutes} min one to one", Permission.Observe)];
}

/// <summary>Record time that was spent with the patient alone.</summary>
/// <param name="Minutes">1 to 240.</param>
public sealed record HoldSupportiveContact(int? Minutes, string? Remark = null, DateTimeOffset? At = null) : Command<PatientStatus>
{
    public override Permission Permission => Permission.Observe;

    public override IEnumerable<string> Reads(PatientStatus state, LoadedStates facts) => StatusRules.NeedsUnit(state);

    public override Decision Decide(PatientStatus state, DecisionContext now) =>
        state switch
        {
            _ when StatusRules.Wrong(state, At ?? now.Now, now) is { } refusal => refusal,
            _ when Minutes is null => Refusal.Missing("minutes", "Say about how many minutes it was."),
            _ when Minutes is < 1 or > 240 => Refusal.Invalid("minutes-out-of-range", "Between 1 and 240 minutes.", "minutes"),
            _ when Text.TooLong(Text.Line(Remark), Text.RemarkLimit, "remark") is { } refusal => refusal,
            _ => new SupportiveContactHeld(StatusRules.At(state, At, now), Minutes.Value, Text.Line(Remark)),
        };
}
