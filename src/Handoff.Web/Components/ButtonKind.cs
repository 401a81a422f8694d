namespace Handoff.Web.Components;

/// <summary>How loud a button is: the one thing to do here, one of several, hardly visible, or grave.</summary>
public enum ButtonKind
{
    Primary,
    Plain,
    Quiet,
    Grave,
}
