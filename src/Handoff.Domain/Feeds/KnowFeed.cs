using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Feeds;

/// <summary>Say that there is a feed of this sender: before its first message, so that it is read right from the start.</summary>
/// <param name="Application">MSH-3 of its messages.</param>
/// <param name="Facility">MSH-4 of its messages.</param>
public sealed record KnowFeed(string? Application = null, string? Facility = null) : Command<Feed>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(Feed state, DecisionContext now) =>
        new HearFeed(Text.Line(Application) ?? "", Text.Line(Facility) ?? "") { Key = Key }.Decide(state, now);
}
