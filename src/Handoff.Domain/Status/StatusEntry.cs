using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Status;

/// <summary>One thing that was written down about a patient, and by whom.</summary>
/// <param name="Id">The event's own id: by it the entry is taken back.</param>
/// <param name="At">When it was so, on the unit's clock.</param>
public abstract record StatusEntry(Guid Id, DateTimeOffset At, string By);
