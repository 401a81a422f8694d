using System.Text.Json.Serialization;
using Handoff.Domain.Access;

namespace Handoff.Domain.Kernel;

/// <summary>All that a decision may look at besides its own state.</summary>
/// <param name="By">Who asks.</param>
/// <param name="Now">When (UTC).</param>
/// <param name="Request">The request's id; the same request is decided the same way twice.</param>
/// <param name="States">The states that the command said it needs.</param>
public sealed record DecisionContext(Actor By, DateTimeOffset Now, Guid Request, LoadedStates States)
{
    /// <summary>Clocks of tablets run ahead; more than this is a typing error.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    /// <summary>A number in [0, 1) that follows from the request: random to people, the same on a retry.</summary>
    public double Chance(string of) =>
        BitConverter.ToUInt32(NamedId.From(Request.ToString("N"), of).ToByteArray(), 0) / (uint.MaxValue + 1.0);

    public bool May(Permission permission) => By.May(permission);

    /// <summary>The refusal of a time that lies in the future or before <paramref name="earliest"/>, or null.</summary>
    public Refusal? Impossible(DateTimeOffset at, DateTimeOffset? earliest, string field) =>
        at switch
        {
            _ when at > Now + ClockSkew => Refusal.Invalid(
                "time-in-future",
                "That time has not come yet. Check the date and the clock.",
                field
            ),
            _ when at < earliest => Refusal.Invalid("time-before-stay", "That is before this stay began. Check the date.", field),
            _ when at < Now.AddYears(-1) => Refusal.Invalid("time-absurd", "That is more than a year ago. Check the date.", field),
            _ => null,
        };
}
