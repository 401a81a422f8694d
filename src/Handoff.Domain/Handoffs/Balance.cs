using Handoff.Domain.Access;
using Handoff.Domain.Kernel;
using Handoff.Domain.Units;

namespace Handoff.Domain.Handoffs;

/// <summary>To whom a patient could go, and why. Somebody decides; nothing is assigned by it.</summary>
public sealed record SuggestedAssignment(Guid Stay, Staff To, string Why);

/// <summary>How much somebody would have.</summary>
/// <param name="Weight">By how closely the patients are watched and how ill they are; see <see cref="Balance.Weight"/>.</param>
public sealed record SuggestedLoad(Staff Who, int Patients, double Weight);

/// <summary>
/// Suggests who takes whom: the heaviest first, to whoever has least; knowing the patient counts as much as one and a half of them, and
/// nobody gets two who are watched continuously
/// while somebody has none. Balance by acuity and continuity are what charge nurses say they assign by (Allen, "The nurse-patient
/// assignment", J Nurs Adm 2015;45:628).
/// </summary>
public static class Balance
{
    private const double Known = 1.5,
        Continuous = 100;

    /// <summary>A patient at Q15 who is stable is 1; it is how much time they take, not how much they matter.</summary>
    public static double Weight(HandoffPatient patient) =>
        (
            patient.Watched switch
            {
                ObservationLevel.TwoToOne => 6,
                ObservationLevel.OneToOne => 5,
                ObservationLevel.LineOfSight => 3,
                ObservationLevel.Q5 => 2,
                ObservationLevel.Q30 or ObservationLevel.Q60 => 0.75,
                _ => 1.0,
            }
        )
        + (
            patient.Severity switch
            {
                IllnessSeverity.Unstable => 1,
                IllnessSeverity.Watcher => 0.5,
                _ => 0,
            }
        );

    public static IReadOnlyList<SuggestedAssignment> Suggest(
        IEnumerable<HandoffPatient> patients,
        IReadOnlyCollection<Staff> people,
        UnitTime time
    )
    {
        // Who leads keeps their hands free where there is somebody else.
        List<Share> shares =
        [
            .. (people.Any(p => p.Role != Role.ChargeNurse) ? people.Where(p => p.Role != Role.ChargeNurse) : people)
                .OrderBy(p => p.Name, StringComparer.Ordinal)
                .Select(p => new Share(p)),
        ];
        return shares.Count == 0
            ? []
            :
            [
                .. patients
                    .OrderByDescending(Weight)
                    .ThenBy(p => p.Bed?.PadLeft(20), StringComparer.Ordinal)
                    .Select(patient => Given(patient, shares, time)),
            ];
    }

    public static IReadOnlyList<SuggestedLoad> Loads(IEnumerable<SuggestedAssignment> suggested, IEnumerable<HandoffPatient> patients)
    {
        var known = patients.ToDictionary(p => p.Stay);
        return
        [
            .. suggested
                .GroupBy(s => s.To.Id)
                .Select(all => new SuggestedLoad(all.First().To, all.Count(), all.Sum(s => Weight(known[s.Stay]))))
                .OrderBy(l => l.Who.Name, StringComparer.Ordinal),
        ];
    }

    private static SuggestedAssignment Given(HandoffPatient patient, List<Share> shares, UnitTime time)
    {
        var isContinuous = patient.Watched?.IsContinuous() == true;
        var best = shares.MinBy(s =>
            s.Weight
            - (Knows(s.Who, patient, time) is null ? 0 : Known)
            + (isContinuous && s.Continuous > 0 ? Continuous * s.Continuous : 0)
        )!;
        var why = Why(best, patient, shares, isContinuous, time);
        best.Take(Weight(patient), isContinuous);
        return new(patient.Stay, best.Who, why);
    }

    private static string Why(Share best, HandoffPatient patient, List<Share> shares, bool isContinuous, UnitTime time) =>
        string.Join(
            ", ",
            new[]
            {
                Knows(best.Who, patient, time),
                isContinuous
                    ? best.Continuous == 0
                        ? $"has nobody else at {patient.Level} or the like"
                        : "everybody has one who is watched continuously"
                    : null,
                shares.Count == 1 ? "nobody else is planned"
                : best.Patients == 0 ? "has nobody yet"
                : shares.TrueForAll(s => s.Weight >= best.Weight) ? $"has least so far ({best.Patients})"
                : $"has {best.Patients} so far",
            }.OfType<string>()
        );

    private static string? Knows(Staff person, HandoffPatient patient, UnitTime time) =>
        patient switch
        {
            _ when patient.Responsible?.Id == person.Id && !patient.IsByRule => "has them now",
            { Last: { } last } when last.IsOf(person.Id) => $"had them until {time.WeekdayAndClock(last.At)}",
            _ => null,
        };

    private sealed class Share(Staff who)
    {
        public Staff Who { get; } = who;

        public double Weight { get; private set; }

        public int Patients { get; private set; }

        public int Continuous { get; private set; }

        public void Take(double weight, bool isContinuous) =>
            (Weight, Patients, Continuous) = (Weight + weight, Patients + 1, Continuous + (isContinuous ? 1 : 0));
    }
}
