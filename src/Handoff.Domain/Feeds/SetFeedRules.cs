using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Feeds;

/// <summary>Say what becomes of each kind of message of a feed.</summary>
/// <param name="Rules">Those that differ from the usual; a rule that says the usual is none.</param>
public sealed record SetFeedRules([MayBeLeftOut] IReadOnlyList<FeedRule>? Rules, IReadOnlyList<string>? Processing) : Command<Feed>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(Feed state, DecisionContext now)
    {
        List<FeedRule> asked = [.. (Rules ?? []).Select(r => new FeedRule(r?.Trigger ?? "", r?.Action ?? default))];
        List<FeedRule> rules =
        [
            .. asked.Where(r => r.Action != FeedRules.Usual(r.Trigger)).OrderBy(r => r.Trigger, StringComparer.Ordinal),
        ];
        var processing = FeedRules.Codes(Processing);
        return asked switch
        {
            _ when !state.IsKnown => FeedRules.Unknown,
            _ when asked.Any(r => r.Trigger != FeedTrigger.Other && FeedTrigger.Parse(r.Trigger) is null) => Refusal.Invalid(
                "trigger-unknown",
                $"A rule is for an event of the table, such as A01, or for {FeedTrigger.Other}.",
                "rules"
            ),
            _ when asked.DistinctBy(r => r.Trigger).Count() < asked.Count => Refusal.Invalid(
                "rule-twice",
                "An event has one rule.",
                "rules"
            ),
            _ when asked.Any(r => r.Action == FeedAction.Apply && FeedTrigger.Parse(r.Trigger) is not { IsRead: true }) => Refusal.Invalid(
                "rule-impossible",
                "Nothing can be done about that event here; it can be acknowledged or held.",
                "rules"
            ),
            _ when processing is [] => Refusal.Missing("processing", "Name at least one processing id, such as P."),
            _ when processing.Count > FeedRules.MostCodes || processing.Any(p => p.Length > FeedRules.LongestCode) => Refusal.Invalid(
                "processing-invalid",
                "Write processing ids as in HL7 table 0103, such as P.",
                "processing"
            ),
            _ when rules.SequenceEqual(state.Rules) && processing.SequenceEqual(state.Processing) => [],
            _ => new FeedRulesSet(now.Now, rules, processing),
        };
    }
}
