using Handoff.Domain.Kernel;
using Handoff.Web.Layout;

namespace Handoff.Web.Stays;

/// <summary>What a slice declares for pages about a patient. All implementations are found.</summary>
internal interface IStayParts
{
    /// <summary>What it tells of the patient.</summary>
    IEnumerable<StayPart> Parts => [];

    /// <summary>What can be done about the patient.</summary>
    IEnumerable<StayAct> Acts => [];
}

/// <summary>
/// What a slice keeps about a patient, in a state under the stay's id, and tells on the pages about them, as components with one
/// parameter, the <see cref="Bedside"/>.
/// </summary>
/// <param name="Place">Its order among the others, lowest first.</param>
/// <param name="Kind">The kind of state that is read for it: see <see cref="StateKind{T}"/>.</param>
public sealed record StayPart(int Place, string Kind)
{
    private static readonly List<IStayParts> Declared = Found.All<IStayParts>();

    public static IReadOnlyList<StayPart> All { get; } = [.. Declared.SelectMany(slice => slice.Parts).OrderBy(part => part.Place)];

    public static IReadOnlyList<StayAct> Acts { get; } = [.. Declared.SelectMany(slice => slice.Acts).OrderBy(act => act.Place)];

    /// <summary>Stands beside the patient's name, on every page about them.</summary>
    public Type? Mark { get; init; }

    /// <summary>Stands below who they are and where, on every page about them.</summary>
    public Type? Lines { get; init; }

    /// <summary>Stands on the patient's own page.</summary>
    public Type? Section { get; init; }
}
