using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>Set for what checks may be paused, and for how long at most.</summary>
public sealed record SetPauseReasons(IReadOnlyList<PauseReason>? Reasons) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, DecisionContext now)
    {
        List<PauseReason> reasons =
        [
            .. (Reasons ?? []).Select(r => new PauseReason(Text.Line(r?.Id) ?? "", Text.Line(r?.Name) ?? "", r?.LongestMinutes ?? 0)),
        ];
        return reasons switch
        {
            _ when !state.IsOpen() => UnitRules.NotOpen,
            [] => Refusal.Missing("reasons", "Name at least one reason."),
            { Count: > Pauses.Most } => Refusal.Invalid("pause-reasons-too-many", $"Name at most {Pauses.Most} reasons.", "reasons"),
            _ when reasons.Select(Wrong).FirstOrDefault(wrong => wrong is not null) is { } wrong => wrong,
            _ when reasons.DistinctBy(r => r.Id).Count() < reasons.Count
                    || reasons.DistinctBy(r => r.Name.ToUpperInvariant()).Count() < reasons.Count => Refusal.Invalid(
                "pause-reason-twice",
                "Each reason stands once.",
                "reasons"
            ),
            _ when reasons.SequenceEqual(state.PauseReasons) => [],
            _ => new PauseReasonsSet(now.Now, reasons),
        };
    }

    // The field is the list; which of it is meant stands in the words.
    private static Refusal? Wrong(PauseReason reason) =>
        reason.Wrong() is { } wrong
            ? wrong with
            {
                Field = "reasons",
                Says = (reason.Name.Length > 0 ? reason.Name : reason.Id) is { Length: > 0 and <= Pauses.LongestName } called
                    ? $"“{called}”: {wrong.Says}"
                    : wrong.Says,
            }
            : null;
}
