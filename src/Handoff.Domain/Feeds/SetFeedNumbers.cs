using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Feeds;

/// <summary>Say which numbers of a feed are ours, and where it numbers its visits.</summary>
/// <param name="Home">Null or blank: numbers without an authority are nobody's.</param>
public sealed record SetFeedNumbers(
    IReadOnlyList<string>? Types,
    [MayBeLeftOut] string? Home,
    [MayBeLeftOut] IReadOnlyList<AuthorityName>? Authorities,
    VisitField? Visits
) : Command<Feed>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(Feed state, DecisionContext now)
    {
        var (types, home) = (FeedRules.Codes(Types), Text.Line(Home));
        List<AuthorityName> authorities =
        [
            .. (Authorities ?? []).Select(a => new AuthorityName(Text.Line(a?.Name) ?? "", Text.Line(a?.Means) ?? "")),
        ];
        return types switch
        {
            _ when !state.IsKnown => FeedRules.Unknown,
            [] => Refusal.Missing("types", "Name at least one type of identifier, such as MR."),
            _ when types.Count > FeedRules.MostCodes || types.Any(t => t.Length > FeedRules.LongestCode) => Refusal.Invalid(
                "types-invalid",
                "Write the types as in HL7 table 0203, such as MR.",
                "types"
            ),
            _ when Text.TooLong(home, FeedRules.LongestName, "home") is { } refusal => refusal,
            _ when authorities.Count > FeedRules.MostNames
                    || authorities.Any(a => FeedRules.IsNoName(a.Name) || FeedRules.IsNoName(a.Means)) => Refusal.Invalid(
                "authority-invalid",
                "Write each authority as a name and what it means, such as 1.2.3 = NORTH.",
                "authorities"
            ),
            _ when authorities.DistinctBy(a => a.Name.ToUpperInvariant()).Count() < authorities.Count => Refusal.Invalid(
                "authority-twice",
                "One name of an authority means two.",
                "authorities"
            ),
            _ when Visits is null => Refusal.Missing("visits", "Say where visits are numbered."),
            _ when types.SequenceEqual(state.Types)
                    && home == state.Home
                    && authorities.SequenceEqual(state.Authorities)
                    && Visits == state.Visits => [],
            _ => new FeedNumbersSet(now.Now, types, home, authorities, Visits.Value),
        };
    }
}
