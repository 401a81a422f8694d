using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>
/// Stop looking for a while because somebody else has the patient: a procedure, a visit in another building. A pause is not a level, and
/// renews no limit.
/// </summary>
/// <param name="Reason">One of the unit's reasons, by id or name, such as <c>procedure</c>.</param>
/// <param name="ExpectedReturn">Within the reason's longest time from the pause's beginning.</param>
/// <param name="With">Who has the patient meanwhile; must be said of a patient whom somebody is with all the time.</param>
public sealed record PauseObservation(string? Reason, DateTimeOffset? ExpectedReturn, string? With = null) : Command<Rounding>
{
    private const string Instead = "Record a leave or a transfer if the patient has gone, or have a prescriber order another level.";

    public override Permission Permission => Permission.PauseObservation;

    public override IEnumerable<string> Reads(Rounding state, LoadedStates facts) => RoundingRules.NeedsUnit(state);

    public override Decision Decide(Rounding state, DecisionContext now)
    {
        var unit = RoundingRules.Unit(state, now);
        var (reason, with, began) = (
            unit.PauseReasons.Called(Text.Line(Reason)),
            Text.Line(With),
            state.Pause is { IsLeave: false } pause ? pause.Since : now.Now
        );
        return state switch
        {
            _ when RoundingRules.NotRunning(state) is { } refusal => refusal,
            _ when now.By.Staff.Role == Role.Integration => Refusal.NotPermitted(
                "pause-needs-person",
                "A machine's key can't pause checks. Somebody who is with the patient does."
            ),
            _ when Text.Line(Reason) is null => Refusal.Missing("reason", "Say why somebody else has the patient."),
            _ when reason is null => Refusal.Invalid(
                "pause-reason-unknown",
                $"Checks are paused here for: {string.Join(", ", unit.PauseReasons.Select(r => r.Name))}. {Instead}",
                "reason"
            ),
            _ when Text.TooLong(with, Text.NameLimit, "with") is { } refusal => refusal,
            _ when state.Level.IsContinuous() && with is null => Refusal.Missing(
                "with",
                $"On {state.LevelName} somebody is with the patient all the time: name who has them meanwhile."
            ),
            _ when ExpectedReturn is null => Refusal.Missing("expectedReturn", "Say when the patient is expected back."),
            _ when ExpectedReturn <= now.Now => Refusal.Invalid(
                "return-in-past",
                "The expected return has already passed.",
                "expectedReturn"
            ),
            _ when ExpectedReturn - began > TimeSpan.FromMinutes(reason.LongestMinutes) => Refusal.Invalid(
                "pause-too-long",
                $"A pause for this reason ({reason.Name}) lasts at most "
                    + $"{UnitTime.Span(TimeSpan.FromMinutes(reason.LongestMinutes))}. {Instead}",
                "expectedReturn"
            ),
            { Pause.IsLeave: true } => new Refusal("on-leave", "The patient is on leave; the checks are paused until they are back."),
            { Pause: { } held } when (held.Reason, held.ExpectedReturn, held.With) == (reason.Name, ExpectedReturn, with) => [],
            _ =>
            [
                new ObservationPaused(
                    RoundingRules.Time(state, now).Local(now.Now),
                    reason.Name,
                    RoundingRules.Time(state, now).Local(ExpectedReturn.Value),
                    IsLeave: false,
                    with
                ),
                .. RoundingRules.Unsaid(state, now.Now, now),
            ],
        };
    }
}
