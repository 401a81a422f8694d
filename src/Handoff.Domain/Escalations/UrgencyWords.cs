using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Escalations;

public static class UrgencyWords
{
    public static Pressing Pressing(this Urgency urgency) =>
        urgency switch
        {
            Urgency.Emergency => Kernel.Pressing.Emergency,
            Urgency.Urgent => Kernel.Pressing.Urgent,
            _ => Kernel.Pressing.Usual,
        };

    public static string Words(this Urgency urgency) =>
        urgency switch
        {
            Urgency.Emergency => "Emergency",
            Urgency.Urgent => "Urgent",
            _ => "Routine",
        };
}
