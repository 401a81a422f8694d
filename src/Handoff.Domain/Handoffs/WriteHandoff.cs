using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>Keep one's own words in a section of the next handoff, as they are typed. Nobody writes over another's.</summary>
/// <param name="Words">All of one's words there; nothing takes them back.</param>
public sealed record WriteHandoff(HandoffSection? Section, string? Words = null) : Command<Care>
{
    public override Permission Permission => Permission.HandOver;

    public override IEnumerable<string> Reads(Care state, LoadedStates facts) => CareRules.Needs(state);

    public override Decision Decide(Care state, DecisionContext now) =>
        state switch
        {
            _ when CareRules.NotRunning(state) is { } refusal => refusal,
            _ when Section is null || !now.States.Get<Unit>(state.Unit!).Template.Sections().Contains(Section.Value) => Refusal.Invalid(
                "section-unknown",
                "The unit's handoff has no such section.",
                "section"
            ),
            _ when Text.TooLong(Text.Line(Words), Text.RemarkLimit, "words") is { } refusal => refusal,
            _ when state.Texts.FirstOrDefault(t => t.By.Id == now.By.Staff.Id && t.Section == Section)?.Words == Text.Line(Words) => [],
            _ => new HandoffWritten(CareRules.Time(state, now), Section.Value, Text.Line(Words)),
        };
}
