using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <summary>
/// The patient leaves for a while: a pass, court, a hospital, or just off the unit. Observation pauses, honestly, until they are back.
/// </summary>
public sealed record StartLeave(LeaveKind? Kind, DateTimeOffset? ExpectedReturn = null, string? Reason = null, DateTimeOffset? At = null)
    : Command<Stay>
{
    public override Permission Permission => Permission.MovePatients;

    public override IEnumerable<string> Reads(Stay state, LoadedStates facts) => Place.Needs(state);

    public override Decision Decide(Stay state, DecisionContext now)
    {
        var at = At ?? now.Now;
        return state switch
        {
            _ when StayRules.NotHere(state) is { } refusal => refusal,
            _ when Kind is null => Refusal.Missing("kind", "Say where the patient goes: a pass, court, hospital or off the unit."),
            _ when now.Impossible(at, state.AdmittedAt, "at") is { } refusal => refusal,
            _ when ExpectedReturn < at => Refusal.Invalid(
                "return-before-leave",
                "The return is before the leave. Check both times.",
                "expectedReturn"
            ),
            _ when StayRules.WrongText(Reason) is { } refusal => refusal,
            _ when At < state.LeaveEndedAt && At < state.ReturnHeardFirst && !(At < LastBack(state)) =>
            [
                Started(state, now),
                new LeaveEnded(state.ReturnHeardFirst!.Value),
            ],
            _ when At < state.LeaveEndedAt => [],
            _ when At < state.Leave?.ToldAt => [],
            { Leave: { } leave } when leave.Kind == Kind && (leave.ExpectedReturn == ExpectedReturn || ExpectedReturn is null) => [],
            _ => Started(state, now),
        };
    }

    private static DateTimeOffset? LastBack(Stay state) => state.PastLeaves.Count > 0 ? state.PastLeaves[^1].To : null;

    private LeaveStarted Started(Stay state, DecisionContext now) =>
        new(
            StayRules.Time(state, At, now),
            Kind!.Value,
            ExpectedReturn is { } back ? Place.Time(state, now).Local(back) : null,
            Text.Line(Reason)
        );
}
