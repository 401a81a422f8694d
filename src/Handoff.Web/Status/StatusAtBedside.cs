using Handoff.Domain.Status;
using Handoff.Web.Stays;

namespace Handoff.Web.Status;

/// <summary>How the patient at a bedside is.</summary>
public static class StatusAtBedside
{
    extension(Bedside bedside)
    {
        public PatientStatus Status => bedside.State<PatientStatus>();
    }
}
