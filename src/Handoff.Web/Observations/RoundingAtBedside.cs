using Handoff.Domain.Observations;
using Handoff.Domain.Stays;
using Handoff.Web.Stays;

namespace Handoff.Web.Observations;

/// <summary>How the patient at a bedside is observed.</summary>
public static class RoundingAtBedside
{
    extension(Bedside bedside)
    {
        public Rounding Rounding => bedside.State<Rounding>();

        /// <summary>Whether somebody is asked to look at the patient now and then.</summary>
        public bool IsObserved => bedside.Stay.IsHere() && bedside.Rounding.IsRunning();
    }
}
