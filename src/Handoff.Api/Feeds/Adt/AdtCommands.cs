using Handoff.Api.Feeds.Hl7;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Api.Feeds.Adt;

/// <summary>Triggers as the domain's commands.</summary>
internal static class AdtCommands
{
    /// <summary>Whether it tells of the patient's details, and of the place only by the way.</summary>
    internal static bool IsUpdate(AdtTrigger trigger) => trigger is AdtTrigger.A01 or AdtTrigger.A04 or AdtTrigger.A06 or AdtTrigger.A08;

    /// <summary>The command for one patient of a message whose stay is known.</summary>
    /// <param name="sender">The sender's clock on the wall.</param>
    internal static Command<Stay> For(AdtEvent said, AdtSubject subject, Feed feed, AdtPlace place, UnitTime sender)
    {
        var at = said.OccurredAt.At;
        return said.Trigger switch
        {
            AdtTrigger.A02 or AdtTrigger.A10 or AdtTrigger.A17 => Move(place, at),
            AdtTrigger.A03 or AdtTrigger.A07 => new Discharge(at),
            AdtTrigger.A11 => new CancelAdmission(at),
            AdtTrigger.A12 => new CancelTransfer(at, place.Unit, place.Bed),
            AdtTrigger.A13 => new CancelDischarge(at),
            AdtTrigger.A21 or AdtTrigger.A53 => new StartLeave(LeaveKind.Pass, Return(subject.Visit, sender), At: at),
            AdtTrigger.A22 => new EndLeave(at),
            AdtTrigger.A52 => new EndLeave(at, IsCancelled: true),
            _ => Details(subject, feed, at),
        };
    }

    internal static Admit Admit(AdtEvent said, AdtSubject subject, Feed feed, AdtPlace place)
    {
        var patient = subject.Patient;
        return new(
            patient.Mrn,
            patient.Family,
            patient.Given,
            place.Unit,
            place.Bed,
            said.OccurredAt.At,
            subject.Visit?.Number,
            patient.PreferredName,
            AdtIdentity.Born(patient),
            patient.Sex,
            patient.Language,
            BedMayBeTaken: true,
            AdtIdentity.ForSubject(subject, feed).Identifiers
        );
    }

    internal static Transfer Move(AdtPlace place, DateTimeOffset at) => new(place.Unit, place.Bed, at, BedMayBeTaken: true);

    internal static MoveVisit MoveVisit(AdtEvent said, AdtSubject subject, Identity patient)
    {
        var told = subject.Patient;
        return new(
            told.Mrn,
            told.Family,
            told.Given,
            told.PreferredName,
            AdtIdentity.Born(told),
            told.Sex,
            told.Language,
            patient.Identifiers,
            said.OccurredAt.At
        );
    }

    private static CorrectDetails Details(AdtSubject subject, Feed feed, DateTimeOffset at)
    {
        var patient = subject.Patient;
        return new(
            patient.Family,
            patient.Given,
            patient.PreferredName,
            AdtIdentity.Born(patient),
            patient.Sex,
            patient.Language,
            at,
            AdtIdentity.ForSubject(subject, feed).Identifiers
        );
    }

    /// <summary>Expected back on a day is expected by its end.</summary>
    private static DateTimeOffset? Return(AdtVisit? visit, UnitTime sender) =>
        visit?.ReturnExpectedAt switch
        {
            { Precision: TimePrecision.Day } day => sender.Instant(day.Date.ToDateTime(new(23, 59))),
            { Precision: > TimePrecision.Day } time => time.At,
            _ => null,
        };
}
