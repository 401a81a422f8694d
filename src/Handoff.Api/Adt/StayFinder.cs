using Handoff.Api.Store;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Marten;

namespace Handoff.Api.Adt;

/// <summary>Which stay a message speaks of.</summary>
/// <param name="Stay">Its state; null if nothing is known of it.</param>
/// <param name="IsByVisit">Found by PV1-19, or looked for by it.</param>
sealed record StayFound(Guid Id, Stay? Stay, bool IsByVisit);

/// <summary>Finds stays by the sender's visit number, else by the patient's record number.</summary>
public sealed class StayFinder(EventStore store, StateReader states)
{
    /// <summary>What a message waits for that names a patient but no visit.</summary>
    internal static Guid PatientId(string mrn) => NamedId.From("patient", Text.Line(mrn) ?? "");

    internal async Task<StayFound> Find(string facility, AdtEvent said, AdtSubject subject, CancellationToken cancel)
    {
        var stays = await WithMrn(facility, subject.Patient.Mrn, cancel);
        return string.IsNullOrEmpty(subject.Visit?.Number)
            ? ByPatient(said, subject, stays)
            : await ByVisit(facility, said, subject.Visit, stays, cancel);
    }

    /// <summary>Every stay, also past, under a record number, the latest admission first.</summary>
    internal async Task<IReadOnlyList<Stay>> WithMrn(string facility, string mrn, CancellationToken cancel)
    {
        await using var session = store.Read(facility);
        var (known, kind) = (Text.Line(mrn) ?? "", StateKind<Stay>.Name);
        var stays = await session.Query<Snapshot>().Where(s => s.Mrn == known && s.Kind == kind).ToListAsync(cancel);
        return [.. stays.Select(s => (Stay)s.State!).OrderByDescending(stay => stay.AdmittedAt)];
    }

    // One system may name the number's authority where another of the same hospital doesn't; the patient's own stay with that number is it as well.
    async Task<StayFound> ByVisit(string facility, AdtEvent said, AdtVisit visit, IReadOnlyList<Stay> ofPatient, CancellationToken cancel)
    {
        var authority = string.IsNullOrEmpty(visit.NumberAuthority) ? said.SendingFacility : visit.NumberAuthority;
        var id = NamedId.From("visit", authority ?? "", visit.Number!);
        var stream = StreamId.For(StateKind<Stay>.Name, id);
        var stay = (Stay)(await states.Load(facility, [stream], cancel))[stream].State;
        return stay.IsKnown() ? new(id, stay, true)
            : ofPatient.FirstOrDefault(other => other.Visit == Text.Line(visit.Number)) is { } same ? new(same.Id, same, true)
            : new(id, null, true);
    }

    static StayFound ByPatient(AdtEvent said, AdtSubject subject, IReadOnlyList<Stay> stays) => said.Trigger == AdtTrigger.A01
        ? Admission(said, subject, stays)
        : Present(said, stays) is { } stay ? new(stay.Id, stay, false) : new(PatientId(subject.Patient.Mrn), null, false);

    // Without a visit number, the admission of somebody who is here is a new one only if it says that it was later; one that says a minute of a stay that is over comes late and tells of that stay.
    static StayFound Admission(AdtEvent said, AdtSubject subject, IReadOnlyList<Stay> stays)
    {
        var (admitted, when) = (subject.Visit?.AdmittedAt?.At, subject.Visit?.AdmittedAt ?? said.OccurredAt);
        var id = NamedId.From("admission", Text.Line(subject.Patient.Mrn) ?? "", when.At.UtcTicks.ToString());
        var same = stays.FirstOrDefault(stay => stay.Id == id)
            ?? stays.FirstOrDefault(stay => stay.IsHere() && (admitted is null || admitted <= stay.AdmittedAt))
            ?? stays.FirstOrDefault(stay => when.Precision >= TimePrecision.Minute && stay.AdmittedAt <= when.At && when.At < stay.DischargedAt);
        return new(same?.Id ?? id, same, false);
    }

    /// <summary>The one that was here at that time, else the one that is here, else the most recent; a cancelled one comes last.</summary>
    static Stay? Present(AdtEvent said, IReadOnlyList<Stay> stays) => stays
        .OrderBy(stay => (stay.IsHere(), stay.AdmittedAt <= said.OccurredAt.At, stay.IsCancelled) switch
        {
            (true, true, _) => 0,
            (true, false, _) => 2,
            (_, true, false) => 1,
            (_, _, false) => 3,
            _ => 4,
        })
        .FirstOrDefault();
}
