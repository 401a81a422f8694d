using Handoff.Api.Feeds.Hl7;
using Handoff.Api.Feeds.Mllp;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Api.Feeds.Adt;

/// <summary>Where a message says that a patient is.</summary>
/// <param name="Unit">The unit of ours; null if no unit here has that name.</param>
/// <param name="Named">The point of care as it was sent; null where none was.</param>
internal sealed record AdtPlace(string? Unit, string? Bed, string? Named)
{
    internal static readonly AdtPlace Unsaid = new(null, null, null);

    internal bool IsOurs => Unit is not null;

    internal bool IsElsewhere => Unit is null && Named is not null;
}

/// <summary>The facility's units as the feed names them.</summary>
internal sealed class AdtPlaces(IReadOnlyList<Unit> units, Feed feed)
{
    private const int LongestName = 80;

    internal Unit? Unit(string? pointOfCare) =>
        Translated(pointOfCare) is { } id
            ? units.FirstOrDefault(unit => unit.Id == id)
            : units.FirstOrDefault(unit => unit.Id == FeedPlace.UnitId(pointOfCare))
                ?? units.FirstOrDefault(unit => unit.IsCalled(pointOfCare));

    internal AdtPlace Find(AdtLocation? location) =>
        (Unit(location?.Unit), Text.Line(location?.Unit)) switch
        {
            (_, { } named) when feed.IsOtherFacility(location!.Facility) => new(
                null,
                null,
                Short($"{named}, {Text.Line(location.Facility)}")
            ),
            ({ } unit, var named) => new(unit.Id, unit.BedOf(location!.Room, location.Bed), named),
            (null, { } named) => new(null, null, Short(named)),
            _ => AdtPlace.Unsaid,
        };

    /// <summary>The zone of a sender who doesn't say: that of the unit in PV1-3, else the one that all units share, else UTC.</summary>
    internal TimeZoneInfo Zone(Hl7Message message) =>
        (Unit(message["PV1"].IsAbsent ? null : message["PV1"][3].Text), Zones()) switch
        {
            ({ } unit, _) => unit.Time().Zone,
            (null, [var only]) => UnitTime.In(only).Zone,
            _ => TimeZoneInfo.Utc,
        };

    private static string Short(string named) => named.Length <= LongestName ? named : named[..LongestName];

    private string? Translated(string? pointOfCare) =>
        Text.Line(pointOfCare) is { } said
            ? feed.Places.FirstOrDefault(place => place.Place.Equals(said, StringComparison.OrdinalIgnoreCase))?.Unit
            : null;

    private string[] Zones() => [.. units.Select(unit => unit.Zone).Distinct()];
}
