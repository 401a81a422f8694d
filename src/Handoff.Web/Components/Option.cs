namespace Handoff.Web.Components;

/// <summary>One thing to choose: the value that is sent, the words that are shown, and a few more that explain.</summary>
public sealed record Option(string Value, string Words, string? Hint = null);
