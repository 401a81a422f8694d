namespace Handoff.Domain.Feeds;

/// <summary>What becomes of a message: what it says is done, it is acknowledged as nothing to do here, or a person looks at it.</summary>
public enum FeedAction
{
    Apply,
    Acknowledge,
    Hold,
}

/// <summary>One event that a feed sends (HL7 table 0003): what it says, and what it comes to here.</summary>
/// <param name="Code">Such as <c>A01</c>.</param>
/// <param name="Says">What has happened, as a manager reads it.</param>
/// <param name="Does">What is done about it here; null where it concerns nothing that is kept here.</param>
public sealed record FeedTrigger(string Code, string Says, string? Does)
{
    private const string NumberStays = "What is under the old number, with its authority, is under the new one.";
    private const string NotKept = "Nothing of that is kept here.";

    /// <summary>In a rule: every event that is not in the table, a hospital's own ones among them.</summary>
    public const string Other = "other";

    public static readonly IReadOnlyList<FeedTrigger> All =
    [
        new("A01", "Admitted", "The patient is put on the unit."),
        new("A02", "Transferred", "The patient is moved; from a place that is not ours, they are admitted; to one, they leave the board."),
        new("A03", "Discharged", "The stay ends."),
        new("A04", "Registered as an outpatient", "The details of who is here are updated. Nobody is admitted."),
        new("A05", "Pre-admitted", null),
        new("A06", "An outpatient becomes an inpatient", "The patient is put on the unit."),
        new("A07", "An inpatient becomes an outpatient", "The stay ends."),
        new("A08", "Details updated", "The details are updated; at a place that is not ours, the patient leaves the board."),
        new("A09", "Departing (tracking)", null),
        new("A10", "Arriving (tracking)", "Who is known here and arrives at one of our places is there."),
        new("A11", "Admission cancelled", "There was no stay."),
        new("A12", "Transfer cancelled", "The patient is back where they were."),
        new("A13", "Discharge cancelled", "The stay goes on."),
        new("A14", "Admission pending", null),
        new("A15", "Transfer pending", null),
        new("A16", "Discharge pending", null),
        new("A17", "Two patients swap beds", "Both are moved, or neither."),
        new("A18", "Patient information merged", NumberStays),
        new("A20", "State of a bed", null),
        new("A21", "Leave of absence begins", "The leave begins; checks pause."),
        new("A22", "Back from leave", "The leave ends; checks go on."),
        new("A23", "Patient record deleted", "Nothing is ever deleted here. If the patient is here, a person looks at it."),
        new("A24", "Patient records linked", null),
        new("A25", "Pending discharge cancelled", null),
        new("A26", "Pending transfer cancelled", null),
        new("A27", "Pending admission cancelled", null),
        new("A28", "Person added", "The details of who is here are updated."),
        new("A29", "Person deleted", "Nothing is ever deleted here. If the patient is here, a person looks at it."),
        new("A30", "Persons merged", NumberStays),
        new("A31", "Person updated", "The details of who is here are updated."),
        new("A32", "Arrival cancelled (tracking)", null),
        new("A33", "Departure cancelled (tracking)", null),
        new("A34", "Patients merged, number only", NumberStays),
        new("A35", "Accounts merged, number only", null),
        new("A36", "Patients and accounts merged", NumberStays),
        new("A37", "Patient records unlinked", null),
        new("A38", "Pre-admission cancelled", null),
        new("A39", "Persons merged, number only", NumberStays),
        new("A40", "Patients merged", NumberStays),
        new("A41", "Accounts merged", null),
        new("A42", "Visits merged", "The visit has the number that stays. If both are here, a person looks at it."),
        new("A43", "Patient information moved", NumberStays),
        new(
            "A44",
            "Account moved to another patient",
            "Visits under that number are the other patient's. If the patient is here and no visit has it, a person looks at it."
        ),
        new("A45", "Visit moved to another patient", "The visit is the other patient's."),
        new("A46", "Patient number changed", NumberStays),
        new("A47", "Patient numbers changed", NumberStays),
        new("A48", "Alternate number changed", null),
        new("A49", "Account number changed", "Where accounts number visits, the visit has the new number."),
        new("A50", "Visit number changed", "The visit has the new number."),
        new("A51", "Alternate visit number changed", null),
        new("A52", "Leave of absence cancelled", "There is no leave; checks go on."),
        new("A53", "Return from leave cancelled", "The patient is still on leave."),
        new("A54", "Attending doctor changed", null),
        new("A55", "Change of attending doctor cancelled", null),
        new("A60", "Allergies updated", null),
        new("A61", "Consulting doctor changed", null),
        new("A62", "Change of consulting doctor cancelled", null),
    ];

    private static readonly Dictionary<string, FeedTrigger> ByCode = All.ToDictionary(t => t.Code);

    /// <summary>Whether something can be done about it here.</summary>
    public bool IsRead => Does is not null;

    /// <summary>What becomes of it unless a feed's rules say otherwise.</summary>
    public FeedAction Usual => IsRead ? FeedAction.Apply : FeedAction.Acknowledge;

    /// <summary>What is done, in words.</summary>
    public string Words => Does ?? NotKept;

    public static FeedTrigger? Parse(string? code) => code is not null && ByCode.TryGetValue(code, out var trigger) ? trigger : null;
}
