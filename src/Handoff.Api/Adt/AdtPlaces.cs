using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Api.Adt;

/// <summary>The facility's units as the feed names them.</summary>
sealed class AdtPlaces(IReadOnlyList<Unit> units)
{
    internal Unit? Unit(string? pointOfCare) =>
        units.FirstOrDefault(unit => unit.Id == FeedPlace.UnitId(pointOfCare)) ?? units.FirstOrDefault(unit => unit.IsCalled(pointOfCare));

    /// <summary>Unit and bed; a unit that isn't known as it was sent, for the domain to refuse.</summary>
    internal (string Unit, string? Bed) Of(AdtLocation? location) => Unit(location?.Unit) is { } unit
        ? (unit.Id, unit.BedOf(location!.Room, location.Bed))
        : (FeedPlace.UnitId(location?.Unit), null);

    /// <summary>The zone of a sender who doesn't say: that of the unit in PV1-3, else the one that all units share, else UTC.</summary>
    internal TimeZoneInfo Zone(Hl7Message message) => (Unit(message["PV1"].IsAbsent ? null : message["PV1"][3].Text), Zones()) switch
    {
        ({ } unit, _) => unit.Time().Zone,
        (null, [var only]) => UnitTime.In(only).Zone,
        _ => TimeZoneInfo.Utc,
    };

    string[] Zones() => [.. units.Select(unit => unit.Zone).Distinct()];
}
