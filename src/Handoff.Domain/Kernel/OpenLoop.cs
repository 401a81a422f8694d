namespace Handoff.Domain.Kernel;

/// <summary>
/// Something begun and not finished. It is closed by an event on the stream of the state that says it, never by leaving it out.
/// </summary>
/// <param name="Kind">Stable and kebab-case, such as <c>level-review</c>. Kind and stay together are unique within the state.</param>
/// <param name="Stay">The patient whom it concerns; null if it concerns the unit.</param>
/// <param name="Since">When it began, with the unit's own offset.</param>
/// <param name="Due">By when it is to be done; null if nothing says so.</param>
/// <param name="Words">A few words to be read on the patient's own page: no other patient's name.</param>
/// <param name="Link">The address of the page on which it is closed, such as <c>/stays/…</c>.</param>
/// <param name="Pressing">How soon somebody must see to it.</param>
public sealed record OpenLoop(
    string Kind,
    Guid? Stay,
    DateTimeOffset Since,
    DateTimeOffset? Due,
    string Words,
    string Link,
    Pressing Pressing = Pressing.Usual
)
{
    /// <summary>
    /// What the patient's card says of it, before since when: <c>order wanted</c>. It turns red when <see cref="Due"/> has passed. Null if
    /// the card does not say it, or says it in its own way.
    /// </summary>
    public string? Mark { get; init; }
}
