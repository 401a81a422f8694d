using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Feeds;

/// <summary>Say which of our units the places of a feed are, and what becomes of messages about other places.</summary>
public sealed record SetFeedPlaces(
    [MayBeLeftOut] IReadOnlyList<PlaceName>? Places,
    FeedAction? Elsewhere,
    IReadOnlyList<string>? Outpatients = null
) : Command<Feed>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override IEnumerable<string> Reads(Feed state, LoadedStates facts) =>
        (Places ?? [])
            .Take(FeedRules.MostNames)
            .Select(p => p?.Unit)
            .Where(Unit.IsId)
            .Distinct()
            .Select(unit => StreamId.For(StateKind<Unit>.Name, unit!));

    public override Decision Decide(Feed state, DecisionContext now)
    {
        List<PlaceName> places = [.. (Places ?? []).Select(p => new PlaceName(Text.Line(p?.Place) ?? "", p?.Unit?.Trim() ?? ""))];
        var classes = FeedRules.Codes(Outpatients);
        return places switch
        {
            _ when !state.IsKnown => FeedRules.Unknown,
            _ when places.Count > FeedRules.MostNames || places.Any(p => FeedRules.IsNoName(p.Place)) => Refusal.Invalid(
                "place-invalid",
                "Write each place as the feed's word and a unit's id, such as BHU2 = 2-west.",
                "places"
            ),
            _ when places.Find(p => !Unit.IsId(p.Unit) || !now.States.Get<Unit>(p.Unit).IsOpen()) is not null => Refusal.Invalid(
                "unit-unknown",
                "One of the places names a unit that is not here. Write the unit's id, such as 2-west.",
                "places"
            ),
            _ when places.DistinctBy(p => p.Place.ToUpperInvariant()).Count() < places.Count => Refusal.Invalid(
                "place-twice",
                "One place is two units.",
                "places"
            ),
            _ when Elsewhere is not (FeedAction.Acknowledge or FeedAction.Hold) => Refusal.Invalid(
                "elsewhere-invalid",
                "Messages about other places are acknowledged, or held for a person.",
                "elsewhere"
            ),
            _ when classes.Count > FeedRules.MostCodes || classes.Any(c => c.Length > FeedRules.LongestCode) => Refusal.Invalid(
                "outpatients-invalid",
                "Write the classes as in HL7 table 0004, such as O.",
                "outpatients"
            ),
            _ when places.SequenceEqual(state.Places) && Elsewhere == state.Elsewhere && classes.SequenceEqual(state.Outpatients) => [],
            _ => new FeedPlacesSet(now.Now, places, Elsewhere.Value, classes),
        };
    }
}
