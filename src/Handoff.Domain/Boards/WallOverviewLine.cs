using System.Text.Json.Serialization;
using Handoff.Domain.Units;

namespace Handoff.Domain.Boards;

/// <summary>One unit for a screen on a wall: how many checks are overdue, and neither since when nor how many are due.</summary>
public sealed record WallOverviewLine(
    string Unit,
    string Name,
    string? Shift,
    int Beds,
    int Patients,
    int Away,
    int Overdue,
    int Incidents,
    int Concerns
)
{
    public static WallOverviewLine FromLine(OverviewLine line) =>
        new(line.Unit, line.Name, line.Shift, line.Beds, line.Patients, line.Away, line.Overdue, line.Incidents, line.Concerns);
}
