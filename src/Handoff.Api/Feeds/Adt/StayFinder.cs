using Handoff.Api.Feeds.Hl7;
using Handoff.Api.Feeds.Mllp;
using Handoff.Api.Store;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;
using Marten;
using Marten.Linq.MatchesSql;

namespace Handoff.Api.Feeds.Adt;

/// <summary>Which stay a message speaks of.</summary>
/// <param name="Stay">Its state; null if nothing is known of it.</param>
/// <param name="IsByVisit">Found by the visit's number, or looked for by it.</param>
/// <param name="IsAnothers">There is a stay under the visit's number, and none of the patient's numbers agrees: it is another
/// patient's.</param>
internal sealed record StayFound(Guid Id, Stay? Stay, bool IsByVisit, bool IsAnothers = false);

/// <summary>
/// Finds stays by the sender's visit number, else by the patient's numbers. A stay counts only if the patient's identifiers agree with it.
/// </summary>
public sealed class StayFinder(EventStore store, StateReader states)
{
    /// <summary>What a message waits for that names a patient but no visit.</summary>
    internal static Guid PatientId(string mrn) => NamedId.From("patient", Text.Line(mrn) ?? "");

    internal async Task<StayFound> Find(string facility, AdtEvent said, AdtSubject subject, Feed feed, CancellationToken cancel)
    {
        var stays = await ForPatient(facility, AdtIdentity.ForSubject(subject, feed), cancel);
        return string.IsNullOrEmpty(subject.Visit?.Number)
            ? ByPatient(said, subject, stays)
            : await ByVisit(facility, said, subject, feed, stays, cancel);
    }

    /// <summary>Every stay, also past, of a patient, the latest admission first.</summary>
    internal async Task<IReadOnlyList<Stay>> ForPatient(string facility, Identity patient, CancellationToken cancel) =>
        [.. (await Alike(facility, patient, cancel)).Where(patient.IsOf)];

    /// <summary>Every stay, also past, that has one of the patient's numbers, whoever gave it; the latest admission first.</summary>
    internal async Task<IReadOnlyList<Stay>> Alike(string facility, Identity patient, CancellationToken cancel)
    {
        await using var session = store.Read(facility);
        var (numbers, kind) = (patient.Identifiers.Select(identifier => identifier.Id).Distinct().ToArray(), StateKind<Stay>.Name);
        var byRecord = await session
            .Query<Snapshot>()
            .Where(s => s.Mrn != null && s.Mrn.IsOneOf(numbers) && s.Kind == kind)
            .ToListAsync(cancel);

        // Among who is here, the others of a patient's numbers count as well.
        var byNumber = await session
            .Query<Snapshot>()
            .Where(s =>
                s.Unit != null
                && s.Kind == kind
                && s.MatchesSql(
                    "exists (select from jsonb_array_elements(d.data -> 'state' -> 'identifiers') i where i ->> 'id' = any(?))",
                    new object[] { numbers }
                )
            )
            .ToListAsync(cancel);
        return [.. byRecord.Concat(byNumber).DistinctBy(s => s.Id).Select(s => (Stay)s.State!).OrderByDescending(stay => stay.AdmittedAt)];
    }

    /// <summary>The stay under a visit's number, whoever's it is.</summary>
    internal async Task<Stay?> WithVisit(
        string facility,
        AdtEvent said,
        string? number,
        string? authority,
        Feed feed,
        CancellationToken cancel
    )
    {
        var stream = StreamId.For(StateKind<Stay>.Name, VisitId(said, number ?? "", authority, feed));
        var stay = (Stay)(await states.Load(facility, [stream], cancel))[stream].State;
        return stay.IsKnown() ? stay : null;
    }

    private static Guid VisitId(AdtEvent said, string number, string? authority, Feed feed) =>
        NamedId.From("visit", feed.AuthorityOf(authority) ?? said.SendingFacility ?? "", number);

    // One system may name the number's authority where another of the same hospital doesn't; the patient's own stay with that number is it
    // as well.
    private async Task<StayFound> ByVisit(
        string facility,
        AdtEvent said,
        AdtSubject subject,
        Feed feed,
        IReadOnlyList<Stay> ofPatient,
        CancellationToken cancel
    )
    {
        var visit = subject.Visit!;
        var stay = await WithVisit(facility, said, visit.Number, visit.NumberAuthority, feed, cancel);
        var id = VisitId(said, visit.Number!, visit.NumberAuthority, feed);
        return stay is not null ? new(id, stay, true, !AdtIdentity.ForSubject(subject, feed).IsOf(stay))
            : ofPatient.FirstOrDefault(other => other.Visit == Text.Line(visit.Number)) is { } same ? new(same.Id, same, true)
            : new(id, null, true);
    }

    private static StayFound ByPatient(AdtEvent said, AdtSubject subject, IReadOnlyList<Stay> stays) =>
        said.Trigger is AdtTrigger.A01 or AdtTrigger.A06 ? Admission(said, subject, stays)
        : Present(said, stays) is { } stay ? new(stay.Id, stay, false)
        : new(PatientId(subject.Patient.Mrn), null, false);

    // Without a visit number, the admission of somebody who is here is a new one only if it says that it was later; one that says a minute
    // of a stay that is over comes late and tells of that stay.
    private static StayFound Admission(AdtEvent said, AdtSubject subject, IReadOnlyList<Stay> stays)
    {
        var (admitted, when) = (subject.Visit?.AdmittedAt?.At, subject.Visit?.AdmittedAt ?? said.OccurredAt);
        var (record, ticks) = (subject.Patient.Identifiers.FirstOrDefault(i => i.Id == subject.Patient.Mrn), when.At.UtcTicks.ToString());

        // Before numbers had authorities here, the id was without one.
        var (id, earlier) = (
            NamedId.From("admission", Text.Line(subject.Patient.Mrn) ?? "", ticks, record?.Authority ?? ""),
            NamedId.From("admission", Text.Line(subject.Patient.Mrn) ?? "", ticks)
        );
        var same =
            stays.FirstOrDefault(stay => stay.Id == id || stay.Id == earlier)
            ?? stays.FirstOrDefault(stay => stay.IsHere() && (admitted is null || admitted <= stay.AdmittedAt))
            ?? stays.FirstOrDefault(stay =>
                when.Precision >= TimePrecision.Minute && stay.AdmittedAt <= when.At && when.At < stay.DischargedAt
            );
        return new(same?.Id ?? id, same, false);
    }

    /// <summary>The one that was here at that time, else the one that is here, else the most recent; a cancelled one comes last.</summary>
    private static Stay? Present(AdtEvent said, IReadOnlyList<Stay> stays) =>
        stays
            .OrderBy(stay =>
                (stay.IsHere(), stay.AdmittedAt <= said.OccurredAt.At, stay.IsCancelled) switch
                {
                    (true, true, _) => 0,
                    (true, false, _) => 2,
                    (_, true, false) => 1,
                    (_, _, false) => 3,
                    _ => 4,
                }
            )
            .FirstOrDefault();
}
