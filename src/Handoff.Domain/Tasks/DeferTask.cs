using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Domain.Tasks;

/// <summary>Put it off, and say why. How often that was done is kept and shown.</summary>
public sealed record DeferTask(DateTimeOffset? Until, string? Reason) : Command<CareTask>
{
    public override Permission Permission => Permission.WorkTasks;

    public override IEnumerable<string> Reads(CareTask state, LoadedStates facts) => TaskRules.Needs(state);

    public override Decision Decide(CareTask state, DecisionContext now) =>
        state switch
        {
            _ when TaskRules.NotOpen(state) is { } refusal => refusal,
            _ when TaskRules.WrongTime(Until, now, "until") is { } refusal => refusal,
            _ when TaskRules.WrongReason(Reason) is { } refusal => refusal,
            { Deferrals: [.., var latest] } when latest.Until == Until && latest.Reason == Text.Line(Reason) => [],
            _ when Until <= state.Due => Refusal.Invalid(
                "deferral-earlier",
                "That is no later than it is due now. To defer is to put off.",
                "until"
            ),
            _ => new TaskDeferred(
                TaskRules.At(state, now),
                state.Text,
                state.Due,
                TaskRules.Time(state, now).Local(Until!.Value),
                Text.Line(Reason)!,
                state.Deferrals.Count + 1
            ),
        };
}
