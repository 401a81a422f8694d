using System.Text.Json.Serialization;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

internal static class ContingencyRules
{
    /// <summary>More than this for one patient is not kept in mind.</summary>
    public const int Most = 12;

    public static readonly TimeSpan Furthest = TimeSpan.FromDays(14);

    public static Refusal Unknown(Guid? contingency) =>
        contingency is null
            ? Refusal.Missing("contingency", "Say which contingency.")
            : Refusal.NotFound("contingency-unknown", "There is no such contingency.", "contingency");

    /// <summary>The shift on which it is now, as every event's envelope names it.</summary>
    public static DatedShift? Shift(Care state, DecisionContext now) => now.States.Get<Unit>(state.Unit!).ShiftAt(now.Now);
}
