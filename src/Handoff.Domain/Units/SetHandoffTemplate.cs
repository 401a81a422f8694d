using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>Choose how handoffs of a unit are written.</summary>
public sealed record SetHandoffTemplate(HandoffTemplate? Template) : Command<Unit>
{
    public override Permission Permission => Permission.ConfigureUnit;

    public override Decision Decide(Unit state, DecisionContext now) =>
        Template switch
        {
            _ when !state.IsOpen() => UnitRules.NotOpen,
            null => Refusal.Missing("template", "Choose how handoffs are written."),
            var template when template == state.Template => [],
            var template => new HandoffTemplateSet(now.Now, template.Value),
        };
}
