using Handoff.Api.Access;
using Handoff.Domain.Access;

namespace Handoff.Api.Live;

/// <summary>What a page shows of a patient's card; for machines it is data.</summary>
public enum CardView
{
    /// <summary>The card as JSON, for machines.</summary>
    Data,

    /// <summary>Only that it changed: the page asks for what it shows of it.</summary>
    News,

    /// <summary>A card of the unit's board.</summary>
    Board,

    /// <summary>A row of the round.</summary>
    Rounds,

    /// <summary>A card of a display in a hallway, without a name.</summary>
    Wall,

    /// <summary>A card of a display in a room of the staff's own.</summary>
    NamedWall,
}

/// <summary>Those who are sent the same words about a unit's patients: what changed is written once for all of them.</summary>
/// <param name="IsHallwaySafe">They may see what hangs in a hallway and no more.</param>
/// <param name="MayCheck">They may record checks, so their cards lead to the round.</param>
public sealed record Audience(string Facility, string Unit, CardView View, bool IsHallwaySafe, bool MayCheck)
{
    /// <summary>Who asks for a view of a unit; null if they may not see it.</summary>
    public static Audience? ForCaller(Caller caller, string unit, CardView view)
    {
        var mayName = caller.Actor.May(Permission.ReadBoard);
        var may = mayName || (view is CardView.Data or CardView.News or CardView.Wall && caller.Actor.May(Permission.ReadWall));
        return may && caller.Actor.WorksOn(unit)
            ? new(caller.Facility, unit, view, view == CardView.Wall || !mayName, caller.Actor.May(Permission.RecordCheck))
            : null;
    }

    /// <summary>The hub's group of this audience.</summary>
    public string Group => $"{Facility}/{Unit}/{View}/{(IsHallwaySafe ? "wall" : "full")}/{(MayCheck ? "checks" : "reads")}";

    /// <summary>The hub's group of all who hear what is not about one card, such as an incident.</summary>
    public string Everybody => BoardHub.Group(Facility, Unit, IsHallwaySafe);

    public bool IsWritten => View is CardView.Board or CardView.Rounds or CardView.Wall or CardView.NamedWall;
}

/// <summary>
/// A card that changed, as a page is sent it: the words to put in its place, if the page shows cards; else only that there is something
/// new.
/// </summary>
/// <param name="Version">Grows with every change of the card; a page keeps the highest that it has seen.</param>
/// <param name="IsGone">Whether the patient is no longer on the unit.</param>
/// <param name="Html">The card, written; null where the page asks for it, and for one that has gone.</param>
public sealed record PageCard(Guid Stay, long Version, bool IsGone = false, string? Html = null);

/// <summary>A unit as a page is told it when it begins to listen.</summary>
/// <param name="Position">The log position up to which it speaks.</param>
/// <param name="Cards">Everybody who is on the unit; written are those that the page does not have, or has older.</param>
public sealed record PageBoard(
    string Unit,
    DateTimeOffset AsOf,
    long Position,
    IReadOnlyList<PageCard> Cards,
    IReadOnlyList<PageIncident> Incidents
);

/// <summary>An incident that goes on.</summary>
public sealed record PageIncident(Guid Id, long Version);
