using Handoff.Api.Feeds.Hl7;
using Handoff.Domain.Feeds;
using Handoff.Domain.Stays;

namespace Handoff.Api.Feeds.Adt;

/// <summary>Who a message's patient is, by the numbers that identify patients in its feed.</summary>
internal static class AdtIdentity
{
    internal static Identity ForSubject(AdtSubject subject, Feed feed) =>
        new(
            Numbers(subject.Patient.Identifiers, subject.Patient.Mrn, feed),
            subject.Patient.Family,
            subject.Patient.Given,
            Born(subject.Patient),
            feed.Home
        );

    /// <summary>Who the patient was before a merge or a move: nothing but numbers is said of them.</summary>
    internal static Identity OfPrior(AdtSubject subject, Feed feed) =>
        new(Numbers(subject.Prior!.Identifiers, subject.Prior.Mrn, feed), Home: feed.Home);

    /// <summary>A year alone is no birthday.</summary>
    internal static DateOnly? Born(AdtPatient patient) => patient.Born is { Precision: >= TimePrecision.Day } born ? born.Date : null;

    // Insurance numbers are shared by families and accounts are visits: what is of another type names nobody, unless the sender has nothing
    // else.
    private static IReadOnlyList<PatientIdentifier> Numbers(IReadOnlyList<AdtIdentifier> told, string mrn, Feed feed)
    {
        var types = feed.Types.Select(AdtKinds.Plain).ToHashSet();
        List<AdtIdentifier> naming = [.. told.Where(identifier => AdtKinds.Plain(identifier.Type) is not { } type || types.Contains(type))];
        return PatientIdentifier.Kept(
            (naming.Count > 0 ? naming : told.Where(identifier => identifier.Id == mrn)).Select(identifier => new PatientIdentifier(
                identifier.Id,
                feed.AuthorityOf(identifier.Authority),
                AdtKinds.Plain(identifier.Type)
            ))
        );
    }
}
