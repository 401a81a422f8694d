using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

/// <summary>A moment from which another window held; none while checks are paused or over.</summary>
/// <param name="Level">Where it was ordered.</param>
public sealed record Turn(TurnKind Kind, DateTimeOffset At, DueWindow? Due, int? LimitMinutes, ObservationLevel? Level);
