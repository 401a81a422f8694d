namespace Handoff.Api.Live;

/// <summary>The tasks of a unit are other than they were: whoever shows them asks for them again.</summary>
/// <param name="Unit">The unit's id.</param>
public sealed record TasksChanged(string Unit);

/// <summary>Who is on a unit's shift, who is in charge or where its huddle is has changed.</summary>
/// <param name="Unit">The unit's id.</param>
/// <param name="Huddle">The stay at which the huddle is now; null while there is none, and where nobody said at whom.</param>
public sealed record ShiftChanged(string Unit, Guid? Huddle);

/// <summary>A unit's team meeting was opened or closed, or something was decided in it.</summary>
/// <param name="Unit">The unit's id.</param>
public sealed record MeetingChanged(string Unit);
