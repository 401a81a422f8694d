using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>One person was responsible for a patient from one moment to another; null while it lasts.</summary>
public sealed record ResponsibilityPeriod(Staff? Who, DateTimeOffset From, DateTimeOffset? Until)
{
    /// <summary>
    /// Who was responsible when, without a gap and without two at once. A change counts from when it was recorded: responsibility is not
    /// given in retrospect.
    /// </summary>
    /// <param name="facts">The events of the patient's care and of the charge of their units, and those that opened the units, in the log's
    /// order.</param>
    public static IReadOnlyList<ResponsibilityPeriod> ForStay(Guid stay, IEnumerable<EventEnvelope> facts)
    {
        var (stints, care) = (new List<ResponsibilityPeriod>(), new Care());
        var (charges, units) = (new Dictionary<string, Charge>(), new Dictionary<string, Unit>());
        foreach (var fact in facts)
        {
            switch (StreamId.Kind(fact.Stream))
            {
                case "care" when fact.Key == stay.ToString():
                    care = (Care)care.Evolve(fact);
                    break;
                case "charge":
                    charges[fact.Key] = (Charge)charges.GetValueOrDefault(fact.Key, new()).Evolve(fact);
                    break;
                case "unit":
                    units[fact.Key] = (Unit)units.GetValueOrDefault(fact.Key, new()).Evolve(fact);
                    break;
                default:
                    continue;
            }

            Note(stints, Now(care, charges, units), care.IsRunning(), fact.At);
        }

        return stints;
    }

    private static Staff? Now(Care care, Dictionary<string, Charge> charges, Dictionary<string, Unit> units) =>
        care.Unit is { } unit ? care.Responsible(charges.GetValueOrDefault(unit, new()), units.GetValueOrDefault(unit, new())) : null;

    private static void Note(List<ResponsibilityPeriod> stints, Staff? who, bool isRunning, DateTimeOffset at)
    {
        var last = stints.Count > 0 ? stints[^1] : null;
        if (last is { Until: null } && (!isRunning || last.Who?.Id != who?.Id))
        {
            stints[^1] = last with { Until = at };
        }

        if (isRunning && (last is null or { Until: not null } || last.Who?.Id != who?.Id))
        {
            stints.Add(new(who, at, null));
        }
    }
}
