using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Stays;

/// <summary>Say that the place to which the patient went has had the report.</summary>
/// <param name="To">Who took it.</param>
public sealed record GiveReport(string? To, string? Remark = null) : Command<Departure>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Departure state, LoadedStates facts) => Place.Needs(state.Unit);

    public override Decision Decide(Departure state, DecisionContext now) =>
        (state, Text.Line(To)) switch
        {
            ({ Since: null }, _) => Refusal.NotFound("departure-unknown", "Nobody was moved outside under that id.", "stay"),
            _ when !now.By.WorksOn(state.Unit!) => Refusal.NotPermitted("unit-not-yours", "You are not assigned to that unit."),
            (_, null) => Refusal.Missing("to", "Say who took the report."),
            (_, { Length: > Text.NameLimit } to) => Text.TooLong(to, Text.NameLimit, "to")!,
            _ when Text.TooLong(Text.Line(Remark), Text.RemarkLimit, "remark") is { } refusal => refusal,
            ({ IsOpen: false }, _) => [],
            (_, var to) => new ReportGiven(now.States.Get<Unit>(state.Unit!).Time().Local(now.Now), to, Text.Line(Remark)),
        };
}
