using Handoff.Domain.Access;
using Handoff.Web.Layout;

namespace Handoff.Web.Stays;

/// <summary>A button on a patient's own page that opens the form <c>/stays/{stay}/{Form}</c>.</summary>
/// <param name="Place">
/// Its order among the others, lowest first. What is done now and then stands from 100 on, at the end of the page.
/// </param>
/// <param name="MayAny">Who has none of them is not shown it.</param>
public sealed record StayAct(int Place, string Form, Func<PageContext, string> Words, params Permission[] MayAny)
{
    private const int NowAndThen = 100;

    /// <summary>Whether it can be done about this patient now, while they are here.</summary>
    public Func<Bedside, bool> Fits { get; init; } = _ => true;

    public bool IsSeldom => Place >= NowAndThen;

    public bool IsOffered(PageContext frame, Bedside bedside) => bedside.Stay.IsHere() && Fits(bedside) && MayAny.Any(frame.May);
}
