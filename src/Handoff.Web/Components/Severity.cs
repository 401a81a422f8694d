namespace Handoff.Web.Components;

/// <summary>How much something needs a person. Each has its own shape and word, so that colour never speaks alone.</summary>
public enum Severity
{
    Calm,
    Info,
    Due,
    Overdue,
    Critical,
    Restricted,
}

public static class SeverityNames
{
    /// <summary>The name that styles and scripts know it by.</summary>
    public static string Key(this Severity severity) =>
        severity switch
        {
            Severity.Info => "info",
            Severity.Due => "due",
            Severity.Overdue => "overdue",
            Severity.Critical => "critical",
            Severity.Restricted => "restricted",
            _ => "calm",
        };
}
