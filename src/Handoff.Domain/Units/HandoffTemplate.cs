namespace Handoff.Domain.Units;

/// <summary>How a unit writes its handoffs.</summary>
public enum HandoffTemplate
{
    IPass,
    Psych,
}

/// <summary>A part of a handoff that people write.</summary>
public enum HandoffSection
{
    PatientSummary,
    ActionList,
    SituationAwareness,
    PatientInformation,
    SituationLeadingHere,
    Assessment,
    CriticalInformation,
    Hindrance,
}

public static class HandoffTemplates
{
    /// <summary>
    /// I-PASS (Starmer et al., NEJM 2014;371:1803): illness severity is judged, synthesis is the receiver's; the three between are written.
    /// PSYCH: patient information, situation leading here, your assessment, critical information, hindrance to discharge.
    /// </summary>
    public static IReadOnlyList<HandoffSection> Sections(this HandoffTemplate template) =>
        template == HandoffTemplate.Psych
            ?
            [
                HandoffSection.PatientInformation,
                HandoffSection.SituationLeadingHere,
                HandoffSection.Assessment,
                HandoffSection.CriticalInformation,
                HandoffSection.Hindrance,
            ]
            : [HandoffSection.PatientSummary, HandoffSection.ActionList, HandoffSection.SituationAwareness];

    public static string Words(this HandoffTemplate template) => template == HandoffTemplate.Psych ? "PSYCH" : "I-PASS";

    public static string Words(this HandoffSection section) =>
        section switch
        {
            HandoffSection.PatientSummary => "Patient summary",
            HandoffSection.ActionList => "Action list",
            HandoffSection.SituationAwareness => "Situation awareness and contingencies",
            HandoffSection.PatientInformation => "Patient information",
            HandoffSection.SituationLeadingHere => "Situation leading here",
            HandoffSection.Assessment => "Your assessment",
            HandoffSection.CriticalInformation => "Critical information",
            _ => "Hindrance to discharge",
        };
}
