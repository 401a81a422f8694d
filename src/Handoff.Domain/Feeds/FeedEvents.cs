using Handoff.Domain.Kernel;

namespace Handoff.Domain.Feeds;

/// <summary>Heard for the first time, or set up before it was.</summary>
/// <param name="Application">MSH-3.</param>
/// <param name="Facility">MSH-4.</param>
[Stored("feed_known")]
public sealed record FeedKnown(DateTimeOffset OccurredAt, string Application, string Facility) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"The feed {Feed.Words(Application, Facility)} is known.";
}

/// <param name="Types">The types of identifier by which a patient is known (HL7 table 0203).</param>
/// <param name="Home">Who gave the numbers that come without an authority, and those that people type here; null if that is not
/// known.</param>
[Stored("feed_numbers_set")]
public sealed record FeedNumbersSet(
    DateTimeOffset OccurredAt,
    IReadOnlyList<string> Types,
    string? Home,
    IReadOnlyList<AuthorityName> Authorities,
    VisitField Visits
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Patients are known by {string.Join(", ", Types)}; numbers without an authority are {(Home is null ? "nobody's" : $"of {Home}")}"
        + $"{string.Concat(Authorities.Select(a => $"; {a.Name} is {a.Means}"))}; visits are numbered by {Visits.Words()}.";
}

/// <param name="Elsewhere">What becomes of a message about a place that no unit here has.</param>
/// <param name="Outpatients">Patient classes (HL7 table 0004) that are not admitted.</param>
[Stored("feed_places_set")]
public sealed record FeedPlacesSet(
    DateTimeOffset OccurredAt,
    IReadOnlyList<PlaceName> Places,
    FeedAction Elsewhere,
    IReadOnlyList<string> Outpatients
) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"{(Places.Count == 0 ? "Places have the units' own names" : string.Join(", ", Places.Select(p => $"{p.Place} is {p.Unit}")))}; "
        + $"messages about other places are {Elsewhere.Words()}; not admitted are "
        + $"{(Outpatients.Count == 0 ? "none" : string.Join(", ", Outpatients))}.";
}

/// <param name="Names">How the feed names the facility whose units are here (PV1-3.4); none where it is not looked at.</param>
[Stored("feed_facility_set")]
public sealed record FeedFacilitySet(DateTimeOffset OccurredAt, IReadOnlyList<string> Names) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        Names.Count == 0
            ? "Places are known by their unit alone, whatever facility is named."
            : $"Only places of {string.Join(", ", Names)} are ours.";
}

/// <param name="Rules">Only those that differ from the usual.</param>
/// <param name="Processing">The processing ids that are taken (MSH-11).</param>
[Stored("feed_rules_set")]
public sealed record FeedRulesSet(DateTimeOffset OccurredAt, IReadOnlyList<FeedRule> Rules, IReadOnlyList<string> Processing)
    : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        (Rules.Count == 0 ? "Every event as usual" : string.Join(", ", Rules.Select(r => $"{r.Trigger} is {r.Action.Words()}")))
        + $"; messages for {string.Join(", ", Processing)} are taken.";
}

/// <param name="Zone">The time zone of times without an offset; null where each unit's own is meant.</param>
[Stored("feed_clock_set")]
public sealed record FeedClockSet(DateTimeOffset OccurredAt, string? Zone) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        $"Times without an offset are {(Zone is null ? "of the unit's own zone" : $"of {Zone}")}.";
}

/// <summary>A place was named that no unit here has.</summary>
[Stored("feed_place_heard")]
public sealed record FeedPlaceHeard(DateTimeOffset OccurredAt, string Place) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) => $"A message named {Place}, which no unit here is.";
}

/// <param name="SecondsAhead">How far the sender's clock is ahead of ours; negative if it is behind, or its messages wait that
/// long.</param>
[Stored("feed_clock_measured")]
public sealed record FeedClockMeasured(DateTimeOffset OccurredAt, int SecondsAhead) : Event(OccurredAt)
{
    public override string Sentence(UnitTime time) =>
        Feed.ClockWords(SecondsAhead) is { } off ? $"The feed's clock is {off}." : "The feed's clock is right again.";
}
