using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Web.Stays;

/// <summary>
/// One patient as a page about them needs to know: the stay, the unit where they are, and what other slices keep about them.
/// </summary>
public sealed record Bedside(Stay Stay, Unit Unit)
{
    /// <summary>
    /// Where the log ended before any of this was read. A page with a part that is older than it says would never be loaded again.
    /// </summary>
    public long Version { get; init; }

    /// <summary>The patient's states of other slices: how they are observed, how they are.</summary>
    public IReadOnlyList<State> States { get; init; } = [];

    public string Name => Stay.Patient.Name();

    public string? Bed => Stay.Where()?.Bed;

    /// <summary>The patient's state of that kind; as it begins, if none was read.</summary>
    public T State<T>()
        where T : State, new() => States.OfType<T>().FirstOrDefault() ?? new T();
}
