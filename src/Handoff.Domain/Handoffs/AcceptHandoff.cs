using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Handoffs;

/// <summary>
/// Accept the patient: from now on responsible. Never from oneself, never one's own words, and only by who is on a shift; else one takes
/// over, with a reason. What has become
/// urgent since the handoff was given is read back first; only the service sends this, with what it found.
/// </summary>
/// <param name="Shift">The shift on which one is; the one for which the patient is assigned to one, if it isn't given.</param>
[Internal]
public sealed record AcceptHandoff(string? Shift = null, [property: JsonIgnore] IReadOnlyList<UrgentLoop>? Urgent = null) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) =>
        [.. CareRules.Needs(state), .. CareRules.NeedsShift(Shift ?? state.Next?.Shift)];

    public override Decision Decide(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            { Submitted: null, Next: null } when state.Holder?.Who.Id == now.By.Staff.Id => [],
            _ when ReceivingRules.NotYours(state, now) is { } refusal => refusal,
            { Submitted: null, Holder: not null } => ReceivingRules.NotSubmitted,
            { Submitted: { } given } when given.Said.Texts.Any(t => t.By.Id == now.By.Staff.Id) => new Refusal(
                "own-words",
                "You wrote part of this handoff. Somebody else accepts it, or you take over and say why."
            ),
            _ when ReceivingRules.NotOnShift(state, Shift ?? state.Next?.Shift, now) is { } refusal => refusal,
            { ReadBacksUntilWrong: { } wrong } when state.ReadBacks.Skip(wrong).All(r => r.By.Id != now.By.Staff.Id) => new Refusal(
                "read-back-wrong",
                "The giver says that the read-back was not right. Read back again what was corrected."
            ),
            { Submitted.Said: { } said } when said.MustBeReadBack() && state.ReadBacks.All(r => r.By.Id != now.By.Staff.Id) => new Refusal(
                "read-back-first",
                "Read back first, aloud or in writing: a watcher, an unstable patient, and whoever has something urgent open."
            ),
            { Submitted: { } given }
                when UrgentLoop.NotReadBack(Urgent, given.Said.Loops, given.At, state.ReadBacks, now.By.Staff.Id).FirstOrDefault()
                    is { } urgent => new Refusal(
                "read-back-first",
                $"Urgent since the handoff was given: {urgent.Words.TrimEnd('.')}. Read it back first, aloud or in writing."
            ),
            _ => new HandoffAccepted(CareRules.Time(state, now), state.Submitted?.Id, CareRules.Responsible(state, now)!, now.By.Staff),
        };
}
