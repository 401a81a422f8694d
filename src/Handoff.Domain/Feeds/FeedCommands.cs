using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Feeds;

// Commands

/// <summary>Say that there is a feed of this sender: before its first message, so that it is read right from the start.</summary>
/// <param name="Application">MSH-3 of its messages.</param>
/// <param name="Facility">MSH-4 of its messages.</param>
public sealed record KnowFeed(string? Application, string? Facility) : Command<Feed>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(Feed state, Situation now) =>
        new HearFeed(Text.Line(Application) ?? "", Text.Line(Facility) ?? "") { Key = Key }.Decide(state, now);
}

/// <summary>A message of this sender came.</summary>
[Internal]
public sealed record HearFeed(string Application, string Facility) : Command<Feed>
{
    private const int LongestName = 200;

    public override Permission Permission => Permission.SendFeed;

    public override Decision Decide(Feed state, Situation now) =>
        this switch
        {
            { Application: "", Facility: "" } => Refusal.Missing(
                "application",
                "Give the sender's application (MSH-3) or facility (MSH-4)."
            ),
            _ when (Text.TooLong(Application, LongestName, "application") ?? Text.TooLong(Facility, LongestName, "facility"))
                    is { } refusal => refusal,
            _ when Feed.KeyOf(Application, Facility).ToString() != Key => Refusal.Invalid(
                "feed-id-invalid",
                "A feed's id follows from its sender; this one is another's.",
                "feed"
            ),
            _ when state.IsKnown => [],
            _ => new FeedKnown(now.Now, Application, Facility),
        };
}

/// <param name="Home">Null or blank: numbers without an authority are nobody's.</param>
public sealed record SetFeedNumbers(
    IReadOnlyList<string>? Types,
    string? Home,
    IReadOnlyList<AuthorityName>? Authorities,
    VisitField? Visits
) : Command<Feed>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(Feed state, Situation now)
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

public sealed record SetFeedPlaces(IReadOnlyList<PlaceName>? Places, FeedAction? Elsewhere, IReadOnlyList<string>? Outpatients)
    : Command<Feed>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override IEnumerable<string> Needs(Feed state, Facts facts) =>
        (Places ?? [])
            .Take(FeedRules.MostNames)
            .Select(p => p?.Unit)
            .Where(Unit.IsId)
            .Distinct()
            .Select(unit => StreamId.For(StateKind<Unit>.Name, unit!));

    public override Decision Decide(Feed state, Situation now)
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
            _ when places.Find(p => !Unit.IsId(p.Unit) || !now.Facts.Of<Unit>(p.Unit).IsOpen()) is not null => Refusal.Invalid(
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

/// <summary>Say how the feed names our facility: a unit of the same name in another hospital is not ours.</summary>
/// <param name="Names">As in PV1-3.4; none, or an empty list, where a place is known by its unit alone.</param>
public sealed record SetFeedFacility(IReadOnlyList<string>? Names) : Command<Feed>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(Feed state, Situation now) =>
        UnitRules.Lines(Names) switch
        {
            _ when !state.IsKnown => FeedRules.Unknown,
            { Count: > FeedRules.MostNames } => Refusal.Invalid(
                "facility-names-too-many",
                $"Give at most {FeedRules.MostNames} names.",
                "names"
            ),
            var names when names.Any(FeedRules.IsNoName) => Refusal.Invalid(
                "facility-name-invalid",
                $"A facility's name has at most {FeedRules.LongestName} characters.",
                "names"
            ),
            var names when names.SequenceEqual(state.FacilityNames) => [],
            var names => new FeedFacilitySet(now.Now, names),
        };
}

/// <param name="Rules">Those that differ from the usual; a rule that says the usual is none.</param>
public sealed record SetFeedRules(IReadOnlyList<FeedRule>? Rules, IReadOnlyList<string>? Processing) : Command<Feed>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(Feed state, Situation now)
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
            _ when asked.Any(r => r.Trigger != FeedTrigger.Other && FeedTrigger.Of(r.Trigger) is null) => Refusal.Invalid(
                "trigger-unknown",
                $"A rule is for an event of the table, such as A01, or for {FeedTrigger.Other}.",
                "rules"
            ),
            _ when asked.DistinctBy(r => r.Trigger).Count() < asked.Count => Refusal.Invalid(
                "rule-twice",
                "An event has one rule.",
                "rules"
            ),
            _ when asked.Any(r => r.Action == FeedAction.Apply && FeedTrigger.Of(r.Trigger) is not { IsRead: true }) => Refusal.Invalid(
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

/// <param name="Zone">Null or blank where each unit's own is meant.</param>
public sealed record SetFeedClock(string? Zone) : Command<Feed>
{
    public override Permission Permission => Permission.ConfigureFacility;

    public override Decision Decide(Feed state, Situation now) =>
        Text.Line(Zone) switch
        {
            _ when !state.IsKnown => FeedRules.Unknown,
            { } zone when !TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) => Refusal.Invalid(
                "zone-unknown",
                "That time zone is not known. Write it as America/Chicago.",
                "zone"
            ),
            var zone when zone == state.Zone => [],
            var zone => new FeedClockSet(now.Now, zone),
        };
}

/// <summary>A message named a place that no unit here has.</summary>
[Internal]
public sealed record HearPlace(string Place) : Command<Feed>
{
    public override Permission Permission => Permission.SendFeed;

    public override Decision Decide(Feed state, Situation now) =>
        Text.Line(Place) switch
        {
            _ when !state.IsKnown || state.Heard.Count >= Feed.MostPlacesHeard => [],
            null or { Length: > FeedRules.LongestName } => [],
            var place when state.Heard.Any(h => h.Place.Equals(place, StringComparison.OrdinalIgnoreCase)) => [],
            var place => new FeedPlaceHeard(now.Now, place),
        };
}

/// <summary>Tell how far the sender's clock is off, if that has changed enough to matter.</summary>
[Internal]
public sealed record MeasureFeedClock(int SecondsAhead) : Command<Feed>
{
    private const int Enough = 60;

    public override Permission Permission => Permission.SendFeed;

    public override Decision Decide(Feed state, Situation now) =>
        this switch
        {
            _ when !state.IsKnown || Math.Abs(SecondsAhead - state.SecondsAhead) < Enough => [],
            _ when Feed.ClockWords(SecondsAhead) is null && state.ClockOff() is null => [],
            _ => new FeedClockMeasured(now.Now, SecondsAhead),
        };
}

internal static class FeedRules
{
    public const int MostCodes = 20;
    public const int LongestCode = 20;
    public const int MostNames = 200;
    public const int LongestName = 100;

    public static readonly Refusal Unknown = Refusal.NotFound("feed-unknown", "There is no such feed.", "feed");

    public static FeedAction Usual(string trigger) => FeedTrigger.Of(trigger)?.Usual ?? FeedAction.Hold;

    public static bool IsNoName(string name) => name.Length is 0 or > LongestName;

    /// <summary>Codes are in capitals, each once.</summary>
    public static List<string> Codes(IReadOnlyList<string>? typed) =>
        [.. UnitRules.Lines(typed).Select(code => code.ToUpperInvariant()).Distinct()];
}
