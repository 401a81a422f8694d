namespace Handoff.Web.Layout;

/// <summary>
/// What somebody is told on whatever page they have open: one sentence or two, and where to go for it. It names no patient.
/// </summary>
/// <param name="Kind">Stable and kebab-case, such as <c>all-accepted</c>.</param>
public sealed record PageNotice(string Kind, string Words, string Link, string LinkWords);
