using Handoff.Domain.Access;

namespace Handoff.Domain.Kernel;

/// <summary>Something that happened, in the ward's words. Never changed, never deleted.</summary>
/// <param name="OccurredAt">
/// When it happened, with the unit's own offset. When it was written down is on <see cref="EventEnvelope"/>.
/// </param>
public abstract record Event(DateTimeOffset OccurredAt)
{
    /// <summary>The event as one line of the timeline: plain words, 24-hour times in the unit's zone, no blame.</summary>
    public abstract string Sentence(UnitTime time);

    /// <summary>What the event means to whoever takes the patient over; null for what is as usual.</summary>
    public virtual HandoffLine? ForHandoff(UnitTime time) => null;

    /// <summary>
    /// The earlier entry beside which a timeline shows this one, and what becomes of it; null for an entry of its own. <see
    /// cref="Standing"/> goes by it.
    /// </summary>
    public virtual Amendment? Amends() => null;

    /// <summary>Earlier entries that this one says otherwise about. A timeline shows them together, and neither is struck.</summary>
    public virtual IReadOnlyList<Guid> StandsBeside() => [];

    /// <summary>Longer than this between the event and its entry, and it is shown as a late entry.</summary>
    public virtual TimeSpan LateAfter() => EventEnvelope.UsuallyLateAfter;

    /// <summary>How much the entry stands out on a timeline.</summary>
    public virtual Significance Significance() => Kernel.Significance.Usual;

    /// <summary>The stays that this event concerns besides the one whose stream it is on.</summary>
    public virtual IEnumerable<Guid> About() => [];
}

/// <summary>
/// An earlier shape of an event that the log still holds. It is read, turned into today's shape, and never written again.
/// </summary>
public interface IEarlierShape
{
    Event Upcast();
}

/// <summary>
/// The name under which an event, a state or a role is stored. It is for ever: a changed shape gets a new name (<c>_v2</c>).
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class StoredAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>On a state: there is one for each patient's stay, and its key is the stay's id.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class OfEachStayAttribute : Attribute;

/// <summary>Who did it, as it is printed beside a signature.</summary>
public sealed record Staff(string Id, string Name, Role Role, string? Credential = null)
{
    /// <summary>The service itself: clocks and reactors.</summary>
    public static readonly Staff Clock = new("system", "Handoff", Role.Integration);
}

public enum Source
{
    Ui,
    Offline,
    Interface,
    Import,
    System,
}

/// <summary>Who may see an entry. Part 2 is 42 CFR Part 2 (substance use treatment records).</summary>
public enum Label
{
    Normal,
    Restricted,
    Part2,
    Psychotherapy,
}
