using Handoff.Domain.Kernel;

namespace Handoff.Domain.Feeds;

/// <summary>
/// One sender of admissions, by MSH-3 and MSH-4, and how its messages are read. Each change is an event: who, when, what.
/// </summary>
[Stored("feed")]
public sealed record Feed : State
{
    /// <summary>A hospital has fewer places than this; what a broken feed names after that is not listed.</summary>
    public const int MostPlacesHeard = 500;

    /// <summary>A clock that is off by more than this is told: what a feed says must fit to what people here write down.</summary>
    public static readonly TimeSpan ClockTolerance = TimeSpan.FromMinutes(2);

    /// <summary>Up to this far ahead a message is taken, as of when it came; the sender's own time is kept beside it.</summary>
    public static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(15);

    public static readonly IReadOnlyList<string> UsualTypes = ["MR", "PI", "PT"];

    /// <summary>
    /// Outpatients, pre-admissions and recurring patients (HL7 table 0004). Who lies in a bed of ours as an emergency is here.
    /// </summary>
    public static readonly IReadOnlyList<string> UsualOutpatients = ["O", "P", "R"];

    /// <summary>Production (HL7 table 0103). What is sent for training or debugging is about nobody.</summary>
    public static readonly IReadOnlyList<string> UsualProcessing = ["P"];

    public string Id { get; init; } = "";

    public string Application { get; init; } = "";

    public string Facility { get; init; } = "";

    public bool IsKnown { get; init; }

    public IReadOnlyList<string> Types { get; init; } = UsualTypes;

    public string? Home { get; init; }

    public IReadOnlyList<AuthorityName> Authorities { get; init; } = [];

    public VisitField Visits { get; init; }

    public IReadOnlyList<PlaceName> Places { get; init; } = [];

    /// <summary>How the feed names our facility (PV1-3.4); empty where that is not looked at.</summary>
    public IReadOnlyList<string> FacilityNames { get; init; } = [];

    public FeedAction Elsewhere { get; init; } = FeedAction.Acknowledge;

    public IReadOnlyList<string> Outpatients { get; init; } = UsualOutpatients;

    /// <summary>Only those that differ from the usual.</summary>
    public IReadOnlyList<FeedRule> Rules { get; init; } = [];

    public IReadOnlyList<string> Processing { get; init; } = UsualProcessing;

    public string? Zone { get; init; }

    /// <summary>Places that were named and that no unit here has.</summary>
    public IReadOnlyList<HeardPlace> Heard { get; init; } = [];

    public int SecondsAhead { get; init; }

    public DateTimeOffset? MeasuredAt { get; init; }

    /// <summary>The feed's key: the same for every message of the same sender.</summary>
    public static Guid KeyOf(string application, string facility) => NamedId.From("feed", application, facility);

    public static string Words(string application, string facility) =>
        (application, facility) switch
        {
            ("", "") => "without a name",
            (_, "") => application,
            ("", _) => facility,
            _ => $"{application}/{facility}",
        };

    public string Words() => Words(Application, Facility);

    /// <summary>Such as <c>4 min ahead</c>; null if the clock is right.</summary>
    public string? ClockOff() => ClockWords(SecondsAhead);

    public static string? ClockWords(int secondsAhead) =>
        Math.Abs(secondsAhead) <= ClockTolerance.TotalSeconds ? null
        : secondsAhead > 0 ? $"{UnitTime.Span(TimeSpan.FromSeconds(secondsAhead))} ahead"
        : $"{UnitTime.Span(TimeSpan.FromSeconds(-secondsAhead))} behind, or its messages wait that long";

    /// <summary>What becomes of an event; see <see cref="FeedTrigger"/>.</summary>
    public FeedAction ActionOf(string trigger) =>
        (FeedTrigger.Parse(trigger), Rules.FirstOrDefault(r => r.Trigger == trigger)) switch
        {
            (_, { } rule) => rule.Action,
            ({ } known, _) => known.Usual,
            _ => Rules.FirstOrDefault(r => r.Trigger == FeedTrigger.Other)?.Action ?? FeedAction.Hold,
        };

    /// <summary>
    /// Whether a place's facility is another one than ours. One that is not said is ours, and so is any where no names of ours are set.
    /// </summary>
    public bool IsOtherFacility(string? said) =>
        FacilityNames.Count > 0 && Text.Line(said) is { } name && !FacilityNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>An authority by its one name.</summary>
    public string? AuthorityOf(string? said) =>
        string.IsNullOrEmpty(said)
            ? null
            : Authorities.FirstOrDefault(a => a.Name.Equals(said, StringComparison.OrdinalIgnoreCase))?.Means ?? said;

    public override State Evolve(EventEnvelope fact) =>
        fact.Event switch
        {
            FeedKnown e => this with { Id = fact.Key, Application = e.Application, Facility = e.Facility, IsKnown = true },
            FeedNumbersSet e => this with { Types = e.Types, Home = e.Home, Authorities = e.Authorities, Visits = e.Visits },
            FeedPlacesSet e => this with
            {
                Places = e.Places,
                Elsewhere = e.Elsewhere,
                Outpatients = e.Outpatients,
                Heard = [.. Heard.Where(h => !e.Places.Any(p => p.Place.Equals(h.Place, StringComparison.OrdinalIgnoreCase)))],
            },
            FeedFacilitySet e => this with { FacilityNames = e.Names },
            FeedRulesSet e => this with { Rules = e.Rules, Processing = e.Processing },
            FeedClockSet e => this with { Zone = e.Zone },
            FeedPlaceHeard e => this with { Heard = [.. Heard, new(e.Place, e.OccurredAt)] },
            FeedClockMeasured e => this with { SecondsAhead = e.SecondsAhead, MeasuredAt = e.OccurredAt },
            _ => this,
        };
}
