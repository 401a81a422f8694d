namespace Handoff.Web.Stays;

/// <summary>
/// What a slice tells in the head of every page about a patient, as components with one parameter, the <see cref="Bedside"/>.
/// </summary>
/// <param name="Mark">Stands beside the patient's name.</param>
/// <param name="Lines">Stand below who they are and where.</param>
public sealed record HeadPart(Type? Mark, Type? Lines);
