using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Api.Adt;

/// <summary>One command that a message comes to, and which of its patients it is for.</summary>
/// <param name="Nth">Counted from 1, in the order sent.</param>
sealed record AdtStep(ICommand Command, Guid Stay, int Nth, bool IsByVisit);

/// <summary>What a message comes to: commands in their order, or the fault that keeps it from being applied.</summary>
/// <param name="Visits">The stays, or patients, that it speaks of.</param>
sealed record AdtPlan(IReadOnlyList<AdtStep> Steps, IReadOnlyList<Guid> Visits, Hl7Fault? Fault = null)
{
    /// <summary>Every patient's stay is looked for before the first command is sent: there is no half of a swap with somebody unknown.</summary>
    internal static async Task<AdtPlan> Of(string facility, AdtEvent said, AdtPlaces places, UnitTime sender, StayFinder stays, CancellationToken cancel)
    {
        var (steps, visits, fault) = (new List<AdtStep>(), new List<Guid>(), default(Hl7Fault));
        foreach (var (index, subject) in said.Subjects.Index())
        {
            if (said.Trigger == AdtTrigger.A40)
            {
                steps.AddRange(await Merge(facility, said, subject, index + 1, stays, cancel));
                continue;
            }

            var found = await stays.Find(facility, said, subject, cancel);
            visits.Add(found.Id);
            if (found.Stay is null && said.Trigger != AdtTrigger.A01)
            {
                fault ??= AdtFaults.StayUnknown(found.IsByVisit, index + 1);
                continue;
            }

            var command = AdtCommands.For(said, subject, found.Stay, places, sender) with { Key = found.Id.ToString() };
            steps.Add(new(command, found.Id, index + 1, found.IsByVisit));
        }

        return new(fault is null ? steps : [], visits, fault);
    }

    static async Task<IEnumerable<AdtStep>> Merge(string facility, AdtEvent said, AdtSubject subject, int nth, StayFinder stays, CancellationToken cancel) =>
        (await stays.WithMrn(facility, subject.MergedMrn!, cancel)).Select(stay =>
            new AdtStep(new Merge(subject.Patient.Mrn, said.OccurredAt.At) { Key = stay.Id.ToString() }, stay.Id, nth, false));
}
