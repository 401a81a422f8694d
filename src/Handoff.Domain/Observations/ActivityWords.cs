using System.Text.Json.Serialization;
using Handoff.Domain.Access;
using Handoff.Domain.Stays;
using Handoff.Domain.Units;

namespace Handoff.Domain.Observations;

public static class ActivityWords
{
    public static string Words(this Activity activity) =>
        activity switch
        {
            Activity.InGroup => "in group",
            Activity.WithStaff => "with staff",
            _ => activity.ToString().ToLowerInvariant(),
        };
}
