using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>
/// Say the handoff back in one's own words, or aloud. Only the service sends it, with what it found urgent, which so is read back too.
/// </summary>
/// <param name="Words">Nothing if it was said aloud.</param>
[Internal]
public sealed record GiveReadBack(string? Words = null, [property: JsonIgnore] IReadOnlyList<UrgentLoop>? Urgent = null) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when ReceivingRules.NotYours(state, now) is { } refusal => refusal,
            { Submitted: null } => ReceivingRules.NotSubmitted,
            _ when Text.TooLong(Text.Line(Words), Text.RemarkLimit, "words") is { } refusal => refusal,
            { Submitted: { } given, ReadBacks: [.., { Correction: null } last] }
                when last.By.Id == now.By.Staff.Id
                    && last.Words == Text.Line(Words)
                    && !UrgentLoop.NotReadBack(Urgent, given.Said.Loops, given.At, state.ReadBacks, last.By.Id).Any() => [],
            _ => new ReadBack(
                CareRules.Time(state, now),
                Text.Line(Words),
                Urgent is { Count: > 0 } ? [.. Urgent.Select(l => l.Loop)] : null
            ),
        };
}
