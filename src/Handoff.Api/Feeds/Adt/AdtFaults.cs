using Handoff.Api.Feeds.Hl7;
using Handoff.Domain.Feeds;
using Handoff.Domain.Kernel;

namespace Handoff.Api.Feeds.Adt;

/// <summary>The domain's refusals, at the field of the message that they are about.</summary>
internal static class AdtFaults
{
    /// <summary>A message that was refused for one of these may only have come too early.</summary>
    internal static readonly string[] OfOrder = ["stay-unknown", "stay-over", "stay-outside", "transfer-unknown", "patient-mismatch"];

    /// <summary>A doubt: two messages under one control id are told apart by their bytes.</summary>
    internal static readonly Hl7Fault ControlIdReused = new(
        AckCode.AE,
        "MSH",
        10,
        Hl7Error.DuplicateKey,
        "control-id-reused",
        "Another message came under the same control id before; this one was read as well."
    );

    /// <summary>A doubt: the message was applied as of when it came.</summary>
    internal static readonly Hl7Fault ClockAhead = new(
        AckCode.AE,
        "EVN",
        2,
        Hl7Error.ApplicationError,
        "clock-ahead",
        "The sender's clock is ahead; the message was applied as of when it came."
    );

    internal static readonly Hl7Fault ProcessingId = Hl7Fault.Refused(
        11,
        Hl7Error.UnsupportedProcessingId,
        "processing-id-refused",
        "MSH-11 is not one that is taken from this feed: what is not for production is about nobody."
    );

    internal static readonly Hl7Fault HeldByRule = new(
        AckCode.AE,
        "MSH",
        9,
        Hl7Error.ApplicationError,
        "held-by-rule",
        "The feed's rules say that a person looks at this event."
    );

    internal static Hl7Fault PatientMismatch(int nth) =>
        new(
            AckCode.AE,
            "PID",
            3,
            Hl7Error.UnknownKey,
            "patient-mismatch",
            "The visit is another patient's here: none of the patient's numbers agrees. Nothing was changed.",
            nth
        );

    internal static Hl7Fault AuthorityMissing(int nth) =>
        new(
            AckCode.AE,
            "MRG",
            1,
            Hl7Error.RequiredFieldMissing,
            "authority-missing",
            "Somebody here has that number, but whose number it is can't be told: an assigning authority is missing. Nothing was changed.",
            nth
        );

    internal static Hl7Fault VisitUnsaid(bool isAccount, int nth) =>
        new(
            AckCode.AE,
            "MRG",
            isAccount ? 3 : 5,
            Hl7Error.UnknownKey,
            "visit-unsaid",
            "The patient is here, and what of theirs is moved to another patient can't be told: no visit here has that number. "
                + "Decide whether it is this visit.",
            nth
        );

    internal static Hl7Fault VisitsMerged(int nth) =>
        new(
            AckCode.AE,
            "MRG",
            5,
            Hl7Error.ApplicationError,
            "visits-merged",
            "Both visits are of patients who are here. Decide which one goes on.",
            nth
        );

    internal static Hl7Fault RecordDeleted(int nth) =>
        new(
            AckCode.AE,
            "PID",
            3,
            Hl7Error.ApplicationError,
            "record-deleted",
            "The sender deletes the record of a patient who is here. Nothing is deleted; find out what is meant.",
            nth
        );

    internal static Hl7Fault PlaceUnknown(int nth) =>
        new(AckCode.AE, "PV1", 3, Hl7Error.TableValueNotFound, "unit-unknown", "There is no such unit.", nth);

    internal static Hl7Fault StayUnknown(bool isByVisit, int nth)
    {
        var (segment, field) = Identity(isByVisit);
        return new(
            AckCode.AE,
            segment,
            field,
            Hl7Error.UnknownKey,
            "stay-unknown",
            "There is no such stay here. The message is kept and tried again when the admission has come.",
            nth
        );
    }

    internal static Hl7Fault FromRefusal(Refusal refusal, AdtStep step)
    {
        var ((segment, field), error) = (Place(refusal, step), Error(refusal));
        return new(AckCode.AE, segment, field, error, refusal.Code, refusal.Says, segment is "MSH" or "EVN" ? 1 : step.Nth);
    }

    internal static Fault AsHeld(this Hl7Fault fault) => new(fault.Code, fault.Segment, fault.Field == 0 ? null : fault.Field, fault.Text);

    private static (string Segment, int Field) Identity(bool isByVisit) => isByVisit ? ("PV1", 19) : ("PID", 3);

    private static (string Segment, int Field) Place(Refusal refusal, AdtStep step) =>
        (refusal.Code, refusal.Field) switch
        {
            ("stay-unknown" or "stay-over", _) => Identity(step.IsByVisit),
            ("unit-not-yours", _) or (_, "unit" or "bed") => ("PV1", 3),
            (_, "family" or "given" or "preferred") => ("PID", 5),
            (_, "mrn") => ("PID", 3),
            (_, "born") => ("PID", 7),
            (_, "sex") => ("PID", 8),
            (_, "language") => ("PID", 15),
            (_, "visit" or "stay") => ("PV1", 19),
            (_, "expectedReturn") => ("PV2", 47),
            (_, "at") => ("EVN", 2),
            _ => ("MSH", 9),
        };

    private static Hl7Error Error(Refusal refusal) =>
        refusal switch
        {
            { Code: "stay-unknown" } => Hl7Error.UnknownKey,
            { Code: "text-too-long" } => Hl7Error.ValueTooLong,
            { Code: "unit-unknown" } => Hl7Error.TableValueNotFound,
            { Kind: RefusalKind.Invalid } when refusal.Code.EndsWith("-missing", StringComparison.Ordinal) => Hl7Error.RequiredFieldMissing,
            { Kind: RefusalKind.Invalid } => Hl7Error.FieldType,
            _ => Hl7Error.ApplicationError,
        };
}
