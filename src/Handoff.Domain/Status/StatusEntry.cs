using Handoff.Domain.Access;

namespace Handoff.Domain.Status;

/// <summary>One thing that was written down about a patient, and by whom.</summary>
/// <param name="Id">The event's own id: by it the entry is taken back.</param>
/// <param name="At">When it was so, on the unit's clock.</param>
public abstract record StatusEntry(Guid Id, DateTimeOffset At, string By)
{
    /// <summary>The entry, and whatever was entered about it since: each can be taken back by itself.</summary>
    internal abstract IEnumerable<WrittenEntry> Written();
}

/// <summary>An entry that can be taken back.</summary>
/// <param name="What">What kind of entry it is: <c>a meal</c>.</param>
/// <param name="Line">What it says: <c>Lunch: 10 %</c>.</param>
/// <param name="May">Who may make such an entry may take it back.</param>
public sealed record WrittenEntry(StatusEntry Entry, string What, string Line, Permission May);
