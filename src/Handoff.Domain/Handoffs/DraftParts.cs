using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

public static class DraftParts
{
    /// <summary>The section of a template in which a part is told.</summary>
    public static HandoffSection SectionOf(this HandoffTemplate template, HandoffPart part) =>
        (template, part) switch
        {
            (HandoffTemplate.IPass, HandoffPart.ToDo) => HandoffSection.ActionList,
            (HandoffTemplate.IPass, HandoffPart.Expect or HandoffPart.Critical or HandoffPart.Barrier) => HandoffSection.SituationAwareness,
            (HandoffTemplate.IPass, _) => HandoffSection.PatientSummary,
            (_, HandoffPart.Patient or HandoffPart.Helps) => HandoffSection.PatientInformation,
            (_, HandoffPart.Happened) => HandoffSection.SituationLeadingHere,
            (_, HandoffPart.Condition) => HandoffSection.Assessment,
            (_, HandoffPart.Barrier) => HandoffSection.Hindrance,
            _ => HandoffSection.CriticalInformation,
        };
}
