using Handoff.Domain.Access;
using Handoff.Domain.Kernel;

namespace Handoff.Domain.Units;

/// <summary>Why checks may be paused on a unit, and for how long at most.</summary>
/// <param name="Id">Stable: small letters, digits and hyphens, such as <c>other-unit</c>.</param>
/// <param name="LongestMinutes">No pause of this kind is longer; 1 to 1,440.</param>
public sealed record PauseReason(string Id, string Name, int LongestMinutes)
{
    /// <summary>What is wrong with it by itself, at its own field; null if nothing is.</summary>
    public Refusal? Wrong() =>
        this switch
        {
            { Name.Length: 0 or > Pauses.LongestName } => Refusal.Invalid(
                "pause-reason-name-invalid",
                $"Give each reason a name of at most {Pauses.LongestName} characters.",
                "name"
            ),
            _ when !Unit.IsId(Id) => Refusal.Invalid(
                "pause-reason-id-invalid",
                "A reason's id is 1 to 40 small letters, digits and hyphens, such as other-unit.",
                "id"
            ),
            _ when Pauses.IsOnTheUnit(Name) || Pauses.IsOnTheUnit(Id) => Refusal.Invalid(
                "pause-reason-on-unit",
                "A pause is for a patient whom somebody else has. Of one who is on the unit, only an order changes how often "
                    + "somebody looks.",
                "name"
            ),
            { LongestMinutes: < 1 or > Pauses.LongestOfAny } => Refusal.Invalid(
                "pause-length-out-of-range",
                "A pause lasts between a minute and a day. For longer, record a leave.",
                "longestMinutes"
            ),
            _ => null,
        };
}
