using Handoff.Domain.Kernel;
using Handoff.Domain.Stays;

namespace Handoff.Api.Adt;

/// <summary>Triggers as the domain's commands.</summary>
static class AdtCommands
{
    /// <summary>The command for one patient of a message.</summary>
    /// <param name="stay">What is known of the stay; null if nothing.</param>
    /// <param name="sender">The sender's clock on the wall.</param>
    internal static Command<Stay> For(AdtEvent said, AdtSubject subject, Stay? stay, AdtPlaces places, UnitTime sender)
    {
        var at = said.OccurredAt.At;
        return said.Trigger switch
        {
            AdtTrigger.A01 when stay is null or { IsCancelled: true } => Admit(subject, at, places.Of(subject.Visit?.Location)),
            AdtTrigger.A02 or AdtTrigger.A17 => Move(places.Of(subject.Visit?.Location), at),
            AdtTrigger.A03 => new Discharge(at),
            AdtTrigger.A11 => new CancelAdmission(at),
            AdtTrigger.A12 => Back(places.Of(subject.Visit?.Location), at),
            AdtTrigger.A13 => new CancelDischarge(at),
            AdtTrigger.A21 => new StartLeave(LeaveKind.Pass, Return(subject.Visit, sender), At: at),
            AdtTrigger.A22 => new EndLeave(at),
            _ => Details(subject.Patient, at),
        };
    }

    static Admit Admit(AdtSubject subject, DateTimeOffset at, (string Unit, string? Bed) place)
    {
        var patient = subject.Patient;
        return new(
            patient.Mrn, patient.Family, patient.Given, place.Unit, place.Bed, at, subject.Visit?.Number,
            patient.PreferredName, Born(patient), patient.Sex, patient.Language, BedMayBeTaken: true);
    }

    static Transfer Move((string Unit, string? Bed) place, DateTimeOffset at) => new(place.Unit, place.Bed, at, BedMayBeTaken: true);

    static CancelTransfer Back((string Unit, string? Bed) place, DateTimeOffset at) => new(at, place.Unit, place.Bed);

    static CorrectDetails Details(AdtPatient patient, DateTimeOffset at) =>
        new(patient.Family, patient.Given, patient.PreferredName, Born(patient), patient.Sex, patient.Language, at);

    /// <summary>A year alone is no birthday.</summary>
    static DateOnly? Born(AdtPatient patient) => patient.Born is { Precision: >= TimePrecision.Day } born ? born.Date : null;

    /// <summary>Expected back on a day is expected by its end.</summary>
    static DateTimeOffset? Return(AdtVisit? visit, UnitTime sender) => visit?.ReturnExpectedAt switch
    {
        { Precision: TimePrecision.Day } day => sender.Instant(day.Date.ToDateTime(new(23, 59))),
        { Precision: > TimePrecision.Day } time => time.At,
        _ => null,
    };
}
